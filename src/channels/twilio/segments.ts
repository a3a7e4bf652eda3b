import { SegmentedMessage } from 'sms-segments-calculator'

export type SegmentCount = {
  readonly segments: number
  /** One character outside GSM-7 (an emoji, a curly quote, any Chinese) turns the whole text to UCS-2. */
  readonly encoding: 'GSM-7' | 'UCS-2'
}

/** For the desk: a curly quote or an emoji in an English text makes it cost more than twice as much. */
export function smsWords(text: string): string {
  const { segments, encoding } = countSegments(text)
  const parts = segments === 1 ? '1 SMS' : `${segments} SMS`
  return encoding === 'GSM-7' ? parts : `${parts} in Unicode, for letters outside the plain set`
}

/** How many SMS Twilio bills for a text: 160 or 153 characters each in GSM-7, 70 or 67 in UCS-2. */
export function countSegments(text: string): SegmentCount {
  const message = new SegmentedMessage(text, 'auto')
  return { segments: message.segmentsCount, encoding: message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2' }
}
