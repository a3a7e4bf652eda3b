import type { Carriage } from '../../core/channel.ts'
import type { Enclosure, FileRef } from '../../core/message.ts'

/** Teams shows pictures of an app up to 1 MB; any other file would need the person's own OneDrive and consent. Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages */
const mostBytes = 1_048_576
const pictures = /^image\/(jpeg|png|gif)$/

export function carryInTeams(files: readonly FileRef[]): readonly Carriage[] {
  return files.map(({ contentType, sizeBytes }) => {
    if (!pictures.test(contentType)) return { way: 'link', because: 'Teams lets an app send pictures only' }
    return sizeBytes <= mostBytes ? { way: 'url' } : { way: 'link', because: 'too large a picture for Teams' }
  })
}

export type PictureAttachment = { readonly contentType: string; readonly contentUrl: string; readonly name: string }

/** Teams fetches each picture from its address. */
export const picturesOf = (files: readonly Enclosure[] = []): readonly PictureAttachment[] =>
  files.flatMap((file) =>
    'url' in file ? [{ contentType: file.contentType, contentUrl: file.url, name: file.name }] : [],
  )
