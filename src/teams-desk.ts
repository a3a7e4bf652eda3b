import { referenceMemoryOn } from './channels/teams/reference-memory.ts'
import { memoryInMemory } from './channels/teams/references.ts'
import { createTeamsChannel } from './channels/teams/teams.ts'
import type { Config } from './config.ts'
import type { Channel } from './core/channel.ts'
import type { Models } from './core/store/models.ts'

export type TeamsDesk = {
  readonly models: Models
  /** Whether this process also works off what it receives; only then can a press be answered with its words. */
  readonly receives: boolean
}

/** The Teams desk on the house's own store; without one, as the doctor has none, it can only be checked. */
export function teamsFor({ teams }: Config, desk?: TeamsDesk): readonly Channel[] {
  if (teams === undefined) return []
  if (desk === undefined) return [createTeamsChannel(teams, { memory: memoryInMemory() })]
  const memory = referenceMemoryOn(desk.models.references.collection)
  return [createTeamsChannel(teams, { memory, ...(!desk.receives && { answerWithinMs: 0 }) })]
}
