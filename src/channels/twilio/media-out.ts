import type { Carriage } from '../../core/channel.ts'
import type { Address, FileRef } from '../../core/message.ts'

type Route = { readonly to: Address; readonly from?: Address }

const megabyte = 1_048_576
const asLink = (because: string): Carriage => ({ way: 'link', because })

/** WhatsApp takes one file with a message, pictures up to 5 MB and others up to 16 MB, and only some types. Source: https://www.twilio.com/docs/whatsapp/guidance-whatsapp-media-messages */
const whatsAppTypes: Readonly<Record<string, number>> = {
  'image/jpeg': 5 * megabyte,
  'image/png': 5 * megabyte,
  'application/pdf': 16 * megabyte,
  'video/mp4': 16 * megabyte,
  'audio/mpeg': 16 * megabyte,
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 16 * megabyte,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 16 * megabyte,
}

/** One file goes with the words while the customer's 24 hours run; whatever else there is goes as links in them. */
export function carryByWhatsApp(files: readonly FileRef[]): readonly Carriage[] {
  let isTaken = false
  return files.map(({ contentType, sizeBytes }) => {
    const most = whatsAppTypes[contentType]
    if (most === undefined) return asLink('WhatsApp does not show this type')
    if (sizeBytes > most) return asLink('too large for WhatsApp')
    if (isTaken) return asLink('WhatsApp takes one file with a message')
    isTaken = true
    return { way: 'url' }
  })
}

/** Carriers of North America take pictures with a text message, and hardly anybody else does. */
const mmsCountries = /^\+1\d{10}$/
const mmsTypes = /^image\/(jpeg|png|gif)$/
const mostByMms = 5 * megabyte

export function carryByMms(files: readonly FileRef[], { to, from }: Route): readonly Carriage[] {
  const isCarried = mmsCountries.test(to.id) && from !== undefined && mmsCountries.test(from.id)
  let room = mostByMms
  return files.map(({ contentType, sizeBytes }) => {
    if (!isCarried) return asLink('text messages to this number carry no files')
    if (!mmsTypes.test(contentType)) return asLink('text messages carry pictures only')
    room -= sizeBytes
    return room >= 0 ? { way: 'url' } : asLink('too large for a text message')
  })
}
