import type { Category, Kind } from '../core/case/taxonomy.ts'
import type { Language } from '../core/message.ts'
import { type Entities, entitiesIn } from './entities.ts'
import { ruleForm } from './rules/emergency.ts'

/** What somebody told us, for saying it back, and the one thing a person will need that was not said. */
export type Heard = {
  /** Place, time and the like in short, as they were said; empty where nothing was. */
  readonly told: string
  readonly ask?: 'where' | 'when'
}

/** What happens at a spot: nobody can go there without knowing it. */
const atSomeSpot: ReadonlySet<Category> = new Set([
  ...(['facility', 'hazard', 'water_leak', 'noise', 'disruptive_behaviour', 'suspicious_person', 'crowd'] as const),
  ...(['theft', 'intruder', 'patrol', 'lift_trap', 'weather', 'fire_smoke_gas', 'lost_found'] as const),
])
/** What people did: rosters and cameras are searched by time. */
const atSomeTime: ReadonlySet<Category> = new Set([
  ...(['staff_conduct', 'missed_duty', 'use_of_force', 'belongings_search', 'access_control'] as const),
  ...(['discrimination_harassment', 'integrity', 'assault', 'theft'] as const),
])
const reported: ReadonlySet<Kind> = new Set(['complaint', 'incident_report', 'service_request'])

/** Words for a spot that need no number. Exported for the check that no expression runs away. */
export const spotRules: readonly RegExp[] = [
  /\b(lobby|lobbies|gym|pool|podium|garden|clubhouse|car ?park|basement|roof\w*|corridor|hallway|stair\w*|pantry|toilets?|washrooms?|reception|entrance|exit|gate|lifts?|elevator|escalator|playground|atrium|mall|shop\w*|loading|ramp|office|counter|desk|door|bay|upstairs|downstairs|next door|neighbou?r\w*|bus stop|taxi|fountain|courts?|kitchen|ceiling|plant room|pump room|mailbox\w*|letterbox\w*|driveway|pavement)\b/,
  /大堂|健身室|泳池|平台|花園|會所|停車場|地庫|天台|走廊|樓梯|茶水間|廁|洗手間|接待|入口|出口|門|閘|𨋢|電梯|升降機|遊樂場|中庭|商場|舖|上落貨|斜路|寫字樓|櫃|車位|樓上|樓下|隔籬|鄰居|巴士站|的士站|噴水池|球場|廚房|天花|機房|泵房|信箱|車路|行人路/,
]

const saysSpot = (text: string, { unit, tower, floor, post, plate }: Entities): boolean =>
  [unit, tower, floor, post, plate].some((one) => one !== undefined) ||
  spotRules.some((rule) => rule.test(ruleForm(text)))

/** Asks at most for one thing, and only for what cannot be done without it. */
export function heardIn(text: string, about: { kind: Kind; category: Category; language: Language }): Heard {
  const entities = entitiesIn(text)
  const told = saidBack(entities, about.language === 'en')
  if (!reported.has(about.kind)) return { told }
  if (atSomeSpot.has(about.category) && !saysSpot(text, entities)) return { told, ask: 'where' }
  const isPast = about.kind !== 'service_request' && atSomeTime.has(about.category)
  return isPast && entities.time === undefined ? { told, ask: 'when' } : { told }
}

function saidBack({ tower, floor, unit, post, time, plate }: Entities, english: boolean): string {
  const parts = english
    ? [tower && `tower ${tower}`, floor && `${floor}/F`, unit && `unit ${unit}`, post, time, plate]
    : [tower && `${tower}座`, floor && `${floor}樓`, unit && `${unit}室`, post, time, plate]
  return parts.filter((part) => part !== undefined && part !== '').join(english ? ', ' : '、')
}
