import type { Category } from '../../core/case/taxonomy.ts'
import { gap, someone } from './danger-accidents.ts'

const kin =
  '(?:mother|father|mum|mama|mom|dad|son|daughter|child|kid|boy|girl|toddler|grand\\w+|wife|husband|baby|twins)'
const vehicle = '(?:car|van|lorry|truck|bus|minibus|taxi|motorbike|tram|train|bike|forklift|golf ball|javelin)'

/** Danger in few words, as somebody types it who runs: what burns, who is hit, hanging, gone, shut in or beaten. */
export const dangerCalls: readonly (readonly [Category, RegExp])[] = [
  // Whoever says that it is no drill says that it is real.
  ['general_info', /\b(this|it) (is|was)(n'?t| not) (just )?(a|the) drill\b(?! day)|\bnot a drill[.!]*$/],
  [
    'fire_smoke_gas',
    /\b(sofa|bed|mattress|curtains?|bins?|cars?|vans?|bus|kitchen|shop|roof|fryer|pan|oven|socket|cable|charger|battery|carpet)( is| are)? (burning|alight|ablaze|flaming)\b|\b(is|are|went|set) (alight|ablaze)\b|\bflames? (out of|from|coming|shooting)\b|\bgas!+/,
  ],
  [
    'medical',
    new RegExp(
      `\\b${someone}${gap} (?:been |got |getting )?(?:hit|struck|knocked (?:down|over)|run over) by (?:an? |the )?${vehicle}\\b|\\bimpaled\\b|\\bfoaming\\b(?!.{0,20}\\b(?:soap|hand|cleaner|wash|beer))|\\bhanging by (?:his|her|the) (?:hood|neck|arm|leg|fingers)\\b`,
    ),
  ],
  [
    'medical',
    /\bambulances? (to the|please|pls|now|asap|urgent\w*|needed|required)\b|\b(need|send|get|pls|please) (an |the )?ambulance\b(?! (lane|bay|space|transfer|access|route|entrance))/,
  ],
  [
    'welfare_risk',
    new RegExp(
      `\\b(?:hanged|hung) (?:himself|herself)\\b|\\b${someone} (?:is )?hanging(?:,|!|\\.|$| (?:from|in) )|\\b(?:cord|rope|belt|sheet) (?:round|around) (?:his|her|my|their) neck\\b`,
    ),
  ],
  [
    'assault',
    /\bofficer down\b|\bunder attack\b|\b(gang|mob|men|guys|youths?) with (sticks|bats?|rods|pipes|poles|choppers|hammers|chains)\b|\b(rifles?|shotguns?|machetes?|crossbows?)\b|\blife (or|and) death\b/,
  ],
  [
    'missing_person',
    new RegExp(
      `\\b${kin}s? (?:is |has |just )?(?:gone|dis+ap+eared|vanished)\\b(?! (?:to|home|out|through|for|into|up|back|over|off|by|on))|\\b(?:can'?t|cannot) find (?:my |our )?${kin}\\b(?!'s| (?:seat|car|card|bag|room|shoes?|jacket|chair))`,
    ),
  ],
  [
    'lift_trap',
    /\b(help|we|i|us|people|persons?|ppl|girls?|kids?)\b.{0,24}\bbetween floors\b|\bstuck!+ ?(in )?(the )?lift\b|\blift\W+\d+ (people|persons?|ppl|pax)\b|\b(lift|elevat\w*)\b.{0,20}\b(ppl|people|persons?|girls?|kids?) (in(side)?|banging)\b/,
  ],
  [
    'intruder',
    /\b(door|gate|window|shutter|lock) (is )?being (forced|pried|kicked in|smashed)\b|\bclimbing in(to)?( (my|our|the|her) (window|balcony|flat|room|house|kitchen)|\W*$)/,
  ],
  [
    'hazard',
    /\b(car|van|lorry|bus)('s)? (has |is |just )?(gone|went|plunged|rolled|driven) into (the |a )?(water|pool|pond|sea|harbour|river|canal)\b/,
  ],
  ['fire_smoke_gas', /[著着][咗緊了晒]火|撲[唔不][熄滅]/],
  ['welfare_risk', /吊頸|上吊|割(咗|緊|開)?(脈|腕)/],
  [
    'medical',
    /(呼吸(?!機)|心跳)[^,，。]{0,4}[停止][咗了]|[唔不][識會懂]呼吸|血[^,，。]{0,3}止[唔不]到|摸[唔不]到[^,，。]{0,3}脈|撞穿(咗)?個?頭|嚴重(食物)?(敏感|過敏)|抽筋(超過|成)[^,，。]{0,3}分鐘|抽搐|(太太|老婆|孕婦|家姐)[^,，。喉管]{0,8}穿咗羊?水|(工人|師傅|細路|有人)[^,，。]{0,4}[一二三四五六七八九十\d]樓[^,，。]{0,4}[跌墮][咗]?[落下]/,
  ],
  [
    'missing_person',
    /(女|仔|囡|公公|婆婆|阿媽|爸爸|媽媽)(突然|啱啱)?(唔見咗|失咗蹤|行失咗|不見了)(?=[,，。!！\s]|$|求|成|半)|(學生|細路|小朋友|小息|旅行|幼稚園)[^。]{0,50}(搵唔到佢|少咗一個|點人數唔齊)/,
  ],
  [
    'lift_trap',
    /(𨋢|升降機)[^。]{0,10}(卡死|停[咗了]|唔郁|唔開)[^。]{0,8}(我|人|佢哋)[喺在](入面|裡面|內)|(𨋢|升降機)[,，、 ]*[兩二三四五六七八九十\d]+個?人/,
  ],
  ['intruder', /(床底|床下|衣櫃)[^,，。]{0,4}有(個)?(人|男人|陌生人)|(女宿舍|睡房)[^,，。]{0,4}有個?(男人|陌生人)/],
  [
    'assault',
    /[揸拎拿攞裝孭][住緊]?[^,，。]{0,3}(步槍|手槍|弓箭)|打緊?(媽咪|媽媽|阿媽|老婆|嫲嫲)(?![^,，。]{0,2}電話)|(舅父|叔叔|男人|教練|阿伯)[^,，。]{0,4}(摸|非禮)[緊咗]?(我|個女)|鎖[上住咗][了]?[道個間]?門[^。]{0,10}[唔不]會?[讓畀俾准放]我[走出]|生死關頭|出咗大事/,
  ],
  ['bomb_threat', /計時器[^,，。]{0,4}倒數|引線|雷管/],
  ['water_leak', /水(已經)?(浸)?[到過至](心口|頸|腰)/],
]
