import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel } from '@slack/bolt'

/** The floor: Bolt as its makers ship it, with its own receiver and an empty handler. Prints its port. */
const [signingSecret = ''] = process.argv.slice(2)
const receiver = new HTTPReceiver({ signingSecret, endpoints: ['/webhooks/slack'], logLevel: LogLevel.ERROR })
const app = new App({
  receiver,
  authorize: () => Promise.resolve({ botToken: 'xoxb-floor' }),
  logLevel: LogLevel.ERROR,
  convoStore: false,
})
app.event('message', () => Promise.resolve())
const server = createServer((request, response) => receiver.requestListener(request, response))
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
