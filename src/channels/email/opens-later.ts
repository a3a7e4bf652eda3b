import type { EmailChannel } from './email.ts'

/**
 * The same channel, whose mailbox is read only from a given moment on. Sending works at once. For a demonstration in
 * which perhaps nobody writes mail: what reads mailboxes takes more memory than all the rest of a channel.
 */
export function opensLater(
  channel: EmailChannel,
  opens: Promise<void>,
  onTrouble: (words: string) => void,
): EmailChannel {
  let state: 'waiting' | 'open' | 'stopped' = 'waiting'
  return {
    ...channel,
    start: async (...given) => {
      void opens.then(async () => {
        if (state !== 'waiting') return
        state = 'open'
        await channel.start(...given).catch(() => onTrouble('the mailbox could not be opened'))
      })
    },
    check: async () =>
      state === 'open' ? channel.check() : { ok: true, detail: 'the mailbox opens with its first mail' },
    stop: async () => {
      state = 'stopped'
      await channel.stop()
    },
  }
}
