import { createHash } from 'node:crypto'
import type { Attachment, FileRef } from '../message.ts'

/** More in one answer is a job for a mail program. */
export const mostFiles = 3
/** What Slack's forms take; providers of phones take less and say so when it is sent. */
export const largestFileBytes = 10 * 1_048_576

type Type = { readonly endings: readonly string[]; readonly starts?: readonly string[] }

/** What may go to a customer: what every phone can open and nothing that runs. `starts`: the first bytes, in hexadecimal. */
const types: Readonly<Record<string, Type>> = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], starts: ['ffd8ff'] },
  'image/png': { endings: ['png'], starts: ['89504e470d0a1a0a'] },
  'image/gif': { endings: ['gif'], starts: ['474946383761', '474946383961'] },
  'application/pdf': { endings: ['pdf'], starts: ['25504446'] },
  'text/plain': { endings: ['txt'] },
  'text/csv': { endings: ['csv'] },
  'video/mp4': { endings: ['mp4'] },
  'audio/mpeg': { endings: ['mp3'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    ...{ endings: ['docx'], starts: ['504b0304'] },
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { endings: ['xlsx'], starts: ['504b0304'] },
}

/** The endings a desk's own file picker is asked to offer. */
export const fileEndings: readonly string[] = Object.values(types).flatMap(({ endings }) => endings)

export const mayGoOut = (contentType: string): boolean => plainType(contentType) in types

const plainType = (contentType: string): string => (contentType.split(';')[0] ?? '').trim().toLowerCase()

/** `text/plain; charset=utf-8` and a nameless type are taken for what the name says. */
export function typeOf({ name, contentType }: Pick<Attachment, 'name' | 'contentType'>): string {
  const plain = plainType(contentType)
  if (plain in types) return plain
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  const isVague = plain === '' || plain === 'application/octet-stream'
  const named = Object.entries(types).find(([, { endings }]) => endings.includes(ending))?.[0]
  return isVague && named !== undefined ? named : plain
}

/** Why a file cannot go to a customer, in words for whoever attached it. */
export function faultOf(file: Pick<Attachment, 'name' | 'contentType' | 'sizeBytes'>): string | undefined {
  if (!mayGoOut(typeOf(file))) return `${file.name} cannot be sent: only ${fileEndings.join(', ')} can.`
  if (file.sizeBytes <= largestFileBytes) return undefined
  return `${file.name} is too large: ${sizeWords(file.sizeBytes)}, and at most ${sizeWords(largestFileBytes)} can be sent.`
}

/** Whether the bytes are what the name and the provider say: a program that calls itself a picture is not sent on. */
export function isWhatItSays(bytes: Buffer, contentType: string): boolean {
  const { starts } = types[plainType(contentType)] ?? {}
  return starts === undefined || starts.some((start) => bytes.subarray(0, start.length / 2).toString('hex') === start)
}

export function sizeWords(bytes: number): string {
  if (bytes === 0) return 'size unknown'
  return bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1_024))} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`
}

/** Short enough for every desk's menus, and the same when the same event is read again. */
export const fileIdFor = (eventId: string, position: number): string =>
  createHash('sha256').update(`${eventId}/${position}`).digest('base64url').slice(0, 22)

/** What a person put into a form, under the ids by which it will be kept. */
export const namedFor = (eventId: string, files: readonly Attachment[]): readonly (FileRef & Attachment)[] =>
  files.map((file, i) => {
    return { ...file, name: cleanName(file.name), contentType: typeOf(file), id: fileIdFor(eventId, i) }
  })

const longestName = 80

/** A name and nothing but a name: no folders, no line ends, and its ending kept. */
export function cleanName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim() || 'file'
  const [, stem = name, ending = ''] = /^(.*?)(\.[a-z0-9]{1,5})?$/is.exec(name) ?? []
  return `${[...stem].slice(0, longestName - ending.length).join('')}${ending}`
}

/** The ids in an argument, however a desk separates them. */
export const idsIn = (value = ''): readonly string[] => [...new Set(value.split(/[\s,]+/).filter((id) => id !== ''))]

/** Who may attach a kept file: the person who sent it, or whoever works on the case under whose card it was posted. */
export const offeredTo = {
  person: (id: string): string => `staff:${id}`,
  case: (caseId: string): string => `case:${caseId}`,
} as const
