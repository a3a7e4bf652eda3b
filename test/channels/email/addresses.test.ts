import { describe, expect, it } from 'vitest'
import { isAddress } from '../../../src/channels/email/addresses.ts'

describe('one address and nothing else', () => {
  it.each([
    ['chan@example.test'],
    ["o'neil+desk@mail.example.test"],
    ['陳大文@例子.香港'],
    [`${'a'.repeat(64)}@example.test`],
    [`a@${'b'.repeat(63)}.test`],
    ['a@1.example.test'],
  ])('is %s', (text) => expect(isAddress(text)).toBe(true))

  it.each([
    ['no domain', 'chan'],
    ['an empty local part', '@example.test'],
    ['two @', 'a@b@example.test'],
    ['a local part of 65', `${'a'.repeat(65)}@example.test`],
    ['a label of 64', `a@${'b'.repeat(64)}.test`],
    ['255 in all', `a@${'b.'.repeat(124)}tests`],
    ['one label only', 'a@localhost'],
    ['an empty label', 'a@example..test'],
    ['a label that begins with a hyphen', 'a@-example.test'],
    ['a label that ends with a hyphen', 'a@example-.test'],
    ['a top label of one letter', 'a@example.t'],
    ['a list', 'a@example.test,b@example.test'],
    ['a name beside it', 'Chan <a@example.test>'],
    ['a line break at the end', 'a@example.test\n'],
    ['a line break within', 'a@example.test\r\nBcc: b@example.test'],
    ['a space', 'a b@example.test'],
  ])('is not %s', (_what, text) => expect(isAddress(text)).toBe(false))
})
