/**
 * How mail programs announce the mail they quote, by language. Every pattern looks at one line of at most 1,000
 * characters and backtracks over no more than that.
 */

/** "On … wrote:" and its sisters; the line, or up to four lines joined, must end in a colon or in nothing more. */
const attributions: readonly RegExp[] = [
  /^(?:on|am|le|el|il|op|em|den|w dniu|dne|pe|på|vào|pada|tarihinde)\b.{4,400}(?:wrote|writes|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał(?:\(a\))?|napsal(?:\(a\))?|kirjoitti|a scris|menulis)\b.{0,120}[:：]?$/iu,
  /^.{2,300}(?<!\p{L})(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał(?:\(a\))?|kirjoitti|пишет|писал\(а\)|написал(?:\(а\))?)\s*[:：]$/iu,
  /^.{0,40}\b(?:schrieb|skrev)\b.{2,300}[:：]$/iu,
  /^[^\n]{0,300}(?:寫道|写道|書きました|のメール|님이 작성|작성)\s*[:：]?$/u,
  /^(?:在|於|于)\s?.{4,300}(?:寫道|写道|寫|写)\s*[:：]?$/u,
  /^-{2,}\s*(?:原始郵件|原始邮件|原始信件|轉寄郵件|转发邮件|转发的邮件|轉寄的郵件|回覆郵件|回复邮件)\s*-{2,}/u,
  /^\d{4}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?.{0,200}<[^<>\s]+@[^<>\s]+>\s*(?:[:：]|寫道[:：]?|写道[:：]?)?$/u,
  /^(?:\d{1,2}[./]){2}\d{2,4},? .{0,200}<[^<>\s]+@[^<>\s]+>.{0,60}[:：]$/u,
  /<[^<>\s]{1,200}@[^<>\s]{1,200}>\s?[:：]$/u,
  /<\S{1,200}@\S{1,200}<mailto:[^<>\s]{1,200}>+\s?[:：]$/u,
  /^\d{1,2} .{3,30} \d{4}.{0,60}(?:<[^<>\s]+@[^<>\s]+>|пользователь).{0,100}[:：]$/iu,
]

/** Starts that may run over several lines before their colon. */
const longStart =
  /^(?:on|am|le|el|il|op|em|den|w dniu|dne|pe|på|在|於|于)[\s\d]\s?\S|^\d{1,2}[./-]\d{1,2}[./-]|^\S.{0,80}<[^<>\s]{1,200}@[^<>\s]{1,200}>$|^\p{L}{2,4}\.?,? \d{1,2}\.? |^\d{4}[-/.年]/iu

/** Lines that separate whatever follows. */
const dividers: readonly RegExp[] = [
  /^[-_=*\s]{2,}\s?(?:original message|reply message|original appointment|forwarded message|begin forwarded message|ursprüngliche nachricht|originalnachricht|message d'origine|message original|mensaje original|messaggio originale|oorspronkelijk bericht|mensagem original|oprindelig (?:meddelelse|besked)|opprinnelig melding|ursprungligt meddelande|alkuperäinen viesti|oryginalna wiadomość|исходное сообщение|пересланное сообщение|原始郵件|原始邮件|原始信件|元のメッセージ|원본 메시지).{0,20}[-_=*\s]{0,60}$/iu,
  /^(?:begin forwarded message|anfang der weitergeleiteten nachricht|début du message (?:réexpédié|transféré)|轉寄訊息開始|开始转发邮件)\s*[:：]$/iu,
]

/** Field names with which a program repeats the header of the mail it quotes, four kinds. */
const fields: readonly RegExp[] = [
  /^[>*\s]*(?:from|von|de|da|van|od|från|fra|lähettäjä|寄件者|寄件人|發件人|发件人|寄信人|差出人|보낸 ?사람|от(?: кого)?)\*?\s*[:：]/iu,
  /^[>*\s]*(?:sent|date|gesendet|datum|envoyé|enviado|inviato|data|fecha|verzonden|skickat|dato|sendt|lähetetty|päivämäärä|wysłano|傳送日期|寄件日期|傳送時間|發送時間|发送时间|发送日期|發送日期|日期|日期時間|時間|时间|送信日時|日時|보낸 ?날짜|дата|отправлено)\*?\s*[:：]/iu,
  /^[>*\s]*(?:to|an|à|para|a|aan|till|til|vastaanottaja|do|收件者|收件人|收信人|宛先|받는 ?사람|кому)\*?\s*[:：]/iu,
  /^[>*\s]*(?:subject|betreff|objet|asunto|oggetto|onderwerp|assunto|ämne|emne|aihe|temat|主旨|主題|主题|标题|標題|件名|제목|тема)\*?\s*[:：]/iu,
]

/** Which header field each line repeats, as a number; -1 for none. */
export const fieldsOf = (lines: readonly string[]): readonly number[] =>
  lines.map((line) => fields.findIndex((pattern) => pattern.test(line)))

/** Whether a repeated header begins here: the author's field first or a close second, and two others within six lines. */
export function startsHeaderBlock(kinds: readonly number[], at: number): boolean {
  if ((kinds[at] ?? -1) < 0) return false
  const near = kinds.slice(at, at + 7)
  const seen = new Set(near.filter((kind) => kind >= 0))
  return seen.has(0) && seen.size >= 3 && near.slice(0, 3).includes(0)
}

export const isDivider = (line: string): boolean => dividers.some((pattern) => pattern.test(line))

const longestAttribution = 600

/** How many lines from here are one attribution ("On …, … wrote:"); 0 when none begins here. */
export function attributionLength(lines: readonly string[], at: number): number {
  const first = lines[at]?.replace(/^[>\s]+/, '').trim() ?? ''
  if (first === '') return 0
  if (isAttribution(first)) return 1
  if (!longStart.test(first)) return 0
  let joined = first
  for (let more = 1; more <= 3; more++) {
    const next = lines[at + more]?.replace(/^[>\s]+/, '').trim() ?? ''
    if (next === '') return 0
    joined += ` ${next}`
    if (isAttribution(joined)) return more + 1
  }
  return 0
}

const isAttribution = (line: string): boolean =>
  line.length <= longestAttribution && hasSign(line) && attributions.some((pattern) => pattern.test(line))

/** An attribution names a moment or an address; a sentence that ends in "wrote:" need not. */
const hasSign = (line: string): boolean => /\d{1,2}[:.]\d{2}|\d{4}|@|\d{1,2}[./-]\d{1,2}|[-_]{2}/.test(line)
