import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { customer, ourNumber, signedText } from '../test/process/texts.ts'

/**
 * A process that texts: `load.ts PORT CLIENTS SECONDS [PER_SECOND]` prints `{answered, rate, p50, p99, refused}`. Requests are signed
 * before the clock starts and go over plain sockets, so that little of the machine is spent here.
 */
const [port = 0, clients = 1, seconds = 1, perSecond = 0] = process.argv.slice(2).map(Number)

function request(i: number): Buffer {
  const body = `When does the gym open on Sundays? (${i})`
  const { form, signature } = signedText({ from: customer(20 + (i % 70)), to: ourNumber, body })
  const head = [
    'POST /webhooks/twilio HTTP/1.1',
    'host: gatehouse.example.test',
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(form)}`,
    `x-twilio-signature: ${signature}`,
  ]
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${form}`)
}

/** Resolves with the status of the next answer on this connection. */
function answerOn(socket: Socket): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = ''
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1')
      const end = text.indexOf('\r\n\r\n')
      const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
      if (end < 0 || text.length < end + 4 + length) return
      socket.off('data', take)
      resolve(Number(text.slice(9, 12)))
    }
    socket.on('data', take)
    socket.once('error', reject)
  })
}

const most = Math.ceil((perSecond || 7_000) * seconds)
const requests = Array.from({ length: Math.min(most, 30_000) }, (_, i) => request(i))
const latencies: number[] = []
let next = 0
let refused = 0
const startedAt = performance.now()
const endsAt = startedAt + seconds * 1_000

async function client(): Promise<void> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  while (performance.now() < endsAt && next < requests.length) {
    const index = next++
    // At a fixed rate a request that should have left earlier counts from then: a slow server must not hide its queue.
    const due = perSecond > 0 ? startedAt + (index * 1_000) / perSecond : performance.now()
    if (due > performance.now()) await sleep(due - performance.now())
    socket.write(requests[index] as Buffer)
    if ((await answerOn(socket)) === 200) latencies.push(performance.now() - due)
    else refused++
  }
  socket.destroy()
}

await Promise.all(Array.from({ length: clients }, client))
const tookSeconds = (performance.now() - startedAt) / 1_000
latencies.sort((a, b) => a - b)
const at = (share: number) => Math.round((latencies[Math.floor(latencies.length * share)] ?? 0) * 100) / 100
const answered = latencies.length
console.log(JSON.stringify({ answered, rate: latencies.length / tookSeconds, p50: at(0.5), p99: at(0.99), refused }))
process.exit(0)
