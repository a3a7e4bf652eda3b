/** What people really write, invented: the button's label, and the words it puts into the box. */
export const phrases = [
  { label: 'Enquiry', text: 'Hello, how do I register a visitor for Saturday?' },
  {
    label: 'Complaint',
    text: 'The lobby door on the ground floor has been broken since yesterday and nobody was at the desk when I reported it. I want to make a complaint.',
  },
  { label: 'Emergency', text: 'Help, there is a fire on the 12th floor and smoke in the corridor' },
  { label: '查詢', text: '你好，請問訪客點樣登記？' },
  { label: '投訴', text: '我要投訴，停車場嘅保安員昨晚好無禮貌，仲鬧我。' },
  { label: '緊急', text: '救命！有人拎住刀喺大堂打人' },
  { label: 'STATUS', text: 'STATUS' },
  { label: 'HELP', text: 'HELP' },
  { label: 'STOP', text: 'STOP' },
  { label: 'START', text: 'START' },
  { label: 'Photo', text: 'Water is leaking next to the lift on the ground floor', photo: true },
]

/** The newest case number among these texts, for asking how a case stands. */
export function caseNumberIn(texts) {
  return texts.flatMap((text) => text.match(/\bGH-\d{4}-\d{4,}\b/g) ?? []).at(-1)
}

/** The numbered answers that a message offers, when it ends with at least two numbered lines. */
export function choicesIn(text) {
  const lines = text.trimEnd().split('\n')
  const choices = []
  for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
    const [, number, label] = /^(\d{1,2})\. (.+)$/.exec(line) ?? []
    if (number === undefined) break
    choices.unshift({ number, label })
  }
  return choices.length > 1 && choices.every((each, index) => each.number === String(index + 1)) ? choices : []
}
