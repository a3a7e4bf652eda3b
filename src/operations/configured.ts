import { type Config, faultLines, loadConfig } from '../config.ts'
import { connect, type Database } from '../core/store/connect.ts'
import { type Stores, storesOn } from '../core/store/stores.ts'
import { databaseRefusal, Refusal } from './refusal.ts'

/** The checked configuration, or a refusal that lists every fault. */
export function configured(): Config {
  const { config, faults } = loadConfig(process.env)
  if (config === undefined)
    throw new Refusal(['the configuration has faults:', ...faultLines(faults).map((line) => `  ${line}`)].join('\n'))
  return config
}

/** Runs on the database of the running instance, or opens it where none is running; closes it afterwards. */
export async function withStores<T>(
  work: (stores: Stores, database: Database, config: Config) => Promise<T>,
): Promise<T> {
  const config = configured()
  const database = await connect(config.environment).catch((error: unknown) => {
    throw databaseRefusal(error, config.environment) ?? error
  })
  try {
    return await work(storesOn(database.models), database, config)
  } finally {
    await database.close()
  }
}
