import type { Category } from '../../core/case/taxonomy.ts'

const small = '(?:newborn|baby|infant|toddler|small child|(?:two|three|four|five)[- ]year[- ]old)'
const kin =
  '(?:girl|boy|son|daughter|child|kid|toddler|mother|father|mum|mom|dad|gran\\w*|wife|husband|nephew|niece|pupil|student)'
const smallInChinese = '(?:初生|嬰兒|bb|幼兒|細路|小朋友|小孩)'

/** Danger told without its word: a farewell, a child where no child should be, somebody inside who belongs elsewhere. */
export const dangerUnsaid: readonly (readonly [Category, RegExp])[] = [
  [
    'welfare_risk',
    /\b(taken|took|swallowed|downed) (all|a (whole )?(bottle|box|handful|packet|strip)|too many|every) (of )?(\w+ ){0,4}(pills?|tablets?|capsules?|medicine|medication|paracetamol|panadol)\b|\b(sorry|goodbye|farewell) to (us|each|all|every\w*|me|his|her)\b.{0,40}\b(switched|turned) off\b|\b(roof|rooftop|top floor|ledge|bridge)\b.{0,40}\bcan'?t go on\b|\bcan'?t go on\b.{0,40}\b(roof|rooftop|top floor|ledge|bridge|window)\b/,
  ],
  [
    'welfare_risk',
    new RegExp(
      `\\b${small}\\b.{0,24}\\b(?:left|abandoned|dumped|wrapped)\\b.{0,24}\\b(?:box|bag|bins?|toilet|staircase|stairs|doorstep)\\b|\\b${small}\\b.{0,24}\\b(?:alone|by (?:himself|herself|itself)|strapped|locked|shut)\\b.{0,24}\\b(?:balcony|window|ledge|roof|car|van|back seat)\\b`,
    ),
  ],
  [
    'welfare_risk',
    new RegExp(
      `(?:消失|解脫|唔再存在).{0,10}(?:唔使|唔好|不用|不要)再?搵我|(?:對唔住|對不起|永別|遺書|告別|道別).{0,16}(?:熄咗?(?:電話|機)|關(?:了|咗)?(?:電話|機)|失聯)|頂唔(?:住|順).{0,12}(?:天台|頂樓|窗邊|露台邊|天橋)|食(?:晒|咗).{0,6}(?:成)(?:樽|排|盒|包).{0,6}(?:藥|丸)|${smallInChinese}.{0,10}(?:自己|獨自|一個人).{0,6}(?:喺|在)?(?:露台|窗(?:邊|台)|天台|車(?:入面|廂))|${smallInChinese}.{0,10}(?:鎖|困|綁)(?:咗|住|在|喺).{0,12}(?:車|後座)|(?:紙箱|垃圾房|垃圾桶|膠袋).{0,10}(?:初生|嬰兒|bb)(?!車|床|衫|用品|紙尿)`,
    ),
  ],
  [
    'intruder',
    /\b(camera|cam|app|monitor)\b.{0,20}\b(shows?|sees|caught|picked up)\b.{0,16}\b(man|men|woman|someone|somebody|person|people|stranger|figure)\b.{0,16}\b(in|inside) (my|our|the) (bedroom|living room|kitchen|flat|house|home|bathroom)\b|\b(someone|somebody|stranger|person|man|people)\b.{0,8}\b(moving|walking|creeping|rummaging)( about| around)? inside\b|\b(stranger|unknown man|strange man|intruder)\b.{0,16}\b(inside|in) (my|our) \w+\b.{0,24}\b(won'?t|refus\w+|will not) (to )?(go|leave)\b|\b(picking|prying|forcing|jimmying|working on)\b.{0,24}\b(lock|shutter|door|window)\b.{0,30}\b(right now|now|this minute|as we speak|at the moment)\b/,
  ],
  [
    'intruder',
    /(鏡頭|閉路電視|監控|cam|app)(而家)?(見到|影到|影住|顯示|看到|拍到).{0,8}(人|男|女).{0,8}(喺|在)?(睡房|客廳|廚房|屋企|屋入面|家中|我家)|(鏡頭|閉路電視|監控|cam|app)(而家)?(見到|影到|影住|顯示|看到|拍到)(睡房|客廳|廚房|屋企|屋入面|家中|我家).{0,6}有?(人|個男|個女)/,
  ],
  [
    'assault',
    /\b(tearing|clawing|slashing|hacking|swinging) at each other\b|\b(masked|hooded)\b.{0,16}\b(yank|snatch|grab|ripp?|pull)(ed|s|ing)?\b.{0,20}\b(bag|purse|necklace|phone|child)\b|\b(drink|beer|tea)\b.{0,16}\btaste[sd]? (funny|strange|odd|weird)\b.{0,60}\b(man|guy|he|they)\b|(杯|支)(嘢飲?|酒|飲品|水).{0,6}(怪|奇怪|有味).{0,24}(帶我|拉我|夾硬)/,
  ],
  [
    'bomb_threat',
    /\b(today|tonight|tomorrow|soon)?,? ?(they|you)('ll| will) all (pay|die|burn)\b|要(佢哋|你哋|佢地|他們|你們)(今日)?(全部|個個|一齊|通通)(還|死|陪葬)/,
  ],
  [
    'medical',
    /\bhyperventilat\w*|\bpool of (red|blood)\b|(冚|暈|仆|瞓)低(咗)?.{0,12}撞(到|親|正)(個)?(頭|太陽穴|後腦|額)|撞(到|親|正)(個)?(太陽穴|後腦).{0,10}(冚|暈|唔識|流)/,
  ],
  [
    'fire_smoke_gas',
    /\b(black|thick|dark|grey) (stuff|clouds?)\b.{0,16}\b(pour|billow|com|stream)\w* (out|from|through)\b|\b(red|orange) (flicker\w*|glow\w*)\b.{0,24}\b(window|storeroom|kitchen|flat|behind|under|roof|door|vent|ceiling)|(電|錶|掣|插座|錶櫃|電箱|機房).{0,8}燒(頭髮|膠|焦|着)(嘅|的)?味/,
  ],
  [
    'hazard',
    /\b(planks?|bricks?|tiles?|glass|panes?|panels?|concrete|stones?|slates?|(sheets?|pieces?|slabs?) of \w+)\b.{0,16}\b(raining|peeling|ripping|tearing|flying|crashing) (down|off|onto|away)\b/,
  ],
  [
    'missing_person',
    new RegExp(
      `\\b(?:can'?t|cannot|couldn'?t) (?:find|see) my (?:\\d{1,2}|two|three|four|five|six|seven)[- ]?(?:yo|y\\/o|(?:yrs?|years?)[- ]old)\\b|\\b(?:she|he) was (?:right )?(?:next to|beside|behind|with) me\\b.{0,40}\\b(?:minutes?|seconds?|moment) ago\\b|\\b(?:let go of|holding) my hand\\b.{0,50}\\bhaven'?t seen (?:her|him|them)\\b|\\b(?:searched|looked|combed|checked|been over)\\b.{0,20}\\b(?:everywhere|every (?:floor|corner|room|shop)|all over)\\b.{0,20}\\bfor (?:my|our|the|a) ${kin}\\b|\\b${kin}\\b.{0,80}\\b(?:not back|hasn'?t (?:come|returned)|past noon|hours later)\\b.{0,40}\\b(?:confused|dementia|forgetful|alzheimer)|搵(?:晒|勻|遍|過晒).{0,10}(?:個女|個仔|細路|阿媽|阿爸|爸爸|媽媽|婆婆|爺爺|個孫)|(?:爸|媽|爺|嫲|婆|公|老人|伯)[^。]{0,24}(?:未返|冇返|未回)[^。]{0,16}(?:糊塗|失智|認知|腦退化)|(?:糊塗|失智|認知障礙|腦退化)[^。]{0,24}(?:未返|冇返|未回)`,
    ),
  ],
  [
    'lift_trap',
    /(我|我哋|我們|有人)(而家)?(喺|在|困喺)\d+(樓)?(同|與|和|至|、)\d+樓?(之間|中間)|\b(i'?m|we'?re|we are|i am)\b.{0,16}\bbetween \d+(\/f)? and \d+/,
  ],
  [
    'crowd',
    /\b(running|rushing|pushing|surging|stampeding)\b.{0,40}\b(someone|somebody|people|kids?|child\w*|woman|man) (is |are )?(underneath|under (it|them|there|the)|at the bottom)\b/,
  ],
  [
    'medical',
    /\bspeech (went|is|has gone|has become|got|turned) (\w+ )?(funny|slurred|strange|odd|weird|garbled)\b|\bone (arm|leg|side) (is |was |just )?(hanging|limp|dropping|drooping)\b|\b(dropped|fell|fallen|collapsed|slumped|toppled)\b.{0,24}\b(he|she|they) (isn'?t|is not|aren'?t|won'?t|doesn'?t|not) (answer|respond|mov|wak)\w*/,
  ],
  [
    'medical',
    /浮(住|著|着)(都)?(唔|不|冇)(郁|喐|動)|(躺|瞓|趴|訓|臥)(喺|在|著|着|住|低|緊).{0,6}(沒有|冇|無|毫無)(動靜|反應|知覺)/,
  ],
  [
    'missing_person',
    /\b(stranger|somebody|someone)\b.{0,8}\b(left|walked (off|out|away)|ran (off|away)|drove off|disappeared|gone off) with (my|our) (baby|son|daughter|child|kids?|toddler|boy|girl)\b|\b(nanny|helper|maid|sitter)\b.{0,8}\b(left|gone|went|disappeared) with (my|our) (baby|son|daughter|child|kids?|toddler)\b.{0,40}\b(phone is off|off the hook|no idea|can'?t reach|(not|won'?t) answer\w*)|\b(in)?patient\b(?!'s).{0,30}\b(gone since|gone missing|is gone(?! home)|absconded|wandered off|not in (his|her) (bed|room|ward)|cannot locate|can'?t (find|locate) (him|her))\b/,
  ],
  [
    'missing_person',
    /(工人|姐姐|保母|陌生人|有人|男人|女人|前夫|前妻)(帶走|抱走|捉走|拐走|擄走)(咗|了)?我?.{0,3}(bb|仔|女|孩|小朋友|細路|孫|嬰)/,
  ],
  [
    'suspicious_person',
    /\b(men|man|guys?|people|youths?|boys|lads|gang|someone|somebody)\b.{0,6}\b(with|holding|carrying|waving|swinging|armed with) (\w+ ){0,2}(choppers?|cleavers?|machetes?|swords?|daggers?)\b(?!.{0,30}\b(display|exhibit\w*|stage|film|costume|cosplay|props?|demonstration|martial|class|performance)\b)/,
  ],
  [
    'intruder',
    /\b(man|woman|person|guy|stranger|someone|somebody|people) in (my|our) (flat|home|house|bedroom|living room|apartment|unit)\b.{0,16}\b(don'?t|do not|never|didn'?t) (know|recogni[sz]e|let)\b|(屋企|屋內|屋入面|家裡|家中|睡房|我個單位|我間屋)(入面|裡面|內|度|裏)?(有|企住|坐住|匿住)(一)?(個|名)?.{0,4}(唔識|不認識|陌生|唔知邊個)(嘅|的)?(男|女|人)/,
  ],
  [
    'bomb_threat',
    /\b(will|gonna|going to|'ll) blow (?!.{0,12}\b(balloon|photo|picture|mattress|tyre|tire)s?\b).{0,24}\bup\b/,
  ],
  [
    'theft',
    /(鎚仔?|錘|鐵鎚|鐵筆|磚頭).{0,6}(扑|撲|砸|打|撬|敲)(緊|爛|碎).{0,6}(金[舖鋪行]|珠寶|錶行|銀行|櫃員機|收銀|飾櫃|櫥窗)/,
  ],
  [
    'hazard',
    /\b(poles?|bamboo|planks?|pieces?|bits|chunks|shards|tiles?|glass|concrete|debris|plaster|bricks?|panels?)( \w+){0,4} (already|now|keep|keeps|started to|starting to|still|begun to|is|are|have started to) (drop|fall|com|rain)\w*\b.{0,24}\b(on|onto|over)\b.{0,12}\b(people|shoppers|pavement|street|passers|pedestrians|walkway|kids|children|customers|crowd|footpath|playground|queue)\b/,
  ],
]
