import type { Category } from '../../core/case/taxonomy.ts'

/** Whoever may come to harm. */
export const someone =
  '(?:someone|somebody|people|persons?|wom[ae]n|m[ae]n|boys?|girls?|kids?|child(?:ren)?|toddlers?|bab(?:y|ies)|lad(?:y|ies)?|guys?|workers?|students?|pupils?|guests?|visitors?|residents?|patients?|passengers?|players?|cleaners?|guards?|drivers?|cyclists?|sons?|daughters?|mother|father|mum|dad|wife|husband|brother|sister|grand\\w+|granny|helper|colleague|friend|neighbour|technician|painter|builder|scaffolder|swimmer|he|she|they|we|i)'
/** What may stand between them and what happens to them: "a boy I saw has just". */
export const gap = '(?: (?:has|have|had|just|who|is|was|may|might|must|there|i saw|suddenly|also|from \\w+)){0,3}'
const hurtOne = `(?:him|her|me|us|them|(?:an?|my|the|our|your|his|two|three|some|one) (?:\\w+ )?${someone})`
const the = '(?:the |an? |our |that |his |her )?(?:\\w+ )?'
const water = '(?:pool|pond|lake|water|sea|harbour|river|canal|nullah|fountain)'
const depth =
  '(?:shafts?|pit|manhole|trench|tracks?|rails|hole|drain|ditch|sinkhole|well|cliff|roof|balcony|podium|scaffold\\w*|ladder|quay|pier|bridge|storey|(?<=from the \\w{3,9} )floor|window|deck)'

/** What comes down on people or holds them. */
const thing =
  '(?:walls?|shutters?|windows?|pane|panels?|sign\\w*|ceiling|roof|slab|stones?|rocks?|pipes?|bricks?|tiles?|planks?|poles?|boards?|scaffold\\w*|trees?|branch|glass|concrete|lamps?|lights?|gates?|doors?|shel(?:f|ves)|racks?|load|bucket|tools?|hammer|air ?con\\w*|ladder|machine|motor(?:bike|cycle)|bike|car|van|lorry|truck|bus|forklift|wardrobe|cabinet|cupboard|beam|tv|fridge|pallets?|box(?:es)?|barriers?|fence|statue|stage|tent|canopy|awning|blocks?|debris|rubble|pots?|speaker|screen|chandelier|escalator|railings|bars|seats?|steps?)'

/** A person, and not a thing of that person's. */
const 人 =
  '(?:人|我|佢|佢哋|男仔|女仔|男人|女人|細路|小朋友|bb|伯伯|婆婆|阿伯|阿婆|老人|長者|工人|師傅|清潔|司機|學生|住客|乘客|個仔|個女|同事|朋友)(?![張件部條把隻對枝頂樽塊嘅的個副支本粒串盒袋包])'

/**
 * Accidents told plainly by what befell somebody: falls into water or from a height, things that come down on people,
 * machines, animals, floods with somebody in them. Composed of who, what and where, so that no sentence must be foreseen.
 */
export const dangerAccidents: readonly (readonly [Category, RegExp])[] = [
  [
    'medical',
    new RegExp(
      `\\b${someone}${gap} (?:fell|fallen|falls|slipped|slid|tumbled|got swept|was swept|been swept) (?:in|into|down|onto|off|from|under)(?: to)? ${the}(?:${water}|${depth})\\b|\\b${someone}${gap} (?:jumped|dropped) (?:in|into|down|onto|off|over) ${the}(?:sea|harbour|river|nullah|${depth})\\b|\\b${someone}${gap} (?:at|on) the bottom of the (?:pool|pond|shaft|well|pit)\\b`,
    ),
  ],
  [
    'medical',
    /\b(lying|lies|floating|floats|found) face ?-?down\b|\bface ?-?down in the\b|\b(having|had) (a|another) (bad |big )?fit\b(?! of)|\bslumped\b(?!.{0,20}\b(sales|prices?|shoulders|asleep|snor\w*|on duty)\b)|\b(struck|hit) by lightning\b|\blightning (has |just )?(struck|hit)\b/,
  ],
  [
    'medical',
    new RegExp(
      `\\b${someone}${gap} (?:stuck|pinned|caught|crushed) (?:under|underneath|beneath|between) ${the}${thing}\\b|\\b${thing}${gap} (?:fell|fallen|came down|come down|coming down|collapsed|crashed|landed|toppled|tipped|rolled|on top) (?:over )?(?:on|onto|over|upon|of) ${hurtOne}\\b`,
    ),
  ],
  [
    'hazard',
    /\bcranes?\b.{0,30}\b(tip\w*|lean\w*|tilt\w*|sway\w*|toppl\w*|collaps\w*|snap\w*)\b|\bsink-?holes?\b|\b(landslides?|landslips?|mudslides?|rockfalls?)\b(?! (warning|signal|risk|barrier|season|insurance|drill|map|works|victory|win))|\b(gondola|ferris wheel|cable car|roller ?coaster|window cleaners?)\b.{0,40}\b(stuck|hanging|dangling|swing\w*|snapped|trapped)\b/,
  ],
  [
    'lift_trap',
    /\b(lift|elevator)s? (is |keeps |are |was )?(suddenly )?(dropping|falling|plunging|plummeting|free.?falling|plunged|plummeted)\b(?! (apart|behind|to bits|to pieces|out|off))/,
  ],
  [
    'intruder',
    /\b(stranger|unknown (man|woman|person)|prowler)\b.{0,20}\b(in|inside|into) (my|our|her|his)( \w+'s)? (\w+ )?(room|bedroom|flat|home|house|kitchen|bathroom|apartment|balcony)\b|\bmasked (man|men|person|guys?)\b(?!.{0,40}\b(party|halloween|carnival|dance|ball|parade|show)\b)/,
  ],
  [
    'missing_person',
    /\b(someone|somebody|stranger|(a|this|that|some) (man|woman|couple|guy|lady)) (has |have |had )?(just )?(took|taken|takes|grabbed|snatched|carried (away|off)|(walked|ran|driven) off with) (away )?(my|our|the|her|his|a) (\w+ )?(child|baby|boy|girl|kid|toddler|son|daughter)\b(?! (to|home|for|from|out|chair|seat|stroller|pram|buggy|clothes|monitor|bag|bike|scooter))(?!'s)/,
  ],
  [
    'assault',
    /\b(man|guy|stranger|person|someone|somebody) (has |is |was )?(just )?(touch(ed|ing|es)|grop(ed|ing|es)|fondl\w+|molest\w*) (my (daughter|son|wife|sister|bottom|breasts?|thigh)|me|her|an? (\w+ )?(girl|child|woman|boy|student))\b|\b(exposing|exposed|exposes) (himself|his (private|genital|penis)\w*)|\b(spray(s|ed|ing)|let off) (\w+ )?(pepper|tear gas|mace)\b|\bpepper[- ]?spray(ed|ing)\b/,
  ],
  [
    'welfare_risk',
    new RegExp(
      `\\b${someone}\\b.{0,20}\\b(?:on|at|near|over|by) the (?:roof|cliff|pier|window|bridge)(?:'s)? ?(?:edge|ledge|parapet)\\b`,
    ),
  ],
  [
    'water_leak',
    new RegExp(
      `\\b(?:flood(?:ing|ed|s)?(?! with)|river (?:has |is |was )?(?:burst|rising|overflow\\w*|over its)|storm surge|water is rising|rising water)\\b.{0,40}\\b${someone}\\b.{0,12}\\b(?:there|(?:in|inside|down|on)\\b.{0,12}\\b(?:car|van|basement|garage|underpass|lift|cellar))\\b`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `${人}[^,，。電話卡匙袋鞋]{0,5}(?:跌|掉|墮|墜|滑|仆)[咗了]?(?:落|入|進|下)[咗了去]{0,2}[^,，。]{0,3}(?:海|河|水|池|塘|渠|井|路軌|𨋢槽|坑|洞|窿|街|山坡)|(?:渠蓋|井蓋|沙井|圍欄|欄杆|天窗).{0,12}${人}[^,，。]{0,3}[跌掉][咗了]?[落下]|[池水海]底[^,，。]{0,4}${人}|${人}[^,，。]{0,8}浮[喺在咗][^,，。]{0,2}(?:水面|泳池|海)`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `(?:${人}|腳|手|單車嘅?)[^,，。]{0,6}[俾被畀][^,，。]{0,6}[轆輾碾](?:過|親|到|住)|[轆輾碾](?:過|親|到|住)[^,，。]{0,6}(?:${人}|腳|手)|(?:吸毒|用藥|藥物|服藥)過量|掂[到親]?[^,，。]{0,4}電[線掣箱]?[^。]{0,8}(?:震|暈|彈開|郁唔到)|[俾被畀]?[雷閃]電?[^,，。]{0,2}[劈擊][中親]|${人}[^,，。]{0,8}[跌仆冧倒][成做到]一[堆團]|扶手電梯[^,，。]{0,6}人跌[成做到]`,
    ),
  ],
  [
    'hazard',
    /(天秤|吊臂|吊機|起重機)[^,，。]{0,8}(傾側|傾斜|斜|倒(?!車|垃圾|水)|斷|冧|跌|搖晃)|[路地面][^,，。]{0,4}[陷塌沉][咗出了落][^,，。]{0,4}(窿|洞|坑)|天坑|地陷|塌陷|山泥傾瀉(?!警告|風險)|(化學品|漂白水|鏹水|通渠水|酸液?|滾水|滾油)[^,，。]{0,8}[濺潑淋噴瀉燙][^,，。]{0,6}(眼|(?<![地枱檯表路水牆桌])面|身|人|細路|個仔|個女)|(吊船|吊籠|抹窗|外牆工人|摩天輪|過山車|纜車)[^,，。]{0,12}(卡住|困住|吊住|半空|斷|甩)/,
  ],
  [
    'medical',
    new RegExp(
      `(?:野豬|猴子|馬騮|惡犬|狼狗|流浪狗|蛇)[^,，。]{0,6}(?:撞|咬|襲擊|追住|抓)[緊親住咗]?[^,，。]{0,4}(?:${人}|我)`,
    ),
  ],
  [
    'intruder',
    /(收咗舖|[閂關鎖]咗門|關門後|放工後)[^。]{0,12}聽[到見][^,，。]{0,10}(入面|裡面)[^,，。]{0,4}(有人|人聲|腳步|有聲)/,
  ],
  [
    'missing_person',
    /(bb車|手推車|嬰兒車)[^,，。]{0,8}(bb|嬰兒)[^,，。]{0,6}(冇|無|沒有)大?人|(bb|嬰兒)[^,，。]{0,8}(冇|無|沒有)(大人|人理|人睇)/,
  ],
  [
    'water_leak',
    new RegExp(`(?:地庫|停車場|隧道|地下室)[^,，。]{0,6}(?:浸|淹)[^。]{0,10}(?:入面|裡面|困)[^,，。]{0,6}${人}`),
  ],
  ['assault', /噴[^,，。]{0,4}(胡椒噴霧|催淚)/],
]
