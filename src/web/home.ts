import { version } from '../version.ts'
import type { Readiness } from './health.ts'
import type { Guarded } from './server.ts'

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
}

/** `GET /`: the simulator where there is one, else a page that says how things stand and nothing about anybody. */
export const homeRoute = (readiness: () => Promise<Readiness>, hasSimulator: boolean): Guarded => ({
  method: 'GET',
  path: '/',
  maxBytes: 0,
  access: 'public',
  handle: async () =>
    hasSimulator
      ? { status: 302, headers: { location: '/simulator' } }
      : { status: 200, headers, body: page(await readiness()) },
})

const page = ({ ready, parts }: Readiness): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Gatehouse</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}td{padding:.2rem 1rem .2rem 0}</style>
<h1>Gatehouse</h1>
<p>${ready ? 'Running: messages are taken and worked on.' : 'Not ready: the database does not answer.'} Version ${version}.</p>
<table>
${Object.entries(parts)
  .map(([name, { ok }]) => `<tr><td>${escaped(name)}<td>${ok ? 'in order' : 'in trouble'}`)
  .join('\n')}
</table>
<p>Cases are worked on at the desk (Slack), and with the <a href="/api/v1/openapi.json">API</a>.</p>
</html>
`

const escaped = (text: string): string => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)
