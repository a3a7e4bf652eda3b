import { describe, expect, it } from 'vitest'
import { readChannels } from '../../src/config/read-channels.ts'
import { loadConfig } from '../../src/config.ts'
import { probesOf } from '../../src/probing.ts'

const { config } = loadConfig({ GATEHOUSE_CONFIG: 'config' })
if (config === undefined) throw new Error('the sample configuration must load')
const { places, duty } = config

const [player, desk] = ['+12025550199', '+12025550191']
const read = (probes: readonly object[]) =>
  readChannels({ file: 'channels.yaml', content: { ...places.file, probes } }, duty)
const faultsOf = (...probes: readonly object[]) => read(probes).faults.map(({ key, message }) => `${key}: ${message}`)
const sms = { channel: 'sms', customer: player, desk }
const mail = { channel: 'email', customer: 'desk+probe@desk.example.test' }

describe('probes in channels.yaml', () => {
  it('are off unless listed', () => expect(places.file.probes).toEqual([]))

  it('belong to the site of their desk, and run only where their channel is on', () => {
    const probed = { ...config, places: read([sms, { ...mail, every: '90m' }]).places ?? places }
    expect(probesOf(probed, () => true)).toEqual([
      {
        ...{ id: 'sms-1', channel: 'sms', site: 'jade-garden', everyMs: 900_000, withinMs: 300_000 },
        ask: { from: { channel: 'sms', id: player }, to: { channel: 'sms', id: desk } },
        answer: { from: { channel: 'sms', id: desk }, to: { channel: 'sms', id: player } },
      },
    ])
    const address = 'desk@desk.example.test'
    const withMail = { ...probed, email: { desk: { name: '', address } } as NonNullable<typeof config.email> }
    const leg = { from: { channel: 'email', id: address }, to: { channel: 'email', id: mail.customer } }
    expect(probesOf(withMail, (channel) => channel === 'email')).toEqual([
      {
        ...{ id: 'email-2', channel: 'email', site: places.file.defaultSite, everyMs: 5_400_000, withinMs: 600_000 },
        ...{ ask: leg, answer: leg },
      },
    ])
  })

  it.each<[string, object[]]>([
    ['probes[0].desk: is not an SMS number under senders', [{ ...sms, desk: '+12025550180' }]],
    ['probes[0].customer: is a desk: it needs an address that no customer writes to', [{ ...sms, customer: desk }]],
    [
      'probes[0].customer: is a desk: it needs an address that no customer writes to',
      [{ ...mail, customer: 'jade-garden@desk.example.test' }],
    ],
    [
      'probes[0].customer: is also a phone or address of somebody in staff.yaml',
      [{ ...sms, customer: '+12025550101' }],
    ],
    ['probes[1].customer: is used by another probe', [sms, sms]],
    ['probes[0].within: must be shorter than every', [{ ...sms, every: '5m' }]],
    ['probes[0].every: must be like 90s, 15m or 1h', [{ ...sms, every: 'often' }]],
  ])('%s', (fault, probes) => expect(faultsOf(...probes)).toEqual([fault]))

  it('need no more than they say', () => expect(faultsOf(sms, mail)).toEqual([]))
})
