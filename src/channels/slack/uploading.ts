import type { SendResult } from '../../core/channel.ts'
import type { Enclosure } from '../../core/message.ts'
import { failureOf } from './errors.ts'
import type { Rendered } from './render.ts'
import { isSlackAddress, type SlackSettings } from './settings.ts'
import type { WebClient } from './web-client.ts'

type Target = { readonly channel: string; readonly thread_ts?: string }
type Uploaded = { readonly id: string; readonly title: string }

const uploadTimeoutMs = 30_000

/**
 * Words with files, as one message. The bytes go first, where nobody sees them; what shows them is one call, so that an
 * attempt that fails before it has sent nothing.
 */
export async function postWithFiles(
  client: WebClient,
  settings: SlackSettings,
  { target, rendered, files }: { target: Target; rendered: Rendered; files: readonly Enclosure[] },
): Promise<SendResult> {
  const uploaded: Uploaded[] = []
  try {
    for (const file of files) uploaded.push(await upload(client, settings, file))
  } catch (error) {
    const failure = failureOf(error)
    return failure.outcome === 'refused' ? failure : { ...failure, outcome: 'refused', permanent: false }
  }
  const [first, ...others] = uploaded
  if (first === undefined) return { outcome: 'refused', permanent: true, reason: 'there is no file to send' }
  try {
    const { channel, thread_ts } = target
    const place = thread_ts === undefined ? { channel_id: channel } : { channel_id: channel, thread_ts }
    await client.files.completeUploadExternal({ files: [first, ...others], blocks: rendered.blocks, ...place })
    return { outcome: 'sent', providerId: `${channel}:file:${first.id}` }
  } catch (error) {
    return failureOf(error)
  }
}

async function upload(client: WebClient, settings: SlackSettings, file: Enclosure): Promise<Uploaded> {
  if (!('bytes' in file)) throw new Error('Slack is given bytes')
  const asked = await client.files.getUploadURLExternal({ filename: file.name, length: file.bytes.length })
  const { upload_url: url = '', file_id: id = '' } = asked
  if (!isSlackAddress('files', url, settings)) throw new Error('not an upload address of Slack')
  const signal = AbortSignal.timeout(uploadTimeoutMs)
  const headers = { 'content-type': 'application/octet-stream' }
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: new Uint8Array(file.bytes),
    signal,
    redirect: 'error',
  })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`Slack answered HTTP ${response.status} to the upload`)
  return { id, title: file.name }
}
