import { referenceMemoryOn } from './channels/teams/reference-memory.ts'
import { memoryInMemory } from './channels/teams/references.ts'
import { createTeamsChannel } from './channels/teams/teams.ts'
import type { Config } from './config.ts'
import type { Channel } from './core/channel.ts'
import type { Models } from './core/store/models.ts'

/** The Teams desk on the house's own store; without one, as the doctor has none, it can only be checked. */
export function teamsFor({ teams }: Config, models?: Models): readonly Channel[] {
  if (teams === undefined) return []
  const memory = models === undefined ? memoryInMemory() : referenceMemoryOn(models.references.collection)
  return [createTeamsChannel(teams, { memory })]
}
