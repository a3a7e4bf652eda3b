import { describe, it } from 'vitest'
import { toRawEvent } from '../../../src/channels/slack/parse.ts'
import { readEvent } from '../../../src/channels/slack/read-event.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import { withStore } from '../../flows/house.ts'
import { playSequences } from '../random-house.ts'
import { sequences } from './random-desk.ts'

withStore()

describe('1,000 random sequences of notes, edits, presses, forms and redeliveries in Slack', () => {
  it('leak nothing to a customer, send nothing twice, and leave every case legal', { timeout: 600_000 }, () =>
    playSequences(
      {
        name: 'slack',
        sequences,
        toRaw: toRawEvent,
        read: (event) => readEvent(event, commandWords),
        cardName: (place, caseId) => `${place}:card-${caseId}`,
      },
      1_000,
    ),
  )
})
