import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deskCommands } from '../../src/core/desk/registry.ts'
import { roles } from '../../src/core/duty/staff.ts'
import { withStore } from '../flows/house.ts'
import { apiDesk, type Desk, slackDesk } from './desks.ts'
import { type Effect, effectOn } from './effect.ts'
import { type Scenario, scenarios } from './scenarios.ts'
import { openTeamsStage, type TeamsStage, teamsDesk } from './teams-desk.ts'

withStore()

let stage: TeamsStage
beforeEach(async () => {
  stage = await openTeamsStage()
})
afterEach(() => stage.close())

/** Every desk from which staff work; a new one is one more line here. */
const desks: readonly ((stage: TeamsStage) => Desk)[] = [apiDesk, slackDesk, teamsDesk]

const commandOf = (name: string) => {
  const found = deskCommands.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no command ${name}`)
  return found
}

let tenants = 0

type Played = { readonly refused: boolean; readonly words: string; readonly effect: Effect; readonly caseId: string }

/** The same story from the beginning, told at one desk. */
async function play(desk: Desk, { command, before, args }: Scenario, by: string): Promise<Played> {
  const number = `+120255${50_000 + ++tenants}`
  const caseId = await stage.newCase(number)
  const other = commandOf(command).otherCase ? await stage.newCase(number, 'whatsapp') : ''
  const given = { stage, caseId, other }
  await before?.(given)
  const { length } = await stage.house.stores.cases.log(caseId)
  stage.phones.arrived.length = 0
  const answered = await desk.give({ by, command, caseId, args: (await args?.(given)) ?? {} })
  await stage.house.settle()
  return { ...answered, caseId, effect: await effectOn(stage, caseId, length) }
}

/** Somebody whom the registry does not allow it; undefined where every member of staff may. */
function forbidden({ roles: allowed, about }: (typeof deskCommands)[number]): string | undefined {
  const [missing] = roles.filter((role) => !allowed.includes(role))
  if (missing === undefined) return about === 'case' ? 'cheung-wai-kit' : 'nobody'
  return allowed.includes('officer') ? 'au-dit' : 'wong-siu-ming'
}

describe('the registry', () => {
  it('has at least 25 commands, and every one is told as a story here', () => {
    expect(deskCommands.length).toBeGreaterThanOrEqual(25)
    expect([...new Set(scenarios.map(({ command }) => command))].sort()).toEqual(
      deskCommands.map(({ name }) => name).sort(),
    )
  })
})

describe.each(scenarios)('$command', (scenario) => {
  const command = commandOf(scenario.command)

  it('has the same effect and leaves the same audit from every desk', { timeout: 60_000 }, async () => {
    const effects: Effect[] = []
    for (const desk of desks.map((open) => open(stage))) {
      const by = typeof scenario.by === 'string' ? scenario.by : scenario.by(stage)
      const { words, refused, effect, caseId } = await play(desk, scenario, by)
      expect({ desk: desk.name, refused, words: refused ? words : '' }).toEqual({
        desk: desk.name,
        refused: false,
        words: '',
      })
      for (const wanted of scenario.answers ?? []) expect(words).toContain(wanted === 'CASE' ? caseId : wanted)
      if (scenario.becomes) {
        const { state } = await stage.house.stores.cases.load(caseId)
        expect(state).toMatchObject(scenario.becomes)
      }
      for (const [i, wanted] of (scenario.told ?? []).entries())
        expect(effect.told.join('\n'), `${i}`).toContain(wanted)
      if (scenario.told === undefined) expect(effect.told).toEqual([])
      if (command.about === 'case') expect(effect.audit).toMatchObject([{ command: command.name, by: { id: by } }])
      // What concerns no case may still change whom the next page of one goes to.
      effects.push(command.about === 'desk' ? { ...effect, state: '', log: [] } : effect)
    }
    for (const effect of effects.slice(1)) expect(effect).toEqual(effects[0])
  })

  it('is refused everywhere to somebody who may not, and changes nothing', { timeout: 60_000 }, async () => {
    const stranger = forbidden(command)
    if (stranger === undefined) return
    for (const desk of desks.map((open) => open(stage))) {
      const { refused, effect, words } = await play(desk, scenario, stranger)
      expect({ desk: desk.name, refused }, words).toEqual({ desk: desk.name, refused: true })
      expect(effect.log).toEqual([])
      expect(effect.audit).toEqual([])
      expect(effect.told).toEqual([])
    }
  })
})

describe('a text that shows nothing', () => {
  const nothing = '\u0000\u200b\u00a0\u2060\u3164\ufe0f'

  it.each([
    ['reply', { text: nothing }],
    ['note', { text: nothing }],
    ['close', { outcome: 'resolved', told: nothing }],
  ])('is empty, and %s refuses it at every desk', { timeout: 60_000 }, async (name, args) => {
    const [scenario] = scenarios.filter(({ command }) => command === name)
    if (scenario === undefined) throw new Error(`no story of ${name}`)
    for (const desk of desks.map((open) => open(stage))) {
      const by = typeof scenario.by === 'string' ? scenario.by : scenario.by(stage)
      const { refused, words, effect } = await play(desk, { ...scenario, args: async () => args }, by)
      expect({ desk: desk.name, refused, words }).toMatchObject({ desk: desk.name, refused: true })
      if (desk.name !== 'teams') expect(words).toContain('must not be empty')
      expect([effect.log, effect.audit, effect.told]).toEqual([[], [], []])
    }
  })
})
