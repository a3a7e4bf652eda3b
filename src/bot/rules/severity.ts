import type { Category, Kind, Severity } from '../../core/case/taxonomy.ts'
import { ruleForm } from './emergency.ts'
import { sieve } from './sieve.ts'

/** Words that make a matter serious whatever else it is. */
export const seriousRules: readonly (readonly [reason: string, expression: RegExp])[] = [
  [
    'injury',
    /\b(injur\w+|hurt|wound\w*|bleed\w*|bruis\w+|fractur\w+|sprain\w*|concuss\w*|hospital\w*|stitches|a&e|doctor'?s note|burn(t|ed) (my|his|her)|broke(n)? (my|his|her) \w+|tripped|slipped and|fell (down|over|on|off))\b|受傷|整親|跌親|撞親|夾親|燙親|流血|骨折|扭親|扭傷|瘀|傷口|入院|送院|醫院|急症|縫針|跌倒|滑倒|跌咗落/,
  ],
  [
    'force',
    /\b(grabb\w+|shov\w+|push(ed|ing) (me|him|her|us|my)|manhandl\w+|handcuff\w*|pinn\w+|tackl\w+|twist\w+ (my|his|her)|excessive force|use of force|rough(ly|ed)?|restrain\w*|dragg\w+|pull(ed|ing) (me|him|her|my) (arm|out|away|by)|held (me|him|her) (down|by|against)|detain\w*|lock(ed)? me (in|up)|hit (me|him|her)|slapp\w+|punch\w+|kick\w+ (me|him|her)|assault\w*)\b|武力|捉住我|推(我|撞|跌|佢|開我)|拉扯|扯(我|佢|住)|箍|鎖(住|上)?手|手銬|扣留|禁錮|制服|按(低|住|在地)|壓(低|住|在地)|動粗|動手|打(我|人|傷)|掌摑|粗暴|拖(我|佢|走|出)|拉(我|佢|住我)|扭(我|佢)/,
  ],
  [
    'search',
    /\b(search(ed|ing)?|went through|looked (in|into|inside|through)|rummag\w+|opened|emptied|frisk\w*|pat(ted)?.?down|check(ed|ing)?|inspect\w*) .{0,16}\b(my|our|his|her|their|me)\b.{0,12}\b(bags?|handbags?|backpacks?|belongings|purse|pockets?|body|things|luggage|car boot|locker|parcels?|suitcase|drawers?)\b|\b(without|no) (my |our |her |his )?(consent|permission)\b|\bbody search|\bstrip.?search|\bbag (search|check)\w*|搜(身|查|袋|我|佢)|(翻|查|開|檢查|掀|睇)(我|佢|咗我|過我|了我|住我)?(個|的|嘅)?(手袋|背囊|袋|書包|行李|銀包|私人物品|儲物櫃|隨身物品|背包|車尾箱)|(未經|冇|沒有|無)(我|本人|佢)?(的|嘅)?(同意|批准)|摸(我|身)/,
  ],
  [
    'discrimination or harassment',
    /\b(discriminat\w*|racis\w+|racial\w*|sexis\w+|because (i am|i'?m|of my|he is|she is|we are|they are) .{0,16}(chinese|indian|pakistani|filipin\w|nepal\w+|black|white|asian|foreign\w*|muslim|disabled|gay|lesbian|trans\w*|old|woman|female|pregnant|mainland\w*|skin|race|colour|color|accent|wheelchair|nationality|religion|helper|african|indonesian|age|gender)|skin colou?r|my (race|religion|accent|nationality|disability|gender|colou?r)|ethnic\w*|harass\w*|stalk\w*|leer\w*|star(ed|es|ing) at my|touch(ed|ing|es) (me|my|her)|grop\w+|indecent\w*|lewd|catcall\w*|sexual\w*|inappropriate(ly)? (touch\w*|comment\w*|remark\w*|joke\w*)|commented? on my (body|legs|looks|dress|figure)|domestic helpers? .{0,30}(not allowed|separate|only)|slurs?|monkey|go back to your)\b|歧視|種族|膚色|少數族裔|南亞|外籍|外傭|工人姐姐|印傭|菲傭|殘疾|殘障|輪椅.{0,12}(唔准|不准|拒|趕|笑|唔俾|嫌)|性(別|騷擾|取向)|騷擾|毛手毛腳|摸|色迷迷|鹹豬手|不雅|淫|同性戀|大陸(人|妹|仔)|內地人|鄉下|阿差|黑(鬼|人)|宗教|頭巾|口音|孕婦.{0,8}(唔|不)/,
  ],
  [
    'integrity',
    /\b(brib\w+|tea money|kick.?back\w*|corrupt\w*|pocket(ed|ing)|under the table|steal\w*|stole(n)?|theft|thief|fraud\w*|forg(ed|ing|ery)|fak(e|ed|ing) (the |his |her |patrol|record|log|attend|sign|permit|licen)\w*|falsif\w+|backdat\w+|inside job|selling|sold (our|my|the|resident|tenant)|took (cash|money)|(ask\w*|pay|paid|paying|tip\w*|wanted|charged|demand\w*) .{0,20}(red packet|cash|money|\$\d+|hkd|dollars).{0,30}(let|guard|allow|jump|skip|priority|space|in|first|pass|pocket|himself|receipt)|red packets?|lai see|unlicen[sc]ed|no (valid )?permit|expired permit|conflict of interest|off the books|cover(ed|ing)? up|tamper\w*|drunk|alcohol|smell(s|ed|ing)? of (beer|drink|alcohol|wine)|drugs)\b|賄賂|收(錢|利是|黑錢|佣|回佣|受利益|受賄|好處|紅包|現金)|利是|紅包|茶錢|貪|貪污|偷|盜|造假|作假|假(簽|紀錄|記錄|巡|更|牌|證)|虛報|偽造|改(紀錄|記錄|錄影)|補簽|代簽|代打卡|塞錢|俾錢.{0,10}(保安|先|就)|給錢.{0,10}(保安|才|就)|監守自盜|無牌|冇牌|牌照過期|飲酒|酒味|醉|酒氣|吸毒|賣.{0,6}資料|包庇|隱瞞|利益衝突|中飽/,
  ],
  [
    'data',
    /\b(data (breach|leak)|leak(ed|ing)? .{0,24}(data|details|address|phone|number|information|footage|photos?|video)|(shared?|gave|posted?|forward\w*|sent|circulat\w*|disclos\w*|show(ed|n|ing)|told|expos\w*|publish\w*|upload\w*|took|read) .{0,40}\b(my|our|resident\w*|tenant\w*|her|his|customers?'?) .{0,24}(details|data|phone|number|address|photo|picture|footage|video|id|information|schedule|hkid|file|personal|name|unit)|privacy (breach|violat\w*|commission\w*|invasion)|personal data|pcpd|doxx\w*|visitor (book|log) .{0,30}(see|visible|open|read|anyone|everyone|left)|(camera|cctv) .{0,24}(into|facing|pointing|inside|bedroom|toilet|changing|window)|hidden camera|filming (me|us|my|people)|recording (me|us|my))\b|(洩|泄|外)(露|漏|洩|泄).{0,10}(資料|私隱|片|電話|個人|地址)|資料.{0,8}(外洩|洩漏|洩露|外泄|俾人睇|公開|放上網)|起底|侵犯私隱|私隱專員|(放|貼|傳|發|擺|send).{0,10}(上網|群組|group|facebook|fb|whatsapp|通街|出街).{0,12}|(鏡頭|cctv|攝錄機|閉路電視|cam).{0,10}(對住|對著|對正|影住|影到|影入|拍到|向住|照住).{0,10}(門|窗|屋|房|廁|單位|更衣|我)|偷拍|針孔|個人資料|身份證.{0,12}(號碼|副本|影|抄|睇到|俾人|交|留)/,
  ],
  [
    'weapon',
    /\b(knife|knives|weapon\w*|gun|machete|chopper|baton|crowbar|pepper spray)\b|刀|利器|武器|槍|警棍|鐵棍|鐵通/,
  ],
  [
    'threat',
    /\b(threat(en)?(s|ed|ing)?|blackmail\w*|extort\w*|intimidat\w*|revenge|watch your back|i know where (you|he|she)|you('| wi)?ll (regret|pay)|beat you|kill you|burn (it|this|your|the) .{0,12}down|afraid for my|fear for my|unsafe|don'?t feel safe|not feel safe|scared to)\b|恐嚇|威脅|勒索|報復|睇住嚟|小心(啲|你)|打死你|殺你|搞你|放火|驚佢會|好驚|害怕|唔安全|不安全|人身安全/,
  ],
  [
    'media, law or regulator',
    /\b(media|press|reporters?|journalist\w*|newspapers?|go(ing)? (public|viral)|apple ?daily|lawyers?|solicitors?|barrister|legal action|legal (letter|proceedings?|advice)|su(e|ing) (you|your|the|them)|take (you|this) to court|small claims|court|tribunal|writ|police report|report(ed|ing)? (this |it |you )?to (the )?(police|pmsa|pcpd|icac|eoc|sgsia|labour|authorit\w+|ombudsman|consumer council|security bureau)|pmsa|icac|equal opportunities|sgsia|consumer council|ombudsman|legislat\w+|legco|district councillor|facebook post|post (this |it |the video )?(online|on (facebook|social|ig|instagram|youtube|lihkg|threads))|social media)\b|傳媒|記者|報館|報紙|電視台|爆料|放上網|放上(fb|facebook|討論區|連登)|連登|公審|律師|法律行動|法律程序|法律責任|告你|告上|控告|起訴|法庭|審裁|入稟|報警|報咗警|廉署|廉政公署|平機會|平等機會|私隱公署|私隱專員|監管局|申訴|消委會|議員|警署|勞工處|保安局/,
  ],
  [
    'vulnerable person',
    /\b(wheelchair\w*|disabled|disabilit\w+|blind|deaf|pregnant|elderly|old (man|lady|woman|people|folks)|\d\d.?year.?old (man|woman|mother|father|lady|grand\w+)|dementia|alzheimer\w*|(my|a|the) (child|kid|son|daughter|baby|toddler|boy|girl|grand\w+|infant)|children|kids|minors?|autis\w+|special needs|mental(ly)? (ill\w*|health)|special care|walking (frame|stick)|newborn)\b/,
  ],
  [
    'vulnerable person',
    /輪椅|殘疾|失明|視障|聽障|聾|孕婦|大肚|長者|老人家?|婆婆|公公|伯伯|腦退化|認知障礙|自閉|小朋友|細路|嬰兒|(?<![a-z])bb(?![a-z])|小孩|個仔|個女|囡囡|精神病|智障|拐杖|弱智/,
  ],
  [
    'blocked emergency way',
    /\b(block\w*|obstruct\w*|lock(ed|s)?|chain\w*|bolted|padlock\w*|clutter\w*|piled)\b.{0,40}\b(fire (exit|escape|door|stair\w*|lane|route|hydrant)|emergency (exit|route|lane|access|vehicle\w*|door|stair\w*)|escape (route|stair\w*)|exit|ambulance|fire engine|evacuation|staircase|stairwell|back ?stairs)\b|\b(fire (exit|escape|door|stair\w*|lane|route)|emergency (exit|route|lane|access|door|stair\w*)|escape route|exit|staircase|stairwell|ambulance bay|ambulance)\b.{0,30}\b(block\w*|obstruct\w*|lock(ed|s)|chain\w*|padlock\w*|clutter\w*|cannot (get|open)|can'?t (get|open|pass)|full of|piled)\b|(阻|塞|堵|鎖|封|擋|堆|擺滿|放滿).{0,12}(走火|逃生|消防|防煙|緊急出口|救護|後樓梯|樓梯|出口)|(走火|逃生|消防|緊急出口|救護車|後樓梯|防煙|樓梯).{0,14}(阻|塞|堵|鎖|封|擋|雜物|堆|擺滿|放滿|開唔到|打不開)/,
  ],
]

/** Categories that are serious by themselves when they are a complaint or a report. */
const seriousCategories: ReadonlySet<Category> = new Set([
  ...([
    'belongings_search',
    'use_of_force',
    'discrimination_harassment',
    'integrity',
    'medical',
    'welfare_risk',
  ] as const),
  ...(['assault', 'bomb_threat', 'missing_person', 'lift_trap', 'fire_smoke_gas', 'intruder'] as const),
])

const usual: Readonly<Record<Kind, Severity>> = {
  emergency: 1,
  complaint: 3,
  incident_report: 3,
  service_request: 4,
  enquiry: 4,
  feedback: 4,
}

/** How serious, and why. Starts from what is usual for the kind; every rule can only raise it. */
export function judgeSeverity(about: {
  readonly text: string
  readonly kind: Kind
  readonly category: Category
  readonly dangerTold: boolean
  /** Flagged as a complaint, whatever its kind: then never routine. */
  readonly complaint?: boolean
}): { severity: Severity; because: string[] } {
  const start = about.complaint && usual[about.kind] === 4 && about.kind !== 'feedback' ? 3 : usual[about.kind]
  if (start === 1) return { severity: 1, because: [] }
  const reasons = reasonsToRaise(about)
  if (reasons.length === 0) return { severity: start, because: [] }
  const raised = isAboutSomethingThatHappened(about.kind) || about.dangerTold || about.complaint ? 2 : 3
  return { severity: Math.min(start, raised) as Severity, because: reasons.map((reason) => `serious: ${reason}`) }
}

const seriousFor = sieve(seriousRules, ([, expression]) => expression)

function reasonsToRaise(about: Parameters<typeof judgeSeverity>[0]): string[] {
  const words = ruleForm(about.text)
  const reasons = seriousFor(words)
    .filter(([, expression]) => expression.test(words))
    .map(([reason]) => reason)
  if (about.dangerTold && about.kind !== 'feedback') reasons.push('a danger that is over')
  if (seriousCategories.has(about.category) && isAboutSomethingThatHappened(about.kind)) reasons.push(about.category)
  return [...new Set(reasons)]
}

const isAboutSomethingThatHappened = (kind: Kind): boolean => kind === 'complaint' || kind === 'incident_report'
