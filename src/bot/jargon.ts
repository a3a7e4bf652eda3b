/** Words of the trade that a tenant or visitor should not have to know, with what to say instead. */
const plainWords: readonly (readonly [jargon: RegExp, say: string])[] = [
  [/\bR\/P\b/, 'resident or reporting person'],
  [/\bC\/P\b|\bCP\b/, 'control point'],
  [/\bLD\b|\bL\/D\b/, 'loading dock'],
  [/\bSOP\b/i, 'procedure'],
  [/\bSPP\b/, 'security permit'],
  [/\b(SLA|KPI|TTR|TTA|FRT|ETA)\b/, 'time promised'],
  [/\bPOC\b/, 'contact person'],
  [/\bpax\b/i, 'people'],
  [/\bsev ?[1-4]\b/i, 'how serious it is'],
  [/\b10-4\b|\bcopy that\b|\broger\b/i, 'understood'],
  [/\bPIC\b/, 'person in charge'],
  [/\b(BMS|ACS|DVR|NVR|PTZ)\b/, 'the system, by its plain name'],
  [/\bperpetrator\b/i, 'the person'],
  [/\bascertain\b/i, 'find out'],
  [/\bcommence\b/i, 'start'],
  [/\bpursuant to\b/i, 'under'],
  [/\bIO\b|\bOIC\b/, 'officer in charge'],
  [/柯打/, '命令'],
  [/更(?:佐|目)/, '職級名稱'],
  [/行咇/, '巡邏'],
  [/CP(?:房|站)/, '控制點'],
]

/** The trade words found in a text, each with its plain form: `SOP (say: procedure)`. */
export function jargonIn(text: string): string[] {
  return plainWords.flatMap(([jargon, say]) => {
    const match = jargon.exec(text)
    return match ? [`${match[0]} (say: ${say})`] : []
  })
}

export const jargonRules = plainWords.map(([jargon]) => jargon)
