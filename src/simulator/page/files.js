import { act } from './api.js'

/** What a form says: files are put into the program first and stand for themselves by their ids. */
export async function valuesIn(form, upload) {
  const said = {}
  for (const [name, value] of new FormData(form)) {
    const word = value instanceof File ? await uploaded(value, upload) : value
    if (word !== '') said[name] = said[name] === undefined ? word : `${said[name]},${word}`
  }
  return said
}

/** The id of a picked file; nothing where none was picked. */
export async function uploaded(file, upload) {
  if (file.size === 0) return ''
  const { id } = await act(upload, { name: file.name, type: file.type, base64: await base64Of(file) })
  return id
}

function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(new Error('The file could not be read.'))
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.readAsDataURL(file)
  })
}
