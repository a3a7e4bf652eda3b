import { ruleForm, sentencesOf } from './emergency.ts'
import { sieve } from './sieve.ts'

/**
 * What somebody does with their words, whatever they speak of: asks, requests, suggests, thanks, tells for the record, takes back, or
 * says what they do not mean. A long message has a few such words among many others, so they count as signs of their own.
 */
export const speechActs: readonly (readonly [act: string, expression: RegExp])[] = [
  [
    'requests',
    /(?:^|[.!?;,:\n]\s*|\b(?:and|so|but|then|hi|hello|there|sir|madam|team|all) )(?:please|pls|plz|kindly|could (?:you|we|i|u|someone|somebody|anyone)|can (?:you|we|u|someone|somebody|anyone)|would you|may (?:we|i) (?:have|book|borrow|request)|grateful if|(?:i|we)(?:'d| would) like (?:to (?:book|request|arrange|reserve|order|borrow|have|apply)|you|an?|someone|somebody)|(?:i|we) (?:need|require|want) (?:you|an?|someone|somebody|to (?:book|borrow|arrange))|requesting|request(?: for)?:?)\b|\b(?:please|pls|plz)\W*$/,
  ],
  [
    'requests',
    /唔該(?!晒|曬|哂)|麻煩(?!係|嘅是|的是|死|咗)|請(?!問|病|假|客|勿|咗)|可否|可唔可以|可不可以|能否|能不能|幫(?:我|我哋|手|忙)|想(?:申請|預約|要求|訂|借|租|請你|安排)|需要(?:一|你|人|安排)|plz|pls/,
  ],
  [
    'asks',
    /[?？]|(?:^|[.!?;,\n]\s*|\b(?:and|so|but|hi|hello) )(?:what|when|where|which|who|whom|whose|why|how|is|are|do|does|did|am|will|was|were|has|have|should|any)\b|\b(?:wonder\w*|like to know|want to know|let me know (?:if|when|where|how|whether|what)|tell me)\b/,
  ],
  [
    'asks',
    /嗎|咩|乜|點(?:樣|解|算|去|用)|邊(?:度|個|位)|幾(?:時|多|點|錢|耐)|有冇|有沒有|係咪|是否|如何|怎|甚麼|什麼|哪|請問|想問|想知|會[唔不]會|得唔得|使唔使|查詢/,
  ],
  [
    'suggests',
    /\b(?:suggest\w*|recommend\w*|it (?:would|might|may) be (?:nice|good|great|lovely|helpful|better|handy|useful)|would be (?:nice|good|great|lovely|helpful|better|handy|useful) (?:if|to)|how about|why not|maybe (?:you|we|the|put|add)|perhaps (?:you|we|the|an?)|could do with|just an? (?:thought|idea|suggestion)|an? (?:small |little )?idea|have you (?:considered|thought)|what if you)\b/,
  ],
  ['suggests', /建議|提議|不如|不妨|可以考慮|可考慮|會更好|會好啲|就更好|就好喇|就好了|仲好|何不|idea|意見/],
  [
    'thanks',
    /\b(?:thank\w*|thx|tks|well done|kudos|compliments? to|praise|grateful to|appreciate\w*|hats off|(?:good|great|nice|lovely|excellent) (?:job|work)|bless (?:you|him|her)|(?:i|we) love)\b/,
  ],
  ['thanks', /多謝|謝謝|感謝|感激|致謝|讚|辛苦|好彩有|做得好|好正|欣賞|衷心|有心/],
  [
    'records',
    /\b(?:for (?:the|your|ur|our) (?:record|records|log|info\w*|attention|file)|fyi|just (?:to )?(?:let(?:ting)? (?:you|u) know|inform\w*|report\w*|telling you)|letting (?:you|u) know|wish to (?:report|inform)|reporting|please (?:note|be informed|log)|to report|you may want to (?:log|know)|thought you should know)\b/,
  ],
  [
    'records',
    /報告|匯報|滙報|通知你|知會|備案|報備|備悉|記錄在案|作記錄|留個?紀?記?錄|話(?:俾|畀|比|給)你(?:哋|們)?(?:知|聽)|(?:俾|畀|比)你(?:哋)?(?:知|record)|特此|以便跟進/,
  ],
  [
    'disclaims',
    /\b(?:not (?:upset|angry|cross|complaining|a complaint|your fault|blaming|urgent|an emergency)|no (?:complaints?|harm|blame|rush|hurry|drama|one to blame|hard feelings|big deal|offence|need to (?:reply|answer|act|do anything|call|write))|no (?:reply|answer|action) (?:is )?(?:needed|expected|necessary|required)|nothing (?:has |is |was )?(?:happened|wrong|broken|serious|missing|urgent|stolen|taken|to worry)|(?:nobody|no one) (?:is |was )?(?:to blame|at fault|hurt|injured)|just (?:asking|curious|wondering|checking)|purely|out of (?:curiosity|interest)|my (?:own )?(?:fault|mistake)|do(?:n't| not) (?:expect|need) (?:an? )?(?:answer|reply)|i don'?t mind|all (?:fine|good|well|ok) (?:now)?)\b/,
  ],
  [
    'disclaims',
    /冇嘢發生|冇事發生|沒有事發生|並無不滿|冇不滿|(?:唔|不|並非|並不)(?:是|係)?投訴|唔關.{0,4}事|冇怪|唔急|不急|唔使(?:覆|回覆|理|答)|(?:不用|不必|毋須|無需|無須)(?:回覆|處理|跟進)|純粹|之嘛|只想(?:問|知|了解)|冇所謂|自己(?:搞錯|唔小心|整)|冇人有事|例行公事/,
  ],
  [
    'withdraws',
    /\b(?:withdraw\w*|disregard|never ?mind|scrap (?:my|the|that)|forget (?:my|what|that|the)|cancel (?:my|the|that)|ignore (?:my|the) (?:last|previous|earlier))\b|撤回|取消|當(?:我)?(?:冇|沒有|無)講|唔使做|收回/,
  ],
  [
    'demands',
    /\b(?:i (?:want|demand|expect|insist)|we (?:demand|expect|insist)|refund|apolog\w*|compensat\w*|explanation|who (?:is|was|will be) responsible|explain (?:why|how)|disciplin\w*|how is that|is this how|what (?:do|are) (?:we|i) pay\w*)\b|賠|道歉|交代|解釋|追究|合理嗎|憑咩|憑甚麼|係咪.{0,8}(?:先|就)啱|咁都得/,
  ],
]

const actsFor = sieve(speechActs, ([, expression]) => expression)

const actsIn = (words: string): readonly string[] => [
  ...new Set(actsFor(words).flatMap(([act, expression]) => (expression.test(words) ? [act] : []))),
]

/** The acts in a text, and again those of its first and of its last sentence, where people say what they want. */
export function actsOf(text: string): readonly string[] {
  const words = ruleForm(text)
  const sentences = sentencesOf(words)
  const acts = actsIn(words)
  return [
    ...(acts.length === 0 ? ['none'] : acts),
    ...actsIn(sentences.at(-1) ?? '').map((act) => `last ${act}`),
    ...actsIn(sentences[0] ?? '').map((act) => `first ${act}`),
  ]
}
