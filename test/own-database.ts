import { createHash } from 'node:crypto'
import { MongoClient } from 'mongodb'

const prefix = 'gatehouse_test_'

/** Where a test keeps its data: in its directory, or at MONGODB_URI in a database that is named after the directory. */
export function ownDatabase(directory: string): { readonly mongodbUri?: string } {
  const { MONGODB_URI } = process.env
  const [, server, options] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(MONGODB_URI ?? '') ?? []
  if (server === undefined) return {}
  const name = prefix + createHash('sha1').update(directory).digest('hex').slice(0, 16)
  return { mongodbUri: `${server}/${name}${options ?? ''}` }
}

/** After all tests: drops the databases that they made at MONGODB_URI. */
export async function teardown(): Promise<void> {
  const { MONGODB_URI } = process.env
  if (MONGODB_URI === undefined) return
  const client = await new MongoClient(MONGODB_URI).connect()
  try {
    const { databases } = await client.db().admin().listDatabases({ nameOnly: true })
    for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase()
  } finally {
    await client.close()
  }
}
