import { ruleForm } from './emergency.ts'

export const handoffRules: readonly RegExp[] = [
  /\b(talk|speak|chat|connect(ed)?|put me through|transfer(red)?|get me|escalate|pass me|hand (me|this) over|switch|reach|contact)\b.{0,16}\b(to |with |a |an |the |some)?(person|human|someone|somebody|agent|manager|supervisor|operator|staff|officer|representative|people|real)\b/,
  /\b(real|live|actual|human) (person|human|agent|being|operator|people|staff|someone)\b|\bnot (a |to a )?(bot|machine|robot|computer)\b|\b(no|stop|hate|enough of) (the )?(bots?|robots?|automated)\b|\bcall me (back|please|asap|now)\b|\bplease call me\b|\bsomeone (please )?(to )?(call|ring|phone|contact) me\b|\bhuman please\b|\bare you (a )?(human|bot|robot|real)\b/,
  /(搵|找|同|與|和|跟|要|轉|叫|想|駁|接).{0,4}(真人|人工|真係人|活人|同事|職員|經理|主管|負責人|上司|主任|專人|客服).{0,4}(傾|講|說|談|聽|對話|聯絡|覆|傾偈|客服|服務)?|真人|人工(客服|服務)|唔(要|想|好).{0,6}(機械|機器|bot|電腦|自動)|不(要|想).{0,6}(機械|機器|bot|電腦|自動)|(打|致)(電|電話|返)?(畀|俾|給|比)?我(啦|呀|吧)?$|覆我電話|回電|你係咪(機械|人|真人|bot)|你是不是(機器|人|真人)/,
]

const notHandoff =
  /\b(talk|speak|spoke|talked|speaking)(ing|s)? to (me|us) (like|as|in|rudely)|\b(guard|officer|staff|manager)s? (who|that) (spoke|talked)/

/** Whether the writer asks for a person rather than a machine. */
export function wantsPerson(text: string): string | undefined {
  const words = ruleForm(text).replace(notHandoff, ' , ')
  for (const expression of handoffRules) {
    const match = expression.exec(words)
    if (match) return match[0].trim()
  }
  return undefined
}
