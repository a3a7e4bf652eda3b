/** Signs of thanks, agreement or receipt, with their skin tones and joiners. */
const signs = /(?:👍|👌|🙏|👏|🤝|💪|🙂|😊|😀|😁|😄|☺|❤|💕|💖|🌹|✅|🆗|🎉|🙆|🫶|♀|♂|\p{EMod}|\u{FE0F}|\u{200D})/gu

const chinese =
  /(?:唔該|唔该|多謝|多谢|謝謝|谢谢|感謝|感谢|辛苦)(?:晒|曬|哂|了)?(?:你哋|你們|你们|你)?|(?:收到|明白|知道?|得|好|冇問題|沒問題|没问题)(?:的|嘅|呀|啊|啦|喇|了|咗)?|嗯/g

const english =
  /^(?:ok|okay|okok|okey|k|kk|noted|received|understood|roger|great|perfect|good|fine|sure|cool|alright|all good|got it|will do|well noted)$/
const thanks =
  /^(?:(?:many )?thanks|thank ?you|thx|ty|tks|cheers)(?: (?:so much|very much|a lot|again|all|kindly|indeed))?$/

const longest = 40

/**
 * Whether a message only says that it was read, or thanks: 👍, "ok, noted", 「收到，唔該晒」. It asks for nothing and
 * objects to nothing. A message of files alone is none.
 */
export function isMereAssent(text: string): boolean {
  const said = text.normalize('NFKC').toLowerCase().trim()
  if (said === '' || said.length > longest) return false
  const left = said.replace(signs, ',').replace(chinese, ',')
  const parts = left
    .split(/[.,!~，。！、…\n]| and |(?<=^ok(?:ay)?) /)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return (left !== said || parts.length > 0) && parts.every((part) => english.test(part) || thanks.test(part))
}

export const assentRules = [signs, chinese, english, thanks]
