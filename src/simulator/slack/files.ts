import { randomBytes } from 'node:crypto'
import { isRecord, type Json, listOf, textOf } from './json.ts'
import { contentOf, type Echo, type Method, writable } from './methods.ts'
import { SlackRefusal } from './views.ts'
import { app, type Message, type SharedFile, type Workspace } from './workspace.ts'

/** Uploading as Slack has it: ask for an address, put the bytes there, then show the files with words. */
export function fileMethods(workspace: Workspace, echo: Echo): Record<string, Method> {
  return {
    'files.getUploadURLExternal': (args) => {
      const name = textOf(args, 'filename') ?? ''
      const length = Number(args.length)
      if (name === '' || !(length > 0)) throw new SlackRefusal('invalid_arguments')
      const id = `F0${randomBytes(5).toString('hex').toUpperCase()}`
      workspace.uploads.set(id, { name, length })
      return { upload_url: `${workspace.origin}/upload/v1/${id}`, file_id: id }
    },
    'files.completeUploadExternal': (args) => {
      const files = listOf(args, 'files').filter(isRecord)
      const ids = files.map((file) => textOf(file, 'id') ?? '')
      if (ids.length === 0 || ids.some((id) => !workspace.files.has(id))) throw new SlackRefusal('file_not_found')
      const channel = writable(workspace, { channel: args.channel_id })
      const thread = textOf(args, 'thread_ts')
      const place = { ts: workspace.nextTs(), channel: channel.id, author: app.userId, isEdited: false }
      const shown = { ...contentOf({ ...args, text: textOf(args, 'initial_comment') ?? '' }), fileIds: ids }
      const message: Message = { ...place, ...shown, ...(thread === undefined ? {} : { threadTs: thread }) }
      workspace.messages.push(message)
      workspace.changed()
      echo.posted(message)
      return { files: ids.map((id) => ({ id, title: workspace.files.get(id)?.name })) }
    },
  }
}

/** The bytes of an upload that was announced; false when they are not what was announced. */
export function takeUpload(workspace: Workspace, id: string, bytes: Buffer): boolean {
  const announced = workspace.uploads.get(id)
  if (announced === undefined || announced.length !== bytes.length) return false
  workspace.uploads.delete(id)
  const ending = announced.name.split('.').at(-1)?.toLowerCase() ?? ''
  workspace.files.set(id, { id, name: announced.name, contentType: types[ending] ?? 'application/octet-stream', bytes })
  return true
}

const types: Readonly<Record<string, string>> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif' },
  ...{ pdf: 'application/pdf', txt: 'text/plain', csv: 'text/csv', mp4: 'video/mp4', mp3: 'audio/mpeg' },
}

/** The file behind `/files-pri/<team>-<id>/<name>`. */
export const fileAt = ({ files }: Workspace, part: string): SharedFile | undefined =>
  files.get(part.split('-').at(-1) ?? '')

/** What somebody picked on a page, as base64. */
export const fileFrom = (given: Json): Omit<SharedFile, 'id'> => ({
  name: textOf(given, 'name') ?? 'file',
  contentType: textOf(given, 'type') || 'application/octet-stream',
  bytes: Buffer.from(textOf(given, 'base64') ?? '', 'base64'),
})
