import { createHash } from 'node:crypto'
import type { LetterAttachment } from './letter.ts'
import { readTnef } from './tnef.ts'

/** A part of a mail as the parser hands it over. */
export type MailPart = { readonly name?: string | undefined; readonly contentType: string; readonly content: Buffer }

export type OpenedPart = { readonly name: string; readonly contentType: string; readonly content: Buffer }

const mostListed = 200

/** What the first bytes say a file is, whatever its name and its sender say. */
const signatures: readonly (readonly [type: string, start: string])[] = [
  ['application/pdf', '25504446'],
  ['image/jpeg', 'ffd8ff'],
  ['image/png', '89504e47'],
  ['image/gif', '47494638'],
  ['application/zip', '504b0304'],
  ['application/zip', '504b0506'],
  ['application/x-rar-compressed', '52617221'],
  ['application/x-7z-compressed', '377abcaf271c'],
  ['application/gzip', '1f8b'],
  ['application/x-msdownload', '4d5a'],
  ['application/x-elf', '7f454c46'],
  ['application/x-ole-storage', 'd0cf11e0a1b11ae1'],
  ['application/x-sh', '2321'],
]

/** Office files are zip archives: a more precise declared type may stand beside what the bytes show. */
const containers: Readonly<Record<string, RegExp>> = {
  'application/zip': /^application\/(zip|vnd\.(openxmlformats|oasis)|java-archive|epub)/,
  'application/x-ole-storage': /^application\/(msword|vnd\.ms-|x-ole)/,
}

export function sniffType(content: Buffer, declared: string): string {
  const start = content.subarray(0, 8).toString('hex')
  const found = signatures.find(([, bytes]) => start.startsWith(bytes))?.[0]
  if (found === undefined) return declared
  return containers[found]?.test(declared) ? declared : found
}

/** A name that is safe to show and to save: no folders, no control or direction characters, at most 120 characters. */
export function safeName(name: string | undefined, contentType: string): string {
  const base = (name ?? '').normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const clean = base
    .replace(/[\p{Cc}\p{Cf}<>:"|?*]/gu, '')
    .replace(/^\.+/, '')
    .trim()
  return clean === '' ? `unnamed.${extensionOf(contentType)}` : [...clean].slice(-120).join('')
}

function extensionOf(contentType: string): string {
  return /^[a-z]+\/(?:x-|vnd\.)?([a-z0-9]{1,8})$/.exec(contentType)?.[1] ?? 'bin'
}

/** Lists every part, and what Outlook packed into a winmail.dat, with size, digest and sniffed type. */
export function describeParts(parts: readonly MailPart[]): LetterAttachment[] {
  return parts.slice(0, mostListed).flatMap((part, place) => {
    const opened = unpack(part, String(place))
    return opened.map(({ content, ...one }) => ({
      ...one,
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    }))
  })
}

/** One part by the name that `describeParts` gave it. */
export function openPart(parts: readonly MailPart[], part: string): OpenedPart | undefined {
  const place = Number(part.split('.')[0])
  const outer = parts[place]
  return outer && unpack(outer, String(place)).find((one) => one.part === part)
}

type Unpacked = OpenedPart & { readonly part: string }

function unpack(part: MailPart, place: string): readonly Unpacked[] {
  const contentType = sniffType(part.content, part.contentType)
  const own = { name: safeName(part.name, contentType), contentType, content: part.content, part: place }
  if (!/ms-tnef/i.test(part.contentType) && !/^winmail\.dat$/i.test(part.name ?? '')) return [own]
  const inside = readTnef(part.content)
  if (inside.length === 0) return [own]
  return inside.map(({ name, content }, i) => {
    const type = sniffType(content, 'application/octet-stream')
    return { name: safeName(name, type), contentType: type, content, part: `${place}.${i}` }
  })
}
