/** What every text about a case is given (core/outbox/write). Without its number nobody could say which case is meant. */
const aboutCase = 'caseId! site team what kind severity summary nextStep to reason'
const toCustomer = `${aboutCase} by`
const toStaff = `${aboutCase} by promised`

const customer = {
  ...each('received reopened agent complex', 'by!'),
  ...each('received-again safety choices', ''),
  ...each('reply ask', 'name text!'),
  ...each('closed resolved', 'name outcome told! until'),
  ...each('acknowledged promised agreed', 'name by!'),
  ...{ answer: 'answer!', 'answer-with-offer': 'answer! by!', 'ask-again': 'name', split: 'name other text! by!' },
  merged: 'name outcome until other! told!',
}

const staff = {
  ...each('page emergency-page chase escalated escalated-unreachable exhausted owner-chase still-red', ''),
  ...each('customer-silent message-deleted delivery-failed delivery-stopped', ''),
  ...each('delivery-unknown reachable-again-all', ''),
  ...each('escalated-asked escalated-lapsed taken page-failed unreachable owner-lapsed', 'name'),
  ...each('reopened-staff reclassified', 'name'),
  ...each('target-chase escalated-overdue', 'name target!'),
  ...each('customer-wrote emergency-again message-edited reachable-again', 'text!'),
  ...each('closed-staff resolved-staff', 'name outcome'),
  ...each('assigned assigned-desk hand-over-offered hand-over-declined handed-over', 'name giver'),
  ...each('person-paged person-paged-desk', 'name person'),
  ...each('linked unlinked', 'name other!'),
  'named-too': 'other!',
  ...{
    'level-empty': 'groups!',
    'promised-desk': 'name promised!',
    'agreed-desk': 'name promised!',
    'party-added': 'name party',
    cleared: 'name person!',
    'cleared-desk': 'name',
  },
}

/** What belongs to no case, or is filled where it is said. */
const others = {
  ...each('help stopped started status-unknown', 'operator'),
  'status-open': 'operator caseId! since team nextStep by!',
  'status-late': 'operator caseId! since team nextStep by!',
  ...each('status-owned status-owned-late', 'operator caseId! name by!'),
  ...each('status-waiting status-resolved', 'operator caseId! name'),
  ...each('status-with-bot status-choices', 'operator caseId!'),
  ...{ 'status-closed': 'operator caseId! closedOn outcome' },
  'held-up': 'written!',
  ...{ heard: 'summary told!', 'ask-where': '', 'ask-when': '', 'choices-none': '' },
  ...each('audit-overdue audit-orphan audit-undecided audit-slow', 'count refs!'),
  ...each('channel-failing channel-back', 'channel! reason'),
  ...each('probe-unsent probe-unheard probe-unanswered', 'channel! site minutes'),
  'probe-back': 'channel! site seconds',
  ...each('gap-ahead gap-open', 'site groups rule from until have needed'),
  'shift-changed': 'schedule! from! until! name! person! giver reason',
  ...each('offices-closed offices-opened', 'site! reason from! name'),
  ...{ 'shift-start': 'schedule until', 'shift-digest': 'name count list!' },
  ...each('permit-reminder permit-expired', 'name category until days'),
  ...{ 'holidays-missing': 'year calendar', 'contact-failing': 'name methods left' },
  ...{ 'file-kept': 'caseId! name size link!', 'file-missed': 'caseId! name reason' },
  ...{ 'contact-code': 'code!', 'file-link': 'name link!' },
}

/** Per text: the names that are filled in, "!" behind those without which it would not say what it is for. */
const named = new Map<string, string>([
  ...Object.entries(customer).map(([occasion, own]) => [occasion, `${toCustomer} ${own}`] as const),
  ...Object.entries(staff).map(([occasion, own]) => [occasion, `${toStaff} ${own}`] as const),
  ...Object.entries(others),
])
const textsOfStaff = 'caseId name site team'
const word = /^(what|kind|category|severity|outcome|target|next-step)-/

function each(occasions: string, names: string): Record<string, string> {
  return Object.fromEntries(occasions.split(' ').map((occasion) => [occasion, names]))
}

/** What is wrong with the placeholders of a text: names that nobody fills, and missing ones that it needs. */
export function placeholderFaults(occasion: string, used: readonly string[]): string[] {
  const names = namesOf(occasion)
  if (names === undefined) return []
  const allowed = new Set(names.map((name) => name.replace('!', '')))
  const needed = new Set(names.filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1)))
  const choice = allowed.size === 0 ? 'it takes none' : `allowed are ${braced([...allowed])}`
  return [
    ...used.filter((name) => !allowed.has(name)).map((name) => `nothing fills {${name}}: ${choice}`),
    ...[...needed].filter((name) => !used.includes(name)).map((name) => `must carry {${name}}`),
  ]
}

const braced = (names: readonly string[]): string => names.map((name) => `{${name}}`).join(' ')

/** Undefined for a text of the house's own that Gatehouse never says. */
function namesOf(occasion: string): string[] | undefined {
  const byName = occasion.startsWith('text-') ? textsOfStaff : word.test(occasion) ? '' : undefined
  const names = named.get(occasion) ?? byName
  return names?.split(' ').filter((name) => name !== '')
}
