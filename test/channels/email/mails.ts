import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A raw mail as it lies in a mailbox: CRLF, headers first. A header given as `undefined` is left out. */
export function mail(headers: Readonly<Record<string, string | undefined>>, body = 'Hello'): Buffer {
  const all: Record<string, string | undefined> = {
    From: 'Mei Lam <mei@tenant.example.test>',
    To: 'cases@example.test',
    Subject: 'Lobby light',
    Date: 'Sat, 21 Nov 2026 08:00:00 +0800',
    'Message-ID': '<first@tenant.example.test>',
    'Content-Type': 'text/plain; charset=utf-8',
    ...headers,
  }
  const lines = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}`]))
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body.replace(/\r?\n/g, '\r\n')}\r\n`)
}

export const corpora = join(import.meta.dirname, '../../../../shared/corpora')

/** Every mail below a folder of the corpora; none when they are not here. */
export function corpusMails(folder: string): { readonly name: string; readonly raw: Buffer }[] {
  try {
    const names = readdirSync(join(corpora, folder), { recursive: true, encoding: 'utf8' }).sort()
    return names
      .filter((name) => name.endsWith('.eml'))
      .map((name) => ({ name, raw: readFileSync(join(corpora, folder, name)) }))
  } catch {
    return []
  }
}

/** Multipart mail of the given parts. */
export function multipart(headers: Readonly<Record<string, string | undefined>>, parts: readonly string[]): Buffer {
  const body = [...parts.map((part) => `--limit\n${part}`), '--limit--'].join('\n')
  return mail({ 'MIME-Version': '1.0', 'Content-Type': 'multipart/mixed; boundary=limit', ...headers }, body)
}
