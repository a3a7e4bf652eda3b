import { attributionLength, fieldsOf, isDivider, startsHeaderBlock } from './quote-starts.ts'

const mostText = 65_536
const mostLine = 1_000
const mostLines = 4_000

const mobileSignature =
  /^(?:sent from (?:my|mail for|yahoo|outlook|samsung|windows|a )|get outlook for |sent (?:via|with) |von meinem .{2,40} gesendet|gesendet von |envoyé (?:de(?:puis)? mon|à partir de) |enviado desde mi |inviato da(?:l mio)? |verzonden vanaf mijn |wysłane z |skickat från min |sendt fra min |lähetetty |отправлено с |從我的.{1,30}(?:傳送|發送|寄出)|从我的.{1,30}发送|发自我的|發自我的|由我的 ?.{1,20}(?:傳送|發送)|iPhoneから送信|取得 ?outlook|获取 ?outlook|下載 ?outlook)/iu
const signatureRule = /^--\s?$|^__\s?$|^—\s?$/

/**
 * What a person wrote, without the mails they quote and without a signature. One pass over at most 64 KB of lines of
 * at most 1,000 characters, so time grows with length and with nothing else. Answers between quoted lines are kept
 * without their questions. Where nothing would be left, everything is: better too much than nothing.
 */
export function stripQuotes(text: string): string {
  const lines = normalLines(text)
  const own = withoutSignature(ownLines(lines))
  const kept = trimBlank(own).join('\n')
  return kept === '' ? trimBlank(lines).join('\n') : kept
}

function normalLines(text: string): string[] {
  const unified = text.slice(0, mostText).replace(/\r\n?|[\u2028\u2029]/g, '\n')
  const lines: string[] = []
  let blank = 0
  for (const line of unified.split('\n')) {
    const cut = line
      .slice(0, mostLine)
      .replace(/[\u00a0\u200b\ufeff]/g, ' ')
      .trimEnd()
    blank = cut === '' ? blank + 1 : 0
    if (blank <= 2) lines.push(cut)
    if (lines.length >= mostLines) break
  }
  return lines
}

/** Drops everything that is quoted with `>` or follows a repeated header; text after a `>` quotation is somebody's answer. */
function ownLines(lines: readonly string[]): string[] {
  const own: string[] = []
  const kinds = fieldsOf(lines)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (isQuoted(line)) continue
    if (isDivider(line) || startsHeaderBlock(kinds, at)) return withoutRule(own)
    const length = attributionLength(lines, at)
    if (length === 0) {
      own.push(line)
      continue
    }
    if (!quotedFollows(lines, at + length)) return withoutRule(own)
    at += length - 1
  }
  return own
}

const isQuoted = (line: string): boolean => /^\s{0,3}(?:>|&gt;|｜|\|\s)/.test(line)

/** After an attribution come either `>` lines, perhaps with answers between them, or the quoted mail as it stood. */
function quotedFollows(lines: readonly string[], from: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + 3); at++) {
    const line = lines[at] ?? ''
    if (line !== '') return isQuoted(line)
  }
  return false
}

/** Outlook draws a line above the header it repeats. */
function withoutRule(own: readonly string[]): string[] {
  const kept = trimBlank(own)
  return /^[_\-=*]{5,}$/.test(kept.at(-1)?.trim() ?? '') ? kept.slice(0, -1) : kept
}

/** Cuts at "-- " (RFC 3676 section 4.3) and at what phones write below a mail; never above the first line. */
function withoutSignature(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const at = lines.findIndex((line, i) => i > first && (signatureRule.test(line) || isMobile(lines, i)))
  return at < 0 ? [...lines] : lines.slice(0, at)
}

/** "Sent from my desk drawer, it says …" is a sentence; a phone's line stands alone and near the end. */
function isMobile(lines: readonly string[], at: number): boolean {
  const line = lines[at]?.trim() ?? ''
  if (line.length > 100 || !mobileSignature.test(line)) return false
  return lines.slice(at + 1).filter((later) => later.trim() !== '').length <= 3
}

function trimBlank(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '')
  const last = lines.findLastIndex((line) => line.trim() !== '')
  return first < 0 ? [] : lines.slice(first, last + 1)
}
