import { ruleForm } from './emergency.ts'
import { notAComplaint } from './not-a-complaint.ts'
import { sieve } from './sieve.ts'

const complaintExpressions: readonly RegExp[] = [
  /\b(complain(t|ts|ing|ed)?|unacceptable|disgrace\w*|disgust\w*|appall\w*|outrag\w*|ridiculous|pathetic|incompetent|useless|terrible|horrible|awful|dreadful|shocking|disappoint\w*|dissatisf\w*|unhappy|not happy|displeased|fed up|sick (of|and tired)|had enough|furious|angry|annoyed|annoying|frustrat\w*|upset|unprofessional|unfair\w*|rude(ly|ness)?|impolite|arrogant|careless|negligen\w*|lazy|shame on|a joke|not good enough|poor(ly)? (service|handled|managed|attitude|response)|bad (service|attitude|manners|experience)|worst|waste of|inexcusable|inadequate|substandard|misconduct|bullying|bullied|humiliat\w*|insult\w*|discriminat\w*|racis\w+|harass\w*)\b/,
  /\b(nobody|no one|no-one|none of (you|them)|never|not one|still no(t|body| one)?|yet to|has(n'?t| not)|have(n'?t| not)|did(n'?t| not))\b.{0,24}\b(came|come|answer\w*|repl(y|ied)|respon\w*|helped|help|care[sd]?|pick\w* up|turn\w* up|show\w* up|follow\w* up|call\w* back|got back|get back|heard|fixed|fix|done anything|do anything|patrol\w*|at (his|her|the|their) (post|desk|counter)|apologi[sz]\w*|explain\w*|acknowledge\w*|dealt|resolved|bother\w*)\b/,
  /\b(how many times|for the (second|third|fourth|fifth|nth|umpteenth) time|again and again|over and over|(third|fourth|fifth|second) time (this|i|we|already)|keeps? (happening|ignoring|failing)|ignor(e|ed|ing) (me|us|my|our)|waited (for )?(over|more than|at least|\d+|an hour|half)|waiting (for )?(over|more than|ages|weeks|days|\d+ (hour|day|week|month)s?)|what (are|do) (we|i) pay\w*|(why|how) (is|are|was|does|did|do|can|come) .{0,30}(nobody|no one|always|still|never|asleep|sleeping|allowed to)|i want (an apology|a refund|compensation|answers)|demand\w*|should be (ashamed|sacked|fired|disciplined)|treated (me|us) (like|as)|like (a )?(thief|criminal|dirt|rubbish)|talk(ed|ing)? down|shout(ed|ing|s)? at (me|us|my)|yell(ed|ing|s)? at|swore at|swear(ing|s)? at|slept|sleeping on|asleep|playing (with )?(his|her|their|on)? ?(phone|games?)|on (his|her|their) phone (all|the whole)|refus(ed|es|ing) to)\b/,
  /投訴|不滿|唔滿意|不滿意|好嬲|憤怒|好失望|失望|好差|太差|極差|差勁|離譜|荒謬|豈有此理|過分|過份|無禮|冇禮貌|沒禮貌|唔禮貌|不禮貌|態度.{0,6}(差|惡|惡劣|欠佳|衰|寸|囂張|傲慢|有問題|不好|唔好)|惡劣|寸嘴|好寸|串嘴|囂張|粗魯|粗口|黑面|躝|偷懶|懶惰|失職|不專業|唔專業|歧視|騷擾|侮辱|羞辱|針對|不公平|唔公平|不合理|唔合理|不能接受|唔可以接受|無法接受|接受唔到|忍無可忍|忍受|忍唔住|煩厭|受夠|搞錯|有冇搞錯|咩料|垃圾(服務|公司|保安)|交代|解釋.{0,4}(清楚|點解)|道歉|賠償|追究|推卸|推搪|敷衍|求其|馬虎|散漫|冇責任|不負責任|豈能|竟然|居然|算點|搞咩/,
  /(冇|沒有?|無|未)(有)?.{0,2}(人|保安|職員).{0,3}(理|聽|回覆|覆|答|跟進|處理|應|嚟|來|睬|接聽|巡|當值|出現|到場|解釋|道歉)(過|我|電話)?|(冇|沒有?|無|未|唔|不)(有|曾|肯|會|見)?(理(我|人|會)|聽(我|電話)|回覆|覆(過|我)|答(過|我)|跟進|處理|睬|接聽|到場|解釋|道歉)|等[咗了]?.{0,8}(個|成|幾|好耐|很久|分鐘|鐘|日|天|星期|禮拜|月|年)|(第.{1,2}|好多|幾|多|無數)次.{0,6}(啦|了|喇|投訴|報|講|反映)|次次都|成日都|經常都|(瞓|睡)(緊|咗|着|著|覺|死)|打機|玩(緊)?(手機|電話)|一直.{0,10}(冇|沒|唔|不|未)|都(冇|沒有?|唔|不)(人|理|改善|見|回)|當我(係|是)?(賊|透明|垃圾|傻)|喝罵|大聲.{0,4}(鬧|喝|罵)|鬧(我|人|咗)|罵(我|人|了)|兇(我|巴巴)|呼喝|粗暴|點解.{0,16}(冇人|唔理|都唔|成日|一直|得|准)|為什麼.{0,16}(沒有?人|不理|總是|經常|一直)/,
]

const complaintFor = sieve(complaintExpressions, (expression) => expression)
const harmlessFor = sieve(notAComplaint, (expression) => expression)

/** Whether words of dissatisfaction with us occur. A detector stands beside this list, for words alone miss most complaints. */
export function soundsDissatisfied(text: string): string | undefined {
  const said = ruleForm(text)
  const words = harmlessFor(said).reduce((left, shape) => left.replace(shape, ' , '), said)
  for (const expression of complaintFor(words)) {
    const match = expression.exec(words)
    if (match) return match[0].trim()
  }
  return undefined
}

/** Says that there is a complaint and not yet what about. */
const announcements: readonly RegExp[] = [
  /^(hello|hi|dear (sir|team)|good (morning|afternoon|evening))?,? ?((i|we)('d| would)? ?(just )?(like to|want to|wish to|have to|need to|must|will|am going to|are going to)? ?)?(make|lodge|file|submit|have|raise|register|report|log)? ?(a|an|my|this is a|here is a)? ?(formal|official|serious|new|big)? ?complain(ts?|ing)?( please| now| to you| about you| about (your|the) (company|service))?$/,
  /^(你好|喂|唔該)?[,，]?(我|我哋|我們|本人)?(而家|現在)?(想|要|需要|必須|打算)?(正式|公開)?(作出|提出|做)?(一個|個)?投訴(你哋|你們|你|一下|下|貴公司)?(呀|啊|㗎|喇|先)?$/,
]

/** Whether a message is nothing but the word that somebody complains: what it is about is still to be heard. */
export function onlyAnnouncesComplaint(text: string): boolean {
  const said = ruleForm(text.slice(0, 120))
    .replace(/[.!。！…\s]+$/, '')
    .trim()
  return said.length <= 80 && announcements.some((shape) => shape.test(said))
}

export const complaintRules = [...complaintExpressions, ...notAComplaint, ...announcements]
