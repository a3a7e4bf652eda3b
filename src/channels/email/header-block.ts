/** Reads no further than this: some mails are headers all the way down. */
const mostBytes = 262_144
const mostHeaders = 500
const mostOfOne = 16_384

/** The headers of a mail, unfolded (RFC 5322 section 2.2.3), names lower case, in their order. Never throws. */
export function readHeaderBlock(raw: Buffer): [name: string, value: string][] {
  const head = raw.subarray(0, mostBytes).toString('latin1')
  const end = /\r?\n\r?\n/.exec(head)
  const headers: [string, string][] = []
  for (const line of head.slice(0, end?.index ?? head.length).split(/\r?\n/)) {
    const last = headers.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last !== undefined && last[1].length < mostOfOne) last[1] += ` ${line.trim()}`
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1 || /[^!-~]/.test(line.slice(0, colon).trimEnd())) continue
    if (headers.length >= mostHeaders) break
    headers.push([
      line.slice(0, colon).trim().toLowerCase(),
      line
        .slice(colon + 1)
        .trim()
        .slice(0, mostOfOne),
    ])
  }
  return headers.map(([name, value]) => [name, inUtf8(value)])
}

/** Raw bytes in a header are UTF-8 (RFC 6532) or nobody knows what. */
function inUtf8(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the question is whether there is anything but ASCII.
  return /^[\x00-\x7f]*$/.test(value) ? value : Buffer.from(value, 'latin1').toString('utf8')
}

/** The ids in angle brackets of a Message-ID, In-Reply-To or References header; broken ones are left out. */
export function idsIn(value: string): string[] {
  return [...value.slice(0, mostOfOne).matchAll(/<([^<>\s]{3,250})>/g)].map(([, id = '']) => id)
}
