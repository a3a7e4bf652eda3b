import type { Carriage, ChannelLimits } from '../channel.ts'
import type { Address, FileRef } from '../message.ts'
import { sizeWords } from './outgoing.ts'

type Route = { readonly to: Address; readonly from?: Address }

/** What becomes of each file on the way to this customer; where a channel carries only words, each is a link. */
export function carriagesFor(
  files: readonly FileRef[],
  limits: Pick<ChannelLimits, 'carry'> | undefined,
  route: Route,
): readonly Carriage[] {
  const asLink: Carriage = { way: 'link', because: 'this channel carries words only' }
  return limits?.carry?.(files, route) ?? files.map(() => asLink)
}

/** For the person who sends it, before it is sent. */
export function carriageWords({ name, sizeBytes }: FileRef, carriage: Carriage): string {
  const how =
    carriage.way === 'link' ? `goes as a link that opens for seven days (${carriage.because})` : 'goes with the message'
  return `${name} (${sizeWords(sizeBytes)}): ${how}`
}
