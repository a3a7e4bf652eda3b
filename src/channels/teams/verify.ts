import { z } from 'zod'
import type { TeamsSettings } from './settings.ts'

/** An activity as it came, with the parts that say whose it is. What is inside is looked at later. */
export type Activity = Readonly<Record<string, unknown>> & { readonly type: string }

/** Why a request is not heard: `status` is what it is answered with. */
export type Verdict =
  | { readonly genuine: true; readonly tenant: string }
  | { readonly genuine: false; readonly status: 400 | 401 | 403; readonly reason: string }

const shape = z.looseObject({ type: z.string().min(1) })

/** The activity in a body; undefined for what is no JSON object with a `type`. */
export function activityIn(body: Buffer): Activity | undefined {
  try {
    return shape.safeParse(JSON.parse(body.toString('utf8'))).data
  } catch {
    return undefined
  }
}

const origin = z.object({
  channelId: z.literal('msteams'),
  serviceUrl: z.string(),
  conversation: z.object({ id: z.string().min(1), tenantId: z.string().optional() }),
  from: z.object({ id: z.string().min(1) }),
  channelData: z
    .object({ tenant: z.object({ id: z.string() }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

/**
 * What the signature does not say: that the activity comes from Teams, from a tenant of ours, and names a service that
 * may be given our token. The framework checks the signature, the issuer, the audience and the service's claim itself.
 */
export function verifyOrigin(activity: Activity, settings: TeamsSettings): Verdict {
  const read = origin.safeParse(activity)
  if (!read.success) return refused(401, 'not an activity of Teams')
  if (!isTrustedService(read.data.serviceUrl, settings)) return refused(401, 'a service that is not Microsoft’s')
  const tenant = tenantIn(read.data)
  if (tenant === undefined || !settings.tenants.includes(tenant)) return refused(403, 'a tenant that is not ours')
  return { genuine: true, tenant }
}

/** The tenant that an activity comes from; Teams names it in one or both of two places. */
function tenantIn({ channelData, conversation }: z.infer<typeof origin>): string | undefined {
  const places = [channelData?.tenant?.id, conversation.tenantId]
  const named = places.flatMap((id) => (id === undefined ? [] : [id.toLowerCase()]))
  // Two that differ mean somebody is trying to be clever; neither is believed.
  return new Set(named).size === 1 ? named[0] : undefined
}

/** Hosts on which Microsoft runs the Teams connector, public and government clouds. */
const services =
  /^smba\.(trafficmanager\.net|infra\.gcc\.teams\.microsoft\.com|infra\.(gov|dod)\.teams\.microsoft\.us)$/

/** Whether a service may be given our bearer token: Microsoft's own by https, or the one that the settings name. */
export function isTrustedService(serviceUrl: string, settings: Pick<TeamsSettings, 'serviceUrl'>): boolean {
  if (!URL.canParse(serviceUrl)) return false
  const url = new URL(serviceUrl)
  if (url.username !== '' || url.password !== '') return false
  if (url.origin === new URL(settings.serviceUrl).origin) return true
  return url.protocol === 'https:' && services.test(url.hostname)
}

const refused = (status: 400 | 401 | 403, reason: string): Verdict => ({ genuine: false, status, reason })
