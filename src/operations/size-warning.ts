import type { Models } from '../core/store/models.ts'

/** Above this the embedded store still works, but a site of this size deserves more than one node. */
const casesOfOneNode = 200_000

/** What to tell an operator whose site has outgrown the embedded store; undefined while it has not. */
export async function sizeWarning({ cases }: Pick<Models, 'cases'>, embedded: boolean): Promise<string | undefined> {
  const count = embedded ? await cases.collection.estimatedDocumentCount() : 0
  if (count < casesOfOneNode) return undefined
  return `${count} cases in the embedded store: move this site to MongoDB (gatehouse export, then import with MONGODB_URI)`
}
