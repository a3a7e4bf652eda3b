/** How two cases belong together, seen from the one that holds the link. */
export const linkKinds = [
  'related',
  'duplicate-of',
  'has-duplicate',
  'merged-into',
  'took-in',
  'split-from',
  'split-into',
] as const
export type LinkKind = (typeof linkKinds)[number]

export type Link = { readonly caseId: string; readonly how: LinkKind }

/** Somebody beside the customer whom the case concerns, e.g. a witness or a relative. */
export type Party = { readonly name: string; readonly role: string; readonly contact?: string }

/** More would make a list nobody reads, and a case document without bounds. */
export const mostLinks = 50
export const mostParties = 20

/** The same link as the other case sees it. */
export const mirrored: Readonly<Record<LinkKind, LinkKind>> = {
  related: 'related',
  'duplicate-of': 'has-duplicate',
  'has-duplicate': 'duplicate-of',
  'merged-into': 'took-in',
  'took-in': 'merged-into',
  'split-from': 'split-into',
  'split-into': 'split-from',
}
