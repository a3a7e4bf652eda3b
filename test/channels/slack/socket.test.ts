import { afterEach, describe, expect, it } from 'vitest'
import { createSlackChannel } from '../../../src/channels/slack/slack.ts'
import { type Desk, officer, openDesk, secrets, site, until } from './desk.ts'

let desk: Desk
afterEach(() => desk.close())

const write = (text: string) =>
  desk.slack.control.writeInThread({ user: officer.id, channel: site.id, ts: '1.1', text }).delivered

describe('Socket Mode', () => {
  it('comes back by itself after the line was cut, and loses nothing', async () => {
    desk = await openDesk('socket', { retryDelaysMs: [100, 500, 1000] })
    for (let cut = 1; cut <= 2; cut++) {
      desk.slack.control.cutSockets()
      const delivered = write(`during cut ${cut}`)
      await until(() => desk.slack.control.sockets().sinceStart === cut + 1)
      expect(await delivered).toMatchObject({ acknowledged: true })
    }
    expect(desk.readings()).toHaveLength(2)
    expect(await desk.channel.check()).toMatchObject({ ok: true })
  })

  it('follows a refresh without the five seconds that Bolt would wait', async () => {
    desk = await openDesk('socket')
    const asked = Date.now()
    desk.slack.control.refreshSockets()
    await until(() => desk.slack.control.sockets().sinceStart === 2 && desk.slack.control.sockets().open === 1)
    expect(Date.now() - asked).toBeLessThan(1_000)
    expect(await write('after the refresh')).toMatchObject({ acknowledged: true })
  })

  it('comes back after Slack was down for a while', async () => {
    desk = await openDesk('socket')
    await desk.slack.control.down()
    await until(() => desk.slack.control.sockets().open === 0)
    expect(await desk.channel.check()).toMatchObject({ ok: false })
    await new Promise((resolve) => setTimeout(resolve, 400))
    await desk.slack.control.up()
    await until(() => desk.slack.control.sockets().open === 1, 6_000)
    expect(await write('after the outage')).toMatchObject({ acknowledged: true })
  })

  it('starts although Slack is down, and says so', async () => {
    desk = await openDesk('socket')
    await desk.slack.control.down()
    const late = createSlackChannel({
      botToken: secrets.botToken,
      appToken: secrets.appToken,
      apiUrl: desk.slack.apiUrl,
    })
    await late.start(desk.inbox)
    expect(await late.check()).toMatchObject({ ok: false })
    await late.stop()
  })

  it('with a wrong app token it starts, does not crash the process, and says how to mend it', async () => {
    desk = await openDesk('socket')
    const { botToken } = secrets
    const wrong = createSlackChannel({ botToken, appToken: 'xapp-wrong', apiUrl: desk.slack.apiUrl })
    await wrong.start(desk.inbox)
    expect(await wrong.check()).toEqual({
      ok: false,
      detail: 'Socket Mode: Slack refused Socket Mode (invalid_auth)',
      mend: expect.stringContaining('connections:write'),
    })
    await wrong.stop()
  })

  it('can be checked without being started, as the doctor does', async () => {
    desk = await openDesk('http')
    const { botToken, appToken } = secrets
    const check = (token: string) =>
      createSlackChannel({ botToken, appToken: token, apiUrl: desk.slack.apiUrl }).check()
    expect(await check(appToken)).toMatchObject({ ok: true })
    expect(await check('xapp-wrong')).toMatchObject({ ok: false, detail: expect.stringContaining('invalid_auth') })
    expect(desk.slack.control.sockets().sinceStart).toBe(0)
  })

  it('an event that could not be stored is not acknowledged, comes again, and has one effect', async () => {
    desk = await openDesk('socket', { ackWithinMs: 100 })
    desk.inbox.failing = 1
    expect(await write('once')).toMatchObject({ acknowledged: true, attempts: 2 })
    expect(desk.readings()).toHaveLength(1)
  })

  it('closes its connection when it stops', async () => {
    desk = await openDesk('socket')
    await desk.channel.stop()
    await until(() => desk.slack.control.sockets().open === 0)
    expect(await desk.channel.check()).toMatchObject({ ok: false, detail: 'Socket Mode: stopped' })
  })
})
