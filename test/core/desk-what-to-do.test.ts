import { describe, expect, it } from 'vitest'
import { whatToDo } from '../../src/core/desk/what-to-do.ts'

describe('what to do about a message', () => {
  it.each([
    ['the customer has sent STOP', 'START'],
    ['the number does not exist or is out of service', 'seems wrong'],
    ['nothing was sent: permit.pdf could not be had (gone)', 'attach it anew'],
    ['the reply window is over and no template is set', 'until they write again'],
    ['the channel sms is switched off', 'administrator'],
    ['something nobody foresaw', 'call them'],
  ])('that failed because %s', (reason, words) => {
    expect(whatToDo({ state: 'failed', reason })).toContain(words)
  })

  it('of which nobody knows whether it arrived: never to repeat it blindly', () => {
    expect(whatToDo({ state: 'unknown', reason: 'no answer' })).toContain('Do not simply repeat it')
  })

  it('is nothing while it is on its way or has arrived', () => {
    for (const state of ['queued', 'sending', 'sent', 'delivered', 'read']) expect(whatToDo({ state })).toBeUndefined()
  })
})
