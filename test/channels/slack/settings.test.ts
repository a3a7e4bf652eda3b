import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { requiredScopes } from '../../../src/channels/slack/check.ts'
import { failureOf } from '../../../src/channels/slack/errors.ts'
import { parseSlackSettings } from '../../../src/channels/slack/settings.ts'

const token = { SLACK_BOT_TOKEN: 'xoxb-1' }

describe('the SLACK_ variables', () => {
  it('are off when none is set', () => {
    expect(parseSlackSettings({ PORT: '8080', SLACK_BOT_TOKEN: '' })).toEqual({ state: 'off' })
  })

  it('need a signing secret, or an app token for Socket Mode', () => {
    expect(parseSlackSettings({ ...token, SLACK_SIGNING_SECRET: 's' })).toEqual({
      state: 'on',
      settings: { botToken: 'xoxb-1', signingSecret: 's', apiUrl: 'https://slack.com/api/' },
    })
    expect(parseSlackSettings({ ...token, SLACK_APP_TOKEN: 'xapp-1' })).toMatchObject({ state: 'on' })
  })

  it.each([
    [token, ['SLACK_SIGNING_SECRET']],
    [{ SLACK_SIGNING_SECRET: 's' }, ['SLACK_BOT_TOKEN']],
    [{ SLACK_API_URL: 'https://slack.com/api/' }, ['SLACK_BOT_TOKEN', 'SLACK_SIGNING_SECRET']],
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' }, ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN']],
    [{ ...token, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://slack.example/api' }, ['SLACK_API_URL']],
    [{ ...token, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'nowhere' }, ['SLACK_API_URL']],
  ])('%j names every fault', (part, keys) => {
    const setup = parseSlackSettings(part)
    if (setup.state !== 'faulty') throw new Error(`is ${setup.state}`)
    expect(setup.faults.map((fault) => fault.key)).toEqual(keys)
    expect(JSON.stringify(setup)).not.toContain('xoxb-1')
  })

  it('take a Slack on this machine without TLS, and add the slash that Slack’s client needs', () => {
    const setup = parseSlackSettings({ ...token, SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:9/api' })
    expect(setup).toMatchObject({ settings: { apiUrl: 'http://127.0.0.1:9/api/' } })
  })
})

describe('failures', () => {
  const request = (cause: unknown) => ({ code: 'slack_webapi_request_error', original: { name: 'TypeError', cause } })

  it.each([
    [request({ code: 'ECONNREFUSED' }), { outcome: 'refused', permanent: false }],
    [
      request({ errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNREFUSED' }] }),
      { outcome: 'refused', permanent: false },
    ],
    [request({ code: 'ENOTFOUND' }), { outcome: 'refused', permanent: false }],
    [request({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), { outcome: 'refused', permanent: false }],
    [request({ code: 'ECONNRESET' }), { outcome: 'unknown' }],
    [request({ code: 'UND_ERR_SOCKET' }), { outcome: 'unknown' }],
    [{ code: 'slack_webapi_http_error', statusCode: 502 }, { outcome: 'unknown' }],
    [
      { code: 'slack_webapi_http_error', statusCode: 404 },
      { outcome: 'refused', permanent: false },
    ],
    [
      { code: 'slack_webapi_rate_limited_error', retryAfter: 3 },
      { outcome: 'refused', retryAfterSeconds: 3 },
    ],
    [{ message: 'Retry header did not contain a valid timeout' }, { outcome: 'refused', permanent: false }],
    [new Error('a bug'), { outcome: 'unknown' }],
    [undefined, { outcome: 'unknown' }],
  ])('%j is %j', (error, failure) => {
    expect(failureOf(error)).toMatchObject(failure)
  })

  it('never carry what a proxy answered', () => {
    const page = { code: 'slack_webapi_platform_error', data: { error: '<html>secret words of a customer</html>' } }
    expect(failureOf(page)).toEqual({ outcome: 'unknown', reason: 'Slack answered something unreadable' })
  })
})

describe('manifests/slack.yaml', () => {
  const manifest = parse(readFileSync('manifests/slack.yaml', 'utf8'))

  it('asks for exactly what the desk uses', () => {
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...requiredScopes].toSorted())
  })
})
