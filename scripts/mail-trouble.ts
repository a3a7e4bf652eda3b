import { setTimeout as pause } from 'node:timers/promises'
import type { MailSystem } from '../test/mail-system/mail-system.ts'

export type Troubles = { readonly killed: number; readonly frozen: number; readonly restarted: number }

/** Kills, freezes (half-open: connected and silent) and restarts the IMAP server at random until it is told to end. */
export function makeTrouble(system: MailSystem): { end(): Promise<Troubles> } {
  const told = { killed: 0, frozen: 0, restarted: 0 }
  const ending = new AbortController()
  const kinds = [
    async () => {
      system.signalImap('SIGKILL')
      told.killed++
    },
    async () => {
      system.signalImap('SIGSTOP')
      told.frozen++
      await pause(300 + Math.random() * 4_000)
      // Half of the frozen ones never wake: only a new connection helps.
      system.signalImap(Math.random() < 0.5 ? 'SIGCONT' : 'SIGKILL')
    },
    async () => {
      await system.stopDovecot()
      await pause(Math.random() * 500)
      await system.startDovecot()
      told.restarted++
    },
  ]
  const running = (async () => {
    while (!ending.signal.aborted) {
      await pause(200 + Math.random() * 2_500)
      await kinds[Math.floor(Math.random() * kinds.length)]?.()
    }
  })()
  return {
    end: async () => {
      ending.abort()
      await running
      return told
    },
  }
}
