import type { Opened } from './channel.ts'

/** Why an attachment could not be fetched; a permanent failure is not tried again. */
export const notOpened = (permanent: boolean, reason: string): Opened => ({ ok: false, permanent, reason })

/** What a provider's file host answered, at most `maxBytes` of it: counts what arrives, since `Content-Length` may lie. */
export async function openedUpTo(response: Response, maxBytes: number): Promise<Opened> {
  const tooLarge = notOpened(true, `the file is larger than ${maxBytes} bytes`)
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    return tooLarge
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > maxBytes) return tooLarge
    chunks.push(chunk)
  }
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream'
  return { ok: true, contentType, bytes: Buffer.concat(chunks) }
}
