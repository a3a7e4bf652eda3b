import type { CheckResult, HttpResponse } from '../core/channel.ts'
import { json } from './problem.ts'
import type { Guarded } from './server.ts'

export type Part = { readonly ok: boolean; readonly detail: string }
export type Readiness = { readonly ready: boolean; readonly parts: Readonly<Record<string, Part>> }

type HealthDeps = {
  readonly readiness: () => Promise<Readiness>
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>
}

const page = (path: string, handle: () => Promise<HttpResponse>): Guarded => ({
  method: 'GET',
  path,
  maxBytes: 0,
  access: 'public',
  handle,
})

/** Alive, ready, and figures: open to whoever can reach the port, so they carry no personal data and no secrets. */
export const healthRoutes = ({ readiness, metrics }: HealthDeps): readonly Guarded[] => [
  page('/healthz', async () => json({ alive: true })),
  page('/readyz', async () => {
    const state = await readiness()
    return json(state, state.ready ? 200 : 503)
  }),
  page('/metrics', async () => {
    const { contentType, text } = await metrics()
    return { status: 200, headers: { 'content-type': contentType }, body: text }
  }),
]

const checkEveryMs = 60_000

/** A provider's own check, asked at most once a minute however often readiness is asked. */
export function remembered(check: () => Promise<CheckResult>, now: () => number): () => Promise<Part> {
  let last: { at: number; part: Promise<Part> } | undefined
  return () => {
    if (last === undefined || now() - last.at > checkEveryMs)
      last = { at: now(), part: check().then(({ ok, detail }) => ({ ok, detail })) }
    return last.part
  }
}
