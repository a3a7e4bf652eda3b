import { createRequire } from 'node:module'

type Found = { readonly message: string }
type Parser = {
  readonly AdaptiveCard: new () => {
    parse(json: unknown, context: object): void
    validateProperties(): { readonly validationEvents: readonly Found[] }
  }
  readonly SerializationContext: new () => { readonly eventCount: number; getEventAt(index: number): Found }
  readonly GlobalRegistry?: unknown
}

// Its ES modules cannot be loaded by Node; the bundle can.
const { AdaptiveCard, SerializationContext } = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
) as Parser

/** What Microsoft's own renderer finds wrong with a card: unknown elements, bad values, inputs without an id. */
export function faultsIn(card: unknown): readonly string[] {
  const parsed = new AdaptiveCard()
  const context = new SerializationContext()
  parsed.parse(card, context)
  const parsing = Array.from({ length: context.eventCount }, (_each, index) => context.getEventAt(index).message)
  return [...parsing, ...parsed.validateProperties().validationEvents.map(({ message }) => message)]
}
