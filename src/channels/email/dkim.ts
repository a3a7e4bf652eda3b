import { createPrivateKey } from 'node:crypto'
import type { Readable } from 'node:stream'

/** Our own signature (RFC 6376); the receiver finds the public key at selector._domainkey.domain. */
export type DkimKey = { readonly domain: string; readonly selector: string; readonly key: string }

/** The mail with our signature on top; unchanged without a key. Lines end as they will travel, or the hash is another. */
export async function signed(raw: Buffer, dkim: DkimKey | undefined): Promise<Buffer> {
  if (dkim === undefined) return raw
  const { default: Dkim } = await import('nodemailer/lib/dkim')
  const travelling = Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')
  const { domain: domainName, selector: keySelector, key: privateKey } = dkim
  const stream: Readable = new Dkim({ domainName, keySelector, privateKey }).sign(travelling)
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Whether a text is a private key that can sign. */
export function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
