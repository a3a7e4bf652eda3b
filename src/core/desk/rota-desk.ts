import type { ClosureReason } from '../calendar/calendar.ts'
import type { Recorded, ShiftDesk } from '../duty/record-changes.ts'
import type { Turn } from '../duty/turns.ts'
import type { Option } from '../message.ts'

/** A turn with the sites whose pages it answers, in words. */
export type KnownTurn = Turn & { readonly label: string; readonly sites: readonly string[] }

/** A closure in force, in words. `contract` absent: every contract. */
export type KnownClosure = Option & { readonly startAt: Date; readonly contract?: string }

export type CloseAsk = {
  readonly reason: ClosureReason
  readonly contract?: string
  readonly startAt: Date
  readonly by: string
}

/** Shifts to come and offices that are shut, as staff arrange them from the desk. */
export type RotaDesk = {
  /** Resolves when everything that was recorded by then is known here. */
  readonly fresh: () => Promise<void>
  readonly coming: (sites: readonly string[], at: Date) => readonly Option[]
  readonly turn: (id: string, at: Date) => KnownTurn | undefined
  /** Whether the command with this id was carried out: a press that is delivered again finds the shift changed. */
  readonly isRecorded: (id: string) => boolean
  readonly cover: (ask: Parameters<ShiftDesk['cover']>[0]) => Promise<Recorded>
  readonly swap: (ask: Parameters<ShiftDesk['swap']>[0]) => Promise<Recorded>
  readonly closures: () => readonly KnownClosure[]
  /** Whether such a closure was in force lately, and is over. */
  readonly isOver: (closure: string) => boolean
  /** `ok` is false where the same is in force already. */
  readonly close: (ask: CloseAsk) => Promise<{ readonly ok: boolean; readonly id: string; readonly label: string }>
  readonly open: ShiftDesk['lowerClosure']
}
