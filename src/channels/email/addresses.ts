/** No quoted local parts: nothing good uses them. Lengths are looked at apart, because a bound makes these slow to build. */
const localPart = /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+$/u
const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u
const topLabel = /^[\p{L}\p{N}-]+$/u

/**
 * Whether this is one address and nothing else: no list, no line break, nothing that a header could read as more.
 * Lengths are those of RFC 5321 section 4.5.3.1 and RFC 1035 section 2.3.4: 64 before the @, 63 a label, 254 in all.
 */
export function isAddress(text: string): boolean {
  const at = text.indexOf('@')
  if (text.length > 254 || at < 1 || at > 64 || !localPart.test(text.slice(0, at))) return false
  const labels = text.slice(at + 1).split('.')
  const top = labels.pop() ?? ''
  const fits = labels.length > 0 && [...labels, top].every(({ length }) => length <= 63)
  return fits && top.length >= 2 && topLabel.test(top) && labels.every((part) => label.test(part))
}

/** Addresses are compared without regard to case: nobody's mail system tells `Ann@` from `ann@`. */
export function normalAddress(text: string): string {
  return text.trim().toLowerCase()
}

/** The domain of an address, lower case; empty where there is none. */
export function domainOf(text: string): string {
  return text.slice(text.lastIndexOf('@') + 1).toLowerCase()
}

/**
 * Which of several addresses of ours a mail was sent to, plus-addressing included. The longest wins, so that
 * `desk+jade@` may be a site of its own beside `desk@`.
 */
export function addressedTo(recipients: readonly string[], ours: readonly string[]): string | undefined {
  const isTo = (one: string) => recipients.some((each) => each === one || detailOf(each, one) !== undefined)
  return ours.filter(isTo).sort((a, b) => b.length - a.length)[0]
}

/** What stands between `+` and `@` in an address of the desk (RFC 5233); undefined for any other address. */
export function detailOf(text: string, desk: string): string | undefined {
  const at = desk.lastIndexOf('@')
  const lower = text.trim().toLowerCase()
  const start = `${desk.slice(0, at)}+`
  const end = desk.slice(at)
  if (!lower.startsWith(start) || !lower.endsWith(end) || lower.length <= start.length + end.length) return undefined
  return lower.slice(start.length, lower.length - end.length)
}

/** Puts a detail into the desk's address; undefined when the result would be longer than a mailbox name may be. */
export function withDetail(desk: string, detail: string): string | undefined {
  const at = desk.lastIndexOf('@')
  const local = `${desk.slice(0, at)}+${detail}`
  return local.length > 64 ? undefined : `${local}${desk.slice(at)}`
}
