import { describe, expect, it } from 'vitest'
import type { CaseState } from '../../../src/core/case/state.ts'
import type { StaffMember } from '../../../src/core/duty/staff.ts'
import { type AuditStore, createAuditor, isOrphan } from '../../../src/core/watch/auditor.ts'
import { createNotifier, type Notice } from '../../../src/core/watch/notify.ts'
import { paced } from '../../../src/core/watch/paced.ts'
import { given, said, start } from '../case/given.ts'

const director = { id: 'dan', name: 'Dan' } as StaffMember
const quiet: AuditStore = {
  overdue: async () => [],
  openAfter: async () => ({ cases: [], next: undefined }),
  undecided: async () => [],
}

const isStaff = (id: string) => id === 'ann'

function audited(store: Partial<AuditStore>, took = 0) {
  const [notices, beats]: [Notice[], number[]] = [[], []]
  const times = [0, took]
  const audit = createAuditor({
    ...{ store: { ...quiet, ...store }, clock: { now: () => start }, lastResort: [director] },
    notify: async (notice) => notices.push(notice) > 0,
    heartbeat: async () => void beats.push(1),
    stopwatch: () => times.shift() ?? 0,
    isStaff,
  })
  return { audit, notices, beats }
}

describe('the auditor', () => {
  it('asks only for what has been due for five minutes: a new case is no finding (oncall PR#2913)', async () => {
    const asked: Date[] = []
    const { audit, beats } = audited({
      overdue: async (before) => {
        asked.push(before)
        return []
      },
    })
    expect(await audit()).toEqual([])
    expect(asked).toEqual([new Date(start.getTime() - 300_000)])
    expect(beats).toHaveLength(1)
  })

  it('that is itself too slow says so, and the outside heartbeat stops (oncall#724)', async () => {
    const { audit, notices, beats } = audited({}, 5_001)
    await audit()
    expect(notices).toMatchObject([
      { occasion: 'audit-slow', facts: { refs: '5001 ms' }, people: [director], methods: 2 },
    ])
    expect(beats).toEqual([])
    expect((await audited({}, 5_000).audit()).length).toBe(0)
  })

  it('names ten at most, each once, and counts them all', async () => {
    const refs = Array.from({ length: 12 }, (_, i) => `GH-${i}`)
    const { audit, notices } = audited({ overdue: async () => refs })
    await audit()
    expect(notices[0]?.facts).toEqual({ count: '12', refs: refs.slice(0, 10).join(', ') })
  })

  it('goes on where it stopped, and begins anew at the end', async () => {
    const cursors: unknown[] = []
    const next = { status: 'owned', openedAt: start, caseId: 'GH-1' }
    const { audit } = audited({
      openAfter: async (cursor) => {
        cursors.push(cursor)
        return { cases: [], next: cursor === undefined ? next : undefined }
      },
    })
    for (let i = 0; i < 3; i++) await audit()
    expect(cursors).toEqual([undefined, next, undefined])
  })

  it('finds an open case without a timer even where it has somebody', async () => {
    const state = given(said('words', start)).state
    const { audit } = audited({
      openAfter: async () => ({ cases: [{ id: 'GH-1', state, isTimed: false }], next: undefined }),
    })
    expect(await audit()).toEqual([{ kind: 'orphan', refs: ['GH-1'] }])
  })

  it('knows an orphan', () => {
    const paging = given(said('words', start)).state as Extract<CaseState, { status: 'paging' }>
    expect(isOrphan(paging, isStaff)).toBe(false)
    const earlier = paging.pages.map((page) => ({ ...page, earlier: true as const }))
    expect(isOrphan({ ...paging, pages: earlier }, isStaff)).toBe(true)
    expect(isOrphan({ status: 'none' }, isStaff)).toBe(false)
    const { pages: _gone, ...file } = paging
    const ownedBy = (id: string) => ({ ...file, status: 'owned', owner: { id, name: '' }, chased: false }) as CaseState
    expect(isOrphan(ownedBy('ann'), isStaff)).toBe(false)
    for (const id of ['', 'left-last-week']) expect(isOrphan(ownedBy(id), isStaff)).toBe(true)
    expect(isOrphan({ ...file, status: 'with-bot', answered: true, offered: [] } as CaseState, isStaff)).toBe(false)
  })
})

describe('a notice', () => {
  const member = (id: string): StaffMember => ({
    ...{ id, name: id, preferredLanguage: 'en', languages: ['en'], posts: [], skills: [], training: [], permits: [] },
    methods: ['slack', 'sms', 'email'].map((channel) => ({
      address: { channel: channel as 'sms', id: `${id}-${channel}` },
      verified: true,
    })),
  })
  const notice: Notice = {
    id: 'n',
    occasion: 'gap-open',
    facts: {},
    people: [member('ann'), member('ben')],
    places: [{ channel: 'slack', id: 'C1' }],
    methods: 2,
  }

  function notifier(hasBefore = false) {
    const added: string[] = []
    const marked: string[] = []
    const notify = createNotifier({
      said: { has: async () => hasBefore, mark: async (id) => void marked.push(id) },
      outbox: { add: async (outgoing) => void added.push(...outgoing.map(({ message }) => message.id)) },
      ...{ clock: { now: () => start }, say: (occasion) => occasion, onQueued: () => {} },
    })
    return { notify, added, marked }
  }

  it('is a message of its own for each person and method: one that fails stops no other (oncall#1503, #3694)', async () => {
    const { notify, added, marked } = notifier()
    expect(await notify(notice)).toBe(true)
    expect(added).toEqual(['n:ann:m0', 'n:ann:m1', 'n:ben:m0', 'n:ben:m1', 'n@slack:C1'])
    expect(marked).toEqual(['n'])
  })

  it('is said once', async () => {
    const { notify, added } = notifier(true)
    expect(await notify(notice)).toBe(false)
    expect(added).toEqual([])
  })
})

describe('a paced look', () => {
  it('comes at most so often, and again at once after a fault', async () => {
    let now = start
    let looks = 0
    let fails = true
    const look = paced(60_000, { now: () => now }, async () => {
      looks += 1
      if (fails) throw new Error('off')
    })
    await expect(look()).rejects.toThrow('off')
    fails = false
    await look()
    await look()
    expect(looks).toBe(2)
    now = new Date(start.getTime() + 60_000)
    await look()
    expect(looks).toBe(3)
  })
})
