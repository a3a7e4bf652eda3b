import { expect, it } from 'vitest'
import { contactOf } from '../../../src/core/case/contact.ts'

const from = (id: string) => ({ from: { channel: 'any', id } })

it('a sender is known by phone, by mailbox, or by neither', () => {
  expect(contactOf(from('+12025550123'))).toEqual({ phone: '+12025550123' })
  expect(contactOf(from('tenant@example.test'))).toEqual({ email: 'tenant@example.test' })
  expect(contactOf({ ...from('user.7f3a'), profileName: 'Ah Fai' })).toEqual({ name: 'Ah Fai' })
})
