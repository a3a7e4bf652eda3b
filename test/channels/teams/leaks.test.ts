import { describe, it } from 'vitest'
import { keptOf, toRawEvent } from '../../../src/channels/teams/parse.ts'
import { readEvent } from '../../../src/channels/teams/read-event.ts'
import { commandWords } from '../../../src/core/desk/forms.ts'
import { withStore } from '../../flows/house.ts'
import { withTeamsIds } from '../../parity/teams-desk.ts'
import { playSequences } from '../random-house.ts'
import { sequences, tenant } from './random-desk.ts'

withStore()

describe('1,000 random sequences of notes, edits, presses, dialogs and redeliveries in Teams', () => {
  it('leak nothing to a customer, send nothing twice, and leave every case legal', { timeout: 600_000 }, () =>
    playSequences(
      {
        name: 'teams',
        sequences,
        toRaw: (payload, at) => toRawEvent(keptOf(payload), tenant, at),
        read: (event) => readEvent(event, commandWords),
        cardName: (place, caseId) => `${place};messageid=card-${caseId}`,
        configured: withTeamsIds,
      },
      1_000,
    ),
  )
})
