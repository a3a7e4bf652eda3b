import type { CommandStartedEvent } from 'mongodb'
import type { Database } from '../../../src/core/store/connect.ts'

type Command = Readonly<Record<string, unknown>>
export type Recorded = { readonly name: string; readonly command: Command }

const lookups = ['find', 'count', 'distinct', 'findAndModify', 'aggregate', 'update', 'delete']

/** Every different look-up that the driver sends, in the order of its first appearance. */
export function recordCommands({ connection }: Database) {
  const seen = new Map<string, Recorded>()
  const note = ({ commandName, command }: CommandStartedEvent): void => {
    if (!lookups.includes(commandName)) return
    for (const one of statementsOf(commandName, command as Command)) {
      const key = shapeOf(one)
      if (!seen.has(key)) seen.set(key, { name: commandName, command: one })
    }
  }
  connection.getClient().on('commandStarted', note as never)
  return { all: () => [...seen.values()] }
}

/** Each statement of a batch is looked up by itself. */
function statementsOf(name: string, command: Command): Command[] {
  const field = name === 'update' ? 'updates' : name === 'delete' ? 'deletes' : undefined
  if (field === undefined) return [command]
  return (command[field] as unknown[]).map((statement) => ({ [name]: command[name], [field]: [statement] }))
}

const shapeOf = (command: Command): string =>
  JSON.stringify(command, (key, value) => (isLeaf(key, value) ? '·' : value))

const options = ['lsid', '$db', '$clusterTime', 'limit', 'batchSize', 'txnNumber']
const isLeaf = (key: string, value: unknown): boolean =>
  options.includes(key) ||
  (typeof value !== 'object' && !isName(key)) ||
  value instanceof Date ||
  (Array.isArray(value) && key === '$in')
const isName = (key: string): boolean => lookups.includes(key) || key === '1'

/** The stages of the plan that the database would choose, outermost first. */
export async function stagesFor(database: Database, recorded: Recorded): Promise<readonly string[]> {
  return (await planFor(database, recorded)).map(({ stage }) => String(stage))
}

/** The first field of every index that the database would read. */
export async function leadingFieldsFor(database: Database, recorded: Recorded): Promise<readonly string[]> {
  const plan = await planFor(database, recorded)
  return plan.flatMap(({ keyPattern }) => Object.keys(keyPattern ?? {}).slice(0, 1))
}

async function planFor({ connection }: Database, { command }: Recorded): Promise<readonly Command[]> {
  const { lsid: _lsid, $db: _db, $clusterTime: _time, ...plain } = command
  const explained = (await connection.db?.command({ explain: plain, verbosity: 'queryPlanner' })) as Command
  return partsOf((explained.queryPlanner as Command).winningPlan)
}

function partsOf(plan: unknown): Command[] {
  if (typeof plan !== 'object' || plan === null) return []
  const { stage, inputStage, inputStages, queryPlan } = plan as Command
  const below = [inputStage, queryPlan, ...((inputStages as unknown[] | undefined) ?? [])]
  return [...(typeof stage === 'string' ? [plan as Command] : []), ...below.flatMap(partsOf)]
}

/** Every field that a look-up asks about. */
export function fieldsAsked({ command }: Recorded): readonly string[] {
  const [statement] = [command.updates ?? command.deletes ?? []].flat() as { q?: object }[]
  const [stage] = [command.pipeline ?? []].flat() as { $match?: object }[]
  return fieldsIn(command.filter ?? command.query ?? statement?.q ?? stage?.$match ?? {})
}

const fieldsIn = (filter: object): string[] =>
  Object.entries(filter).flatMap(([name, asked]) => (name.startsWith('$') ? asked.flatMap(fieldsIn) : [name]))

/** For the message of a test that fails: what was asked, without values. */
export const inWords = ({ name, command }: Recorded): string => `${name} ${JSON.stringify(command).slice(0, 300)}`
