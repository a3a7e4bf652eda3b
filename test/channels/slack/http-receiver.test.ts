import { expect, it } from 'vitest'
import { createHttpReceiver } from '../../../src/channels/slack/http-receiver.ts'
import { secrets, signedRequest } from './desk.ts'

const now = new Date('2026-07-01T08:00:00Z')
const request = signedRequest('{"type":"event_callback"}', { at: now })

it('asks Slack to come again while there is nothing that takes events, or it cannot be loaded', async () => {
  const { open, handle } = createHttpReceiver({ signingSecret: secrets.signingSecret, clock: () => now })
  expect(await handle(request)).toEqual({ status: 503 })
  open(() => Promise.reject(new Error('a file is missing')))
  expect(await handle(request)).toEqual({ status: 503 })
})
