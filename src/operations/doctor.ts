import type { Config } from '../config.ts'
import { holidaysMissing } from '../core/calendar/holidays-missing.ts'
import type { CheckResult } from '../core/channel.ts'
import { connect } from '../core/store/connect.ts'
import { channelsFor } from '../main.ts'
import { configured } from './configured.ts'
import { probeFindings } from './probe-findings.ts'
import { sizeWarning } from './size-warning.ts'

export type Finding = CheckResult & { readonly part: string }

const timeoutMs = 5_000
/** Slack refuses signatures older than five minutes; well before that deadlines would be visibly wrong. */
const skewAllowedMs = 30_000

/** `gatehouse doctor`: looks at everything Gatehouse depends on, and says how to mend what fails. Exit code 1 on any failure. */
export async function runDoctor({ json = false }: { json?: boolean }): Promise<void> {
  const config = configured()
  const findings = await examine(config)
  if (json) console.log(JSON.stringify(findings))
  else
    for (const { part, ok, detail, mend } of findings)
      console.log(`${ok ? '  ok  ' : 'FAULT '} ${part}: ${detail}${mend ? `\n         → ${mend}` : ''}`)
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1
}

async function examine(config: Config): Promise<readonly Finding[]> {
  const findings: Finding[] = [
    { part: 'database', ...(await checkDatabase(config)) },
    { part: 'webhook address', ...(await checkPublicUrl(config.environment.publicUrl)) },
    { part: 'holidays', ...checkHolidays(config, new Date()) },
  ]
  if (config.environment.demo)
    return [
      ...findings,
      { part: 'channels', ok: true, detail: 'none is configured: Gatehouse would run as a demonstration' },
    ]
  const channels = channelsFor(config)
  for (const channel of channels) findings.push({ part: channel.name, ...(await channel.check()) })
  return [...findings, ...(await probeFindings({ config, channels }))]
}

async function checkDatabase({ environment }: Config): Promise<CheckResult> {
  try {
    const database = await connect(environment)
    await database.ping()
    const warning = await sizeWarning(database.models, environment.mongodbUri === undefined)
    await database.close()
    return { ok: warning === undefined, detail: warning ?? database.description }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'cannot be opened'
    const mend = environment.mongodbUri
      ? 'Check MONGODB_URI, and that the server is up and lets this machine in.'
      : `Check that ${environment.dataDir} can be written.`
    return { ok: false, detail, mend }
  }
}

async function checkPublicUrl(publicUrl: string): Promise<CheckResult> {
  try {
    const response = await fetch(`${publicUrl}/healthz`, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok)
      return {
        ok: false,
        detail: `${publicUrl} answers ${response.status}`,
        mend: 'PUBLIC_URL must lead to Gatehouse itself; check the proxy.',
      }
    return skewOf(response.headers.get('date'), publicUrl)
  } catch {
    const mend =
      'Start Gatehouse first; if it runs, check PUBLIC_URL, the proxy and the firewall. Providers call this address.'
    return { ok: false, detail: `nothing answers at ${publicUrl}`, mend }
  }
}

function skewOf(date: string | null, publicUrl: string): CheckResult {
  const skewMs = date === null ? 0 : Math.abs(Date.now() - new Date(date).getTime())
  if (skewMs <= skewAllowedMs) return { ok: true, detail: `${publicUrl} answers, clocks agree` }
  return {
    ok: false,
    detail: `the clocks differ by ${Math.round(skewMs / 1_000)} s`,
    mend: 'Synchronise the clock (NTP): signatures and deadlines depend on it.',
  }
}

function checkHolidays({ calendars }: Config, now: Date): CheckResult {
  const missing = [...calendars.values()].flatMap((calendar) =>
    holidaysMissing(calendar, now).map((year) => `${calendar.name} ${year}`),
  )
  if (missing.length === 0) return { ok: true, detail: 'every calendar has the years it needs' }
  return {
    ok: false,
    detail: `missing: ${missing.join(', ')}`,
    mend: 'Add the gazetted list to the holiday table in config/.',
  }
}
