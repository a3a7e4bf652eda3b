/** A conversation that a customer has with the desk; the same on every channel. */
export type Story = {
  readonly id: string
  readonly title: string
  /** Of the mail, where it is told by mail. */
  readonly subject: string
  /** What the customer says, each after the answer to what went before. */
  readonly says: readonly string[]
}

const politely = 'I hope that this finds you well and that the season is kind to you all. '

/** What every channel must carry, from a plain question to an emergency in the middle of a letter. */
export const stories: readonly Story[] = [
  {
    id: 'choices',
    title: 'A vague question: choices, none of these, a person',
    subject: 'A question',
    says: ['something about the card thing', 'none of these'],
  },
  {
    id: 'chosen',
    title: 'A vague question: choices, and one of them by its number',
    subject: 'A question',
    says: ['something about the card thing', '1'],
  },
  {
    id: 'cantonese-complaint',
    title: 'A complaint in Cantonese',
    subject: '保安',
    says: ['你哋個保安態度好差，鬧我阿媽'],
  },
  {
    id: 'polite-emergency',
    title: 'An emergency inside a long polite letter',
    subject: 'To the duty team',
    says: [`Dear team, ${politely.repeat(12)}There is smoke coming out of the meter room on 5/F.`],
  },
  {
    id: 'two-matters',
    title: 'A complaint and a question in one message',
    subject: 'Two things',
    says: ['Nobody has cleaned the lobby for a week. Also, how long do you keep CCTV recordings?'],
  },
  {
    id: 'language-switch',
    title: 'A question in English, an objection in Chinese',
    subject: 'CCTV',
    says: ['how long do you keep CCTV recordings', '唔係呀，我想要片，你哋保安成日都唔理人'],
  },
  {
    id: 'insult',
    title: 'A customer who insults',
    subject: 'Again',
    says: ['you useless idiots, your stupid guard left me outside AGAIN!!!'],
  },
  {
    id: 'compliment',
    title: 'A compliment',
    subject: 'Thanks',
    says: ['big thank you to the guard who carried my bags'],
  },
]

/** Somebody invented who tells one story: a phone, a mail address and an account in the tenant's Slack and Teams. */
export type Storyteller = {
  readonly story: string
  readonly name: string
  readonly number: string
  readonly address: string
  readonly slack: string
  readonly teams: string
}

const names = ['Ann Poon', '蔡美玲', 'Ravi Menon', 'Grace Yau', 'Kelvin Ngai', 'Doris Bell', 'Peter Mak', 'Wendy Kan']

/** One for each story, so that no story finds another's open case. */
export const storytellers: readonly Storyteller[] = stories.map(({ id }, index) => ({
  story: id,
  name: names[index] ?? id,
  number: `+1202555016${index}`,
  address: `teller.${id}@tenant.example.test`,
  slack: `U0TELLER0${index}`,
  teams: `0d0d0d0d-0000-4000-8000-00000000000${index}`,
}))
