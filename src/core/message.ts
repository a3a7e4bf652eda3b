/** The languages every customer-facing text exists in; zh-CN is made from zh-HK and marked so. */
export type Language = 'en' | 'zh-HK' | 'zh-CN'

/** Where a person or a conversation can be reached. Only the channel that made an id knows its format. */
export type Address = { readonly channel: string; readonly id: string }

export type Attachment = {
  readonly name: string
  readonly contentType: string
  /** Bytes; 0 when the provider does not say before fetching. */
  readonly sizeBytes: number
  /** Opaque to the core; the channel that made it can open it again. */
  readonly ref: string
}

/** A message from outside, in the one shape every channel produces. */
export type InboundMessage = {
  /** Provider id, prefixed with the channel name: the key that makes a second delivery harmless. */
  readonly id: string
  readonly from: Address
  /** The number, mailbox or bot that was written to. */
  readonly to: Address
  /** Same value for every message of one thread (phone pair, Slack thread, mail root id). */
  readonly conversation: string
  readonly text: string
  readonly subject?: string
  readonly inReplyTo?: string
  /** A pressed button or chosen option, by the id we gave it; `text` then holds its label. */
  readonly action?: string
  /** A keyword the provider itself recognised and has already answered: record it, send no answer of our own. */
  readonly consent?: 'stop' | 'start' | 'help'
  /** The name the person shows on that channel; a courtesy, never an identity. */
  readonly profileName?: string
  readonly attachments: readonly Attachment[]
  /** True for auto-replies, bounces and our own messages: these never open or acknowledge a case. */
  readonly automatic: boolean
  readonly sentAt: Date
  /** False where anybody may write any sender, as in e-mail: nobody acts as staff by such a message. */
  readonly senderProven?: boolean
  /** What mail systems say about the sender (RFC 8601), for people to see. */
  readonly authenticity?: Authenticity
  /** It answers or names an earlier message of its conversation: a case it opens belongs with the one before. */
  readonly continues?: boolean
  /** The cases that the message of ours it answers was about, where that is proven: what staff answered. */
  readonly concerns?: readonly string[]
  /** A case that the sender named without being a party to it: worth a note to staff, and nothing of it is shown. */
  readonly mentions?: string
}

export type Authenticity = {
  readonly verdict: 'pass' | 'fail' | 'unknown'
  readonly spf: string
  readonly dkim: string
  readonly dmarc: string
  readonly arc?: string | undefined
}

/** A choice offered as a button, or as a number where the channel has no buttons. */
export type Option = { readonly id: string; readonly label: string }

/** A message text the provider approved beforehand, for when free text is not allowed (WhatsApp after 24 hours). */
export type Template = { readonly name: string; readonly language: Language; readonly variables: readonly string[] }

/** A file of ours that goes to a customer, as it is kept here. */
export type FileRef = {
  readonly id: string
  readonly name: string
  readonly contentType: string
  readonly sizeBytes: number
}

/** A file as a channel is given it to send: its bytes where they go with the message, else where the provider fetches it. */
export type Enclosure = FileRef & ({ readonly bytes: Buffer } | { readonly url: string })

/** A message we want delivered. Its id is ours, so a second attempt is recognisable. */
export type OutboundMessage = {
  readonly id: string
  /** Absent only for answers to HELP, STOP and the like, which belong to no case. */
  readonly caseId?: string
  readonly audience: 'customer' | 'staff'
  readonly to: Address
  /** Our own number, mailbox or bot that should appear as the sender. */
  readonly from?: Address
  /** Messages of one conversation leave in the order they were queued. */
  readonly conversation: string
  readonly text: string
  readonly subject?: string
  readonly options?: readonly Option[]
  readonly template?: Template
  readonly card?: CardView
  /** The provider id of the message under which this one belongs (a Slack thread). */
  readonly threadOf?: string
  /** Files that staff attached. */
  readonly files?: readonly FileRef[]
  /** Those of them that the channel carries itself; filled in when it is sent. The others are links in the text by then. */
  readonly enclosures?: readonly Enclosure[]
  /** No person wrote this: mail must say so, or two machines answer each other for ever (RFC 3834). */
  readonly automatic?: boolean
}

/**
 * What the desk shows of a case, already chosen and worded; a desk only lays it out.
 * Everything that came from a customer is plain text and must be escaped by the desk.
 */
export type CardView = {
  readonly caseId: string
  readonly version: number
  /** Case number, place and kind in a few words, e.g. "GH-2026-000123 · Harbour View Tower · complaint". */
  readonly title: string
  /** `red`: needs a human now; `amber`: somebody is being waited for; `green`: owned and on time; `grey`: closed. */
  readonly colour: 'red' | 'amber' | 'green' | 'grey'
  /** One line: what state it is in and what happens next, by when. */
  readonly headline: string
  readonly fields: readonly CardField[]
  /** The customer's last words. */
  readonly quote?: string
  /** Where a reply from the desk would go and in whose name, for its preview; absent where nobody can be answered. */
  readonly replyRoute?: ReplyRoute
  readonly buttons: readonly CardButton[]
  /** What else can be done now, for the card's "more" menu; absent where there is nothing else. */
  readonly more?: readonly CardButton[]
}

/** Cases or other things in a list that a desk lays out, e.g. "my cases". `caseId` is set where an item is a case. */
export type DeskList = {
  readonly title: string
  readonly items: readonly { readonly caseId?: string; readonly title: string; readonly detail: string }[]
  /** Shown where there are no items. */
  readonly empty: string
}

/** In words for staff, e.g. to "WhatsApp +852 •••• 1234", as "Harbour View Tower Security". */
export type ReplyRoute = {
  readonly to: string
  readonly as: string
  /** What its writer should think of before it is sent. */
  readonly warning?: string
}

export type CardField = { readonly label: string; readonly value: string }

/** A desk command offered on the card; `form` says that the desk must ask for its arguments first. */
export type CardButton = {
  readonly command: string
  readonly label: string
  readonly style?: 'primary' | 'danger'
  readonly form: boolean
}

/** Ranked: a report never takes a message back to a lower state. */
export type DeliveryState = 'accepted' | 'sent' | 'delivered' | 'read' | 'failed'

/** What a provider says later about a message we sent. */
export type DeliveryReport = {
  readonly providerId: string
  /** Our own message id, where the provider carries it back to us. */
  readonly messageId?: string
  readonly state: DeliveryState
  /** Plain words for the person who reads the card. */
  readonly reason?: string
  readonly permanent?: boolean
  /** The carrier blocked it, because its customer has sent STOP. */
  readonly stopped?: true
  readonly at: Date
}
