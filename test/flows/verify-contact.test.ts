import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { apiDesk, slackDesk } from '../parity/desks.ts'
import { openStage, type Stage } from '../parity/stage.ts'
import { withStore } from './house.ts'

withStore()

const wong = 'wong-siu-ming'
const phone = '+12025550102'
let stage: Stage
beforeEach(async () => {
  // Wong's phone stands in the staff list, and nobody has confirmed that it is theirs.
  stage = await openStage({
    configured: (config) => {
      const staff = [...config.duty.staff].map(([id, member]) => {
        const methods = member.methods.map((one) =>
          id === wong && one.address.channel === 'sms' ? { ...one, verified: false } : one,
        )
        return [id, { ...member, methods }] as const
      })
      return { ...config, duty: { ...config.duty, staff: new Map(staff) } }
    },
  })
})
afterEach(() => stage.close())

const isWong = () => stage.house.directory.byAddress({ channel: 'sms', id: phone })?.id === wong
const codes = () => stage.phones.arrived.filter(({ message }) => message.to.id === phone && /\d{6}/.test(message.text))
const lastCode = () => /\d{6}/.exec(codes().at(-1)?.message.text ?? '')?.[0] ?? ''
const verify = (args: Readonly<Record<string, string>>, desk = apiDesk(stage)) =>
  desk.give({ by: wong, command: 'verify', caseId: '', args })
const confirm = (code: string, desk = apiDesk(stage)) =>
  desk.give({ by: wong, command: 'confirm', caseId: '', args: { code } })
const method = () =>
  String(stage.house.directory.byId(wong)?.methods.findIndex(({ address }) => address.channel === 'sms'))

describe('an address of a staff member', () => {
  it('names them only after the code that was sent there was typed at a desk where they are known', async () => {
    expect(isWong()).toBe(false)
    const asked = await verify({ method: method() }, slackDesk(stage))
    expect(asked.refused, asked.words).toBe(false)
    expect(asked.words).toContain('A code is on its way to SMS •••• 0102')
    expect(asked.words).not.toContain(phone)
    await stage.house.settle()
    expect(codes()).toHaveLength(1)
    expect((await confirm(lastCode(), slackDesk(stage))).words).toContain('is yours')
    expect(isWong()).toBe(true)
  })

  it('is not confirmed by another code, by guessing on, by an old code, or by one that was used', async () => {
    await verify({ method: method() })
    await stage.house.settle()
    const code = lastCode()
    const wrong = code === '000000' ? '000001' : '000000'
    for (let guess = 0; guess < 5; guess++) expect((await confirm(wrong)).refused).toBe(true)
    expect((await confirm(code)).refused).toBe(true)
    await stage.house.passes('11m')
    await verify({ method: method() })
    await stage.house.settle()
    const next = lastCode()
    await stage.house.passes('11m')
    expect((await confirm(next)).refused).toBe(true)
    expect(isWong()).toBe(false)
  })

  it('is confirmed by a code that is typed again, because the answer was lost; and asking anew sends a new code', async () => {
    const { contacts } = stage.house.desk
    const by = stage.house.directory.byId(wong)
    if (by === undefined) throw new Error('Wong is not in staff.yaml')
    await verify({ method: method() })
    await stage.house.settle()
    const code = lastCode()
    const { live } = stage.house
    const { fresh } = live
    // Cut off after it was recorded, before anybody was told.
    Object.assign(live, { fresh: () => Promise.reject(new Error('the process was killed')) })
    await expect(contacts.confirm(by, { id: 'press-1', code, at: stage.house.now() })).rejects.toThrow('killed')
    Object.assign(live, { fresh })
    expect((await confirm(code)).words).toContain('is yours')
    expect((await confirm(code)).words).toContain('is yours')
    expect(isWong()).toBe(true)
    expect(await stage.house.database.models.duty_changes.collection.countDocuments({})).toBe(1)
    const wrong = code === '000000' ? '000001' : '000000'
    expect((await confirm(wrong)).refused).toBe(true)
    await verify({ method: method() })
    await stage.house.settle()
    expect(codes()).toHaveLength(2)
    expect((await confirm(code)).refused).toBe(code !== lastCode())
  })

  it('gets one code however often it is asked for within a minute, and the code is not kept', async () => {
    await verify({ method: method() })
    await verify({ method: method() })
    await stage.house.settle()
    expect(codes()).toHaveLength(1)
    const kept = await stage.house.database.models.codes.collection.find({}).toArray()
    expect(JSON.stringify(kept)).not.toContain(lastCode())
  })

  it('is not told that a code is on its way when it could not be queued: asking again sends one', async () => {
    const { contacts } = stage.house.desk
    const by = stage.house.directory.byId(wong)
    const to = by?.methods[Number(method())]
    if (by === undefined || to === undefined) throw new Error('the phone of Wong is not in staff.yaml')
    const { outbox } = stage.house.stores
    const { add } = outbox
    outbox.add = () => Promise.reject(new Error('the database went away'))
    await expect(contacts.sendCode(by, to, stage.house.now())).rejects.toThrow('went away')
    outbox.add = add
    await verify({ method: method() })
    await stage.house.settle()
    expect(codes()).toHaveLength(1)
    expect((await confirm(lastCode())).words).toContain('is yours')
  })

  it('does not stand in the id of its message, which is written to the log', async () => {
    await verify({ method: method() })
    await stage.house.settle()
    expect(codes().map(({ message }) => message.id)).toEqual([expect.not.stringContaining(phone)])
  })
})
