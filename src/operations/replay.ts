import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Config } from '../config.ts'
import { configured } from './configured.ts'
import { Refusal } from './refusal.ts'

type Replayed = { readonly path: string; readonly body: string; readonly headers: Readonly<Record<string, string>> }

/**
 * `gatehouse replay`: pushes a recorded payload through the running instance, signed anew with our own secrets.
 * Takes Twilio's form (as sent, or as JSON), Slack's JSON, or an inbox row from an export.
 */
export async function runReplay(file: string, { url }: { url: string }): Promise<void> {
  const text = recordedIn(file)
  const request = requestFor(text, configured())
  const response = await fetch(`${url}${request.path}`, {
    method: 'POST',
    headers: request.headers,
    body: request.body,
  }).catch(() => {
    throw new Refusal(`nothing answers at ${url}: start Gatehouse, or name its address with --url`)
  })
  console.log(`${response.status} ${(await response.text()).slice(0, 200)}`)
  if (!response.ok) process.exitCode = 1
}

function recordedIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new Refusal(`the file cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function requestFor(text: string, config: Config): Replayed {
  const parsed = jsonIn(text)
  const stored = parsed?.payload as Record<string, unknown> | undefined
  if (typeof stored?.form === 'string')
    return twilioRequest(stored.form, String(stored.url ?? '/webhooks/twilio'), config)
  if (typeof parsed?.MessageSid === 'string')
    return twilioRequest(new URLSearchParams(parsed as Record<string, string>).toString(), '/webhooks/twilio', config)
  if (parsed !== undefined) return slackRequest(text, config)
  if (text.includes('MessageSid=')) return twilioRequest(text, '/webhooks/twilio', config)
  throw new Refusal('the file holds no payload of a provider: expected Twilio form fields or Slack JSON')
}

function jsonIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Signed as Twilio's security page describes: the URL, then every name and value in order of the names. */
function twilioRequest(form: string, path: string, { twilio }: Config): Replayed {
  if (twilio === undefined)
    throw new Refusal('this is a Twilio payload, but TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set')
  const pairs = [...new URLSearchParams(form)].sort(([a], [b]) => (a < b ? -1 : 1))
  const signed = `${twilio.publicUrl}${path}${pairs.map(([name, value]) => name + value).join('')}`
  const signature = createHmac('sha1', twilio.authTokens[0]).update(signed).digest('base64')
  return {
    path,
    body: form,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
  }
}

/** Signed as Slack's "Verifying requests" describes, with the time of now. */
function slackRequest(body: string, { slack }: Config): Replayed {
  if (slack?.signingSecret === undefined)
    throw new Refusal('this is a Slack payload, but SLACK_SIGNING_SECRET is not set')
  const at = String(Math.floor(Date.now() / 1_000))
  const signature = `v0=${createHmac('sha256', slack.signingSecret).update(`v0:${at}:${body}`).digest('hex')}`
  const headers = {
    'content-type': 'application/json',
    'x-slack-request-timestamp': at,
    'x-slack-signature': signature,
  }
  return { path: '/webhooks/slack', body, headers }
}
