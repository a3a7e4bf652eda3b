import type { Category } from '../../core/case/taxonomy.ts'
import { someone } from './danger-accidents.ts'

/** Whoever may come to harm, by trade and kinship too. */
export const anyone = `(?:${someone.slice(3, -1)}|mom|uncle|aunt\\w*|nephew|niece|tenants?|teachers?|tourists?|pedestrians?|waiters?|cooks?|chefs?|divers?|runners?|hikers?|motor(?:cyclist|ist)s?|riders?|fitters?|electricians?|teen\\w*|elderly|bystanders?|customers?|shoppers?|cashiers?|clerks?|receptionists?|mate|owner)`
const whose = '(?:his|her|my|their)'
const limb =
  '(?:arms?|legs?|hands?|foot|feet|fingers?|thumb|wrist|ankle|elbow|knee|neck|thigh|shoulder|toes?|ear|face|head|hip|pelvis|skull|jaw|ribs?|back|spine|chest|stomach)'
const tool =
  '(?:wrench|spanner|bat|bars?|hammer|stick|pole|club|rod|brick|pipe|helmet|stool|chair|bottle|chain|baton|belt|shovel|crutch|umbrella)'
const smallOnes = '(?:girls?|boys?|child(?:ren)?|kids?|toddlers?|pupils?|daughter|son)'

/** What happens to people, told by who, what and which part of them: illness, wounds, despair, blows, the lost. */
export const dangerPeople: readonly (readonly [Category, RegExp])[] = [
  [
    'assault',
    /\b(?:grabb\w*|grips?|gripp\w*|squeez\w*|hold\w*|held|got|has) (?:me|him|her|my \w+) (?:by|round|around) (?:the |my |his |her )?(?:neck|throat|hair)\b|\b(?:grabb\w*|squeez\w*) (?:my|his|her) (?:neck|throat)\b/,
  ],
  [
    'medical',
    /^\W*(ambulance|paramedics?|police|medic|doctor|fire brigade)( (please|pls|quick|now))?\W*!|\b(i|we|he|she|they|man|woman|lady|mum|dad|mother|father|wife|husband|child|baby|guest|patient) (really )?needs? (a |the |to see a )?(doctor|medic|nurse|hospital)\b(?! ?('s|note|letter|appointment|bed|certificate)).{0,30}\b(now|right away|quick\w*|asap|immediately|urgent\w*|at once)\b(?! and then)/,
  ],
  [
    'medical',
    new RegExp(
      `\\b(?:groan|moan|gasp|wheez|chok|call\\w* for help)\\w*\\b.{0,40}\\b(?:gone|went|fell|fallen|is|it'?s) (?:silent|quiet|still)\\b|\\b(?:lips?|face|fingernails?) (?:\\w+ )?(?:are|is|look\\w*|gone|went|going|turn\\w*) (?:\\w+ )?(?:purple|blue|gr[ae]y|ashen)\\b|\\b(?:he|she|baby|child|boy|girl|man|woman|dad|mum)(?:'s| is| has)? (?:turning|gone|turned|went) (?:\\w+ )?(?:purple|blue|gr[ae]y|ashen)\\b|\\b(?:can'?t|cannot|won'?t|doesn'?t|not|unable to) (?:open ${whose} eyes|lift ${whose} head)\\b|\\b(?:can'?t|cannot|couldn'?t) get (?:him|her|them) to (?:open|wake|respond|answer|breathe|speak|move)\\b|\\bcall\\w* (?:out )?(?:his|her|their|the) name\\b.{0,24}\\b(?:not|no|n'?t)\\b ?(?:answer|respon|reply|react|wak|mov|sound)\\w*|\\b(?:pump|press|push)(?:ing|ed)?(?: on| down on)? (?:his|her|their|the) chest\\b`,
    ),
  ],
  [
    'medical',
    /\b(an?|the|old|elderly|my|our|one) (\w+ )?(man|woman|lady|gentleman|girl|boy|guest|patient|runner|worker|cleaner|guard|colleague|passenger|child|guy|visitor|resident|player|swimmer|tourist|mother|father|mum|dad|wife|husband)( in the \w+)?( is| was|'s)? (down )?on the (floor|ground)\b(?! (floor|above|below|level|plan|staff|team|manager)| \d)(?!.{0,24}\b(yoga|play\w*|exercis\w*|sleep\w*|sitting|begging|asleep|draw\w*|paint\w*|stretch\w*)\b)|^(\w+ ){0,2}(patient|man|woman|person|lady|girl|boy|guest|runner|player|worker|guard|kid|child|customer|passenger|swimmer|cook) down( in| on| at|[,.!]|$)(?!.{0,30}\b(was|told|said|who)\b)/,
  ],
  [
    'medical',
    new RegExp(
      `\\b(?:no|lost|losing|without) (?:all |any )?(?:feeling|sensation|movement) in (?:${whose}|the|one) ${limb}\\b|\\b${anyone}\\b.{0,24}\\b(?:fell|fallen|falls|tumbled|dropped) (?:off|from|over) (?:the |a |an )?(?:\\w+ )?(?:platform|stage|crane|terrace|mezzanine|truss|tower|stepladder|footbridge|flyover|seawall|wall|grandstand|stand|rig)\\b|\\b${anyone}(?: has| was| is| got| been| just)* (?:caught|stuck|trapped|jammed|crushed|knocked down) (?:by|in|inside) (?:the |a |an )?(?:(?:revolving|automatic|sliding|swing|roller) (?:doors?|shutter|gate)|turnstile|escalator|conveyor|baler|compactor|machinery|shredder)\\b`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `\\basthma\\w*\\b.{0,40}\\b(?:inhaler(?:'s)? (?:is )?(?:empty|finished|lost|gone|not|out)|no inhaler|without (?:his|her|my) inhaler|worse|blue|can'?t|cannot)|\\b(?:can'?t|cannot) (?:finish|complete|get out|say) (?:a|one|his|her|even a) (?:sentence|word)\\b|\\b(?:pull\\w*|tore|ripp\\w*|taken|took|yank\\w*) out ${whose} (?:\\w+ )?(?:tube|drip|line|cannula|oxygen|ventilator)\\b|\\b(?:had|having|delivered|delivering) (?:a|her|the) baby (?:in|on|at) (?:the|our|my|a) (?:living room|toilet|lift|elevator|car|taxi|lobby|floor|bathroom|kitchen|corridor|stair\\w*|platform|bus|street)\\b|\\b(?:lost|losing|loses|severed|torn off|ripped off) (?:(?:part|half|the tip) of )?(?:a|an|his|her|my|two|some)? ?(?:foot|toes?|arm|hand|leg|fingers?|thumb)\\b(?! ?(?:bag|phone|cream|made|ring|print|warmers?|rest|puppet|towel|brake|rail|luggage|at (?:poker|cards|mahjong)|nails?))`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `\\b(?:ate|eaten|drank|eating)\\b.{0,30}\\b(?:mushrooms?|berries|leaves|toadstools?)\\b.{0,40}\\b(?:sees things|hallucinat\\w*|heart|cramps?|dizzy|confused|shaking)\\b|\\b(?:nail|rod|rebar|spike|pole|glass|knife|screw|hook|bar|needle|branch|gun|bolt)\\b.{0,16}\\bthrough ${whose} ${limb}\\b|\\b${anyone}(?:'s| is| has)? (?:going|gone) into shock\\b|\\b(?:took|taken|swallowed|had|injected|sniffed|snorted)\\b.{0,12}\\b(?:too many|too much|a lot of) (?:drugs?|pills?|tablets?|ketamine|ecstasy|meth|medicine)\\b|\\b(?:burn\\w*|scald\\w*|steam|boiling|acid|hot oil)\\b.{0,40}\\bskin\\b.{0,14}\\b(?:com|peel|hang|fall|blister|gone)\\w*|\\b(?:his|her|their) ${limb} (?:is |are |looks |must be |seems )?(?:badly |clearly )?(?:broken|snapped|shattered|fractured)\\b|\\b(?:hip|pelvis|skull|collarbone|shin) (?:is |looks )?(?:broken|fractured)\\b|\\bfeel(?:ing)? (?:like )?(?:i'?m |i am )?(?:about to|going to) (?:pass out|faint|black out)\\b`,
    ),
  ],
  [
    'welfare_risk',
    new RegExp(
      `\\b(?:${anyone}|pupils?)\\b.{0,30}\\b(?:up on|on|up to|onto|to) the (?:\\w+ ){0,2}?roof(?:top)?\\b.{0,100}\\b(?:crying|sobbing|in tears|won'?t come (?:down|back)|refus\\w+ to come)\\b|\\b(?:on|along|round) the outside of (?:the |a )?(?:\\w+ )?(?:railings?|rails?|parapet|balustrade)\\b|\\b(?:came|come|checked in|drove|went) (?:here |up |there |up here )?to die\\b(?! (?:for|of))|\\b(?:will|'ll|going to|gonna|wants? to|about to|threat\\w*) (?:just )?(?:take|swallow) all (?:of )?(?:her|his|my|the|their|these|those) (?:\\w+ )?(?:pills|tablets|medicine|medication)\\b|\\bby the time (?:you|anyone|they|u) (?:read|see|get|find|hear)s? this\\b.{0,40}\\b(?:dead|off the|jump\\w*|no longer|gone(?! (?:home|on|to|from)))\\b|\\bnooses?\\b(?! (?:decoration|prop))|\\bending (?:things|it (?:tonight|today|now|all|for good))\\b|\\blast (?:sunset|sunrise)\\b.{0,24}\\b(?:he|she|i|they)\\b`,
    ),
  ],
  [
    'welfare_risk',
    new RegExp(
      `\\bclimbed out(?: on)?(?:to| of| over| through)\\b.{0,30}\\b(?:platform|rack|ledge|canopy|window|balcony|roof|sill|air ?con\\w*)\\b|\\b(?:sent|texted|messaged|left) (?:me|us|everyone) (?:his|her|their) (?:bank |phone )?(?:passwords?|pin|will)\\b|\\bsave (?:my|our) (?:\\w+ )?(?:${smallOnes}|mother|father|mum|mom|dad|wife|husband|brother|sister|friend|baby)\\b(?! (?:a|an|the|some|from having|time|money)\\b)|\\b(?:barefoot|hospital gown|pyjamas|slippers)\\b.{0,40}\\b(?:road|highway|expressway|motorway|flyover|tunnel)\\b|\\b(?:dad|father|mum|mother|stepfather|stepdad|stepmother|uncle|helper|maid) (?:(?:ties|tied|chains|chained) (?:him|me|them|her) (?:up|to)\\b|(?:burns|burnt|beats|whips|starves) (?:him|me|them|her)(?=[,.!]| and| with| every|$))|\\b${anyone}\\b.{0,24}\\b(?:hanging|hangs|dangling|clinging|clings|holding) (?:on )?(?:off|from|by|onto|with|to) (?:on )?(?:the |a |an |his |her )?(?:steel|handrail|railings?|gondola|scaffold\\w*|ledge|gutter|beam|one hand|hands|fingers?|rebar|cliff)\\b(?! (?:when|while|on the bus))`,
    ),
  ],
  [
    'assault',
    new RegExp(
      `\\b(?:is|are|'s|'re|keeps?|started) (?:assaulting|attacking|hitting|punching|kicking|slapping|strangling|choking|stabbing|whipping|stamping on|headbutting) (?:(?:the|an?|our|my|your|one of|another) (?:\\w+ ){0,2}?${anyone}|him|her|people|everyone|staff|anyone|each other|passers)\\b(?! (?:up|with (?:fees|charges|e-?mails?|calls|questions|bills?))\\b)|\\bkeeps (?:on )?(?:hitting|kicking|punching|beating|slapping)(?=[,.!]|$| (?:him|her|me|us|and|please|can)\\b)|\\b(?:bang\\w*|smash\\w*|hit\\w*|beat\\w*|pound\\w*|struck|strik\\w*)\\b.{0,30}\\bwith (?:an? |his |her |the )?(?:\\w+ )?${tool}s?\\b(?!.{0,16}\\b(?:drum|gong|nail)s?\\b)|\\b(?:at|hitting|punching|kicking|beating) each other\\b(?=[,.!]| (?:with|in|at|outside)\\b|$)(?<!(?:shout|look|yell|laugh|smil|swear|bark|honk|wav|star)(?:s|e|es|ed|ing)? at each other)|\\bshout\\w* for (?:the )?(?:police|help)\\b|\\b(?:hold\\w*|held|grab\\w*|got|has)\\b.{0,24}\\bby the (?:collar|throat|neck|hair)\\b`,
    ),
  ],
  [
    'assault',
    new RegExp(
      `\\b(?:cutter|blade|razor|scissors|needle|syringe|screwdriver|glass|bottle)s? (?:on|to|at|against) (?:an?other |the |my |our |his |her |an? )(?:\\w+ ){0,2}?(?:\\w+'s )?(?:neck|throat|face|stomach|${anyone})\\b|\\bat (?:knife|gun|sword)point\\b|\\b(?:pulled|drew|drawn|flashed|produced) (?:out )?an? (?:\\w+ )?(?:cutter|razor|screwdriver|syringe|sickle)\\b|\\b(?:gangs|groups|crowds?) with (?:sticks|bats?|rods|pipes|poles|choppers|hammers|chains)\\b|\\blet go of (?:his|her|my|their|the|a) (?:\\w+'s )?(?:throat|neck|hair|arm|leg)\\b|\\b(?:pushed|pushing|threw|shoved|throwing) .{0,16}\\bdown the (?:stairs|steps|escalator)\\b|\\b(?:is|are|'s|'re|keeps?) (?:twisting|kneeling on|sitting on|dragging|pinning|slamming|stepping on) (?:\\w+ )?(?:\\w+'s )?(?:${limb}|${anyone}|him|her)\\b|\\bset (?:his|her|the|a|their) dogs? on (?:an?|the|my|our|me|us|him|her|people)\\b|\\bspray\\w* .{0,16}\\bin (?:the |his |her |my )?(?:face|eyes)\\b|\\b(?:and he|and she|they|one|gang|thief|robber) (?:has |have |had )?(?:hit|shoved|punched|slapped|pushed|knocked|kicked) (?:out |down |over )?(?:our|my|the) (?:\\w+ )?(?:cashier|clerk|salesgirl|girl|assistant|watchman|shopkeeper|waiter|waitress|teller|attendant)\\b|\\bstranger\\b.{0,40}\\b(?:girls?|boys?|child|children|kids?|daughter|son) (?:in(?:to)?|to) (?:his|a|the|her) (?:\\w+ )?(?:car|van|taxi|toilet)\\b`,
    ),
  ],
  [
    'missing_person',
    /\b(?:students|pupils|kids|children|guests|patients|hikers|residents)\b.{0,16}\b(?:did not|didn'?t|hasn'?t|have not|haven'?t|never|not) (?:come|came|return\w*|get|got) back\b|\b(?:went|gone|go) (?:hiking|running|swimming|jogging|kayaking|diving|fishing|for a (?:walk|hike|run|swim))\b.{0,80}\b(?:should (?:have been|be) (?:back|home)|not back|phone (?:is )?(?:dead|off)|overdue|dark now|(?:isn'?t|hasn'?t|not) (?:back|come|returned))\b|\b(?:autis\w*|disabled (?:man|woman|person|boy|girl|son|daughter|child)|non-?verbal|demented)\b.{0,40}\b(?:ran (?:out|off|away)|bolted|slipped out|got out|got lost|is lost|escaped|wandered)\b|\b(?:took|taken|stole|stolen|wheeled away) (?:the|my|our) (?:stroller|pram|buggy)\b.{0,20}\b(?:baby|child|son|daughter|in it|inside)\b|\b(?:baby|son|daughter)\b.{0,16}\b(?:took|taken|stole|stolen) (?:the|my|our) (?:stroller|pram|buggy)\b|\b(?:came|come|back|returned|home)\b.{0,20}\bwithout (?:my|our|the|his|her) (?:\w+ )?(?:son|daughter|child|kids?|boy|girl|baby)\b|\bpatient\b.{0,40}\bbed (?:is )?empty\b/,
  ],
  [
    'missing_person',
    /\b(?:told|asked|supposed) to wait\b.{0,40}\b(?:isn'?t|is not|aren'?t) (?:there|here)\b|\b(?:niece|nephew|year old|child|son|daughter|boy|girl|toddler|mother|father|mum|dad)\b.{0,12}\b(?:isn'?t|is not|aren'?t) anywhere\b|\b(?:don'?t|do not|can'?t|cannot) see (?:her|him|them) (?:anywhere|any ?more)\b|\b(?:diver|swimmer|kayaker|snorkel\w*|surfer)s?\b.{0,24}\b(?:not|never|n't|didn'?t|hasn'?t) (?:surface\w*|come up|came up|come back|return\w*)\b|(?<!\b(?:found|located|news about|news of) (?:the|our|a) )\bmissing (?:diver|swimmer|hiker|patient|student|pupil|baby|toddler|man|woman)\b(?! (?:card|id|report|locker|records?|list|file))(?!'s|.{0,40}\b(?:came back|located|turned up|returned|is safe)\b)|\b(?:daughter|son|toddler|child|boy|girl|baby|niece|nephew|grand\w+)\b.{0,12}\b(?:got|went|gone|stepped|walked|ran) (?:into|in|up|down|onto) (?:the |a )?(?:lift|bus|train|elevator|escalator) (?:without (?:us|me|her mother|his mother)|alone|by (?:herself|himself))|\b(?:someone|somebody|stranger|man|woman) (?:has |have )?(?:just )?(?:taken|took|stolen|snatched) (?:a|the|my|our) (?:\w+ )?(?:baby|newborn|infant|child|toddler) from (?:the|her|his|my|our) (?:nursery|ward|pram|cot|stroller|hospital|playground|room|arms|buggy)\b/,
  ],
  [
    'suspicious_person',
    new RegExp(
      `\\b(?:stranger|strange (?:man|woman|guy)|weird (?:man|guy)|man|guy|fellow)\\b.{0,24}\\b(?:follow\\w*|lur\\w*|entic\\w*|coax\\w*|lead\\w*) (?:two |some |the |little |young |small |my |our |a )*${smallOnes}\\b.{0,30}\\b(?:into|in|to|towards?|inside|home|around|up)\\b|\\b(?:man|woman|stranger|guy|lady|someone|person)\\b.{0,12}\\b(?:tell\\w*|ask\\w*|offer\\w*|promis\\w*) (?:the |some )?(?:children|kids|girls?|boys?)\\b.{0,24}\\b(?:pupp(?:y|ies)|kittens?|in (?:his|her) (?:car|van))\\b|(?<!\\b(?:stage|prop|starting|replica|toy|water|air) )\\b(?:pistols?|handguns?|revolvers?|firearms?)\\b(?! (?:range|club|shrimp|competition|team|grip))|\\bwires? (?:hang\\w*|com\\w+|stick\\w*|dangl\\w*|show\\w*)\\b.{0,16}\\b(?:from|out of|under) (?:his|her) (?:sleeves?|coat|jacket|vest|belt|shirt)\\b|\\b(?:rope|zip ?ties|handcuffs) and .{0,16}\\bin (?:his|her) (?:bag|car|rucksack|backpack|van)\\b|\\b(?:lying|lies|prone|crouch\\w*|aiming)\\b.{0,40}\\b(?:with a|through a) (?:scope|telescopic)\\b(?! of)|\\b(?:mask|hood|masked|stranger)\\b.{0,16}\\bpour\\w*\\b.{0,30}\\b(?:door|shop ?front|shutter|entrance|letter ?box|along)\\b`,
    ),
  ],
]
