import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { audit } from './audit.ts'
import { eventually, type Gatehouse, startGatehouse } from './gatehouse.ts'
import { type Providers, startProviders } from './providers.ts'
import { customer, keptConnections, ourNumber, postText } from './texts.ts'

/** What the senders know: which texts were answered with 200, and so must be on a case, whatever happens later. */
export type Sent = { readonly acknowledged: Set<string>; unanswered: number; refused: number }

export type KillReport = { readonly acknowledged: number; readonly kills: number; readonly faults: readonly string[] }

const clients = 8
const shortestMs = 50
const longestMs = 600
const pauseMs = 4

/** About one in eight tells of danger, so that pages are under way whenever a process dies. */
const words = [
  'When does the gym open on Sundays?',
  'The lift in tower 2 has been out of order for three days. This is unacceptable.',
  '大堂冷氣壞咗三日都冇人理',
  'I want to complain about the guard at the back gate, he shouted at me.',
  'How do I book the function room?',
  'The corridor lights on floor 9 are broken.',
  'Can I get a parking permit for my brother?',
  'There is a fire on the 12th floor, please help',
]

/**
 * Kills the built product at random moments under load, so many times, and then checks that everything it had promised
 * was kept. The providers live in this process and so know what really reached them.
 */
export async function killRounds(rounds: number, say: (line: string) => void = () => {}): Promise<KillReport> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-kill-'))
  const providers = await startProviders()
  const sent: Sent = { acknowledged: new Set(), unanswered: 0, refused: 0 }
  try {
    for (let round = 1; round <= rounds; round++) {
      const gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
      providers.deliverTo(gatehouse.url)
      await underLoad(gatehouse, sent, round)
      say(
        `${Math.round(performance.now() / 1000)} s, round ${round}: ${sent.acknowledged.size} acknowledged, ${sent.unanswered} unanswered`,
      )
    }
    say(`${Math.round(performance.now() / 1000)} s, looking at what is left`)
    const faults = await afterwards({ dataDir, providers, sent })
    return { acknowledged: sent.acknowledged.size, kills: rounds, faults }
  } finally {
    await providers.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Texts from eight clients until the process is killed in the middle of it. */
async function underLoad(gatehouse: Gatehouse, sent: Sent, round: number): Promise<void> {
  const agent = keptConnections(clients)
  const before = sent.acknowledged.size
  let killed = false
  const client = async (which: number) => {
    for (let i = 0; !killed; i++) {
      const from = customer(20 + ((round * 7 + which * 11 + i * 3) % 70))
      const body = `${words[(which + i) % words.length]} (${round}.${which}.${i})`
      const answer = await postText(gatehouse.url, { from, to: ourNumber, body }, agent).catch(() => undefined)
      if (answer === undefined) sent.unanswered++
      else if (answer.status === 200) sent.acknowledged.add(answer.sid)
      else sent.refused++
      await sleep(pauseMs)
    }
  }
  const load = Promise.all(Array.from({ length: clients }, (_, which) => client(which)))
  await eventually(() => (sent.acknowledged.size > before ? true : undefined), {
    withinMs: 90_000,
    what: 'the first answer',
  })
  await sleep(shortestMs + Math.random() * (longestMs - shortestMs))
  await gatehouse.kill()
  killed = true
  await load
  agent.destroy()
}

type Aftermath = { readonly dataDir: string; readonly providers: Providers; readonly sent: Sent }

async function afterwards({ dataDir, providers, sent }: Aftermath): Promise<readonly string[]> {
  const gatehouse = await startGatehouse({ dataDir, variables: providers.variables })
  providers.deliverTo(gatehouse.url)
  try {
    return await audit({ dataDir, providers, acknowledged: sent.acknowledged, stop: gatehouse.stop })
  } finally {
    await gatehouse.kill()
  }
}
