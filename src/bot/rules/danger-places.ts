import type { Category } from '../../core/case/taxonomy.ts'
import { anyone } from './danger-people.ts'

const burns =
  '(?:chair|toaster|kettle|tv|television|fan|lamp|cabinet|meter|transformer|roof|bag|sofa|hood|dryer|washing machine|escalator|generator|pump|projector|speaker|hoverboard|phone|laptop|tablet|wok|pan|stove|bonnet)'
const heavy =
  '(?:trees?|branch|crane|wall|hoarding|pole|scaffold\\w*|sign\\w*|roof|ceiling|gate|slab|billboard|canopy|tent|lamp ?post|statue|rocks?|boulder|shelf|stage|container|load)'
const came =
  '(?: has| have| just| was| is| got)* (?:fell|fallen|falls|come down|came down|blew down|blown down|crashed|collapsed|toppled|landed|tipped|knocked over|dropped|ripped off|tore off|torn off)'
const drop =
  '(?:pit|trench|hole|shaft|quay|pier|cliff|excavation|roof|drop|slope|well|tank|manhole|tunnel|cellar|basement)'

/** What happens to places and things with people in reach of it: fire, lifts, falls, floods, storms, crowds, thieves, bombs. */
export const dangerPlaces: readonly (readonly [Category, RegExp])[] = [
  [
    'fire_smoke_gas',
    new RegExp(
      `^\\W*(?:there'?s |thick |black |so much )*smoke\\b ?!|^\\W*smoke\\b[,.: ]+(?:in |at |on )?(?:the )?(?:tower|block|floor|level|flat|unit|car ?park|kitchen|stair\\w*)\\b|\\bsmoke (?:keeps?|is still|still|just keeps|has started) (?:com|pour|ris|fill)\\w*(?! soon)|\\bsmoke comes? (?:out|from|in|up|through)\\b|\\bburning (?:rags?|tyres?|cloth)\\b|\\b${burns} (?:is|are|has|keeps?|start(?:s|ed)?)(?: \\w+)? smoking\\b|\\b(?:gas|propane|lpg|oxygen|chlorine|ammonia|acetylene) (?:cylinders?|bottles?|tank|canisters?)\\b.{0,40}\\b(?:spray\\w*|spew\\w*|hiss\\w*|leak\\w*|venting|burst|jet\\w*|escap\\w*|whistl\\w*)\\b|\\btanker\\b.{0,20}\\b(?:leak\\w*|spill\\w*)|\\b(?:petrol|fuel|gasoline|thinner|lpg)\\b.{0,50}\\b(?:smoking|lighter|cigarette|matches|sparks?|flames?)\\b|\\b(?:blanket|bed|bedding|sheets?|hair|clothes|shirt|dress|sleeve|tent|stall|hut|cable)(?: is| are| was)? alight\\b`,
    ),
  ],
  [
    'lift_trap',
    new RegExp(
      `\\bin (?:the |a |your |our )?(?:elevator|lift)\\b.{0,6}\\b(?:the )?doors? (?:is |are )?(?:not|won'?t|doesn'?t|can'?t|no|don'?t) open\\w*|\\b(?:no power|power (?:is )?(?:out|off|cut|gone|failure)|black ?out|stopped|stuck|broken|out of (?:service|order))\\b.{0,40}\\b${anyone}\\b.{0,12}\\b(?:in|inside) (?:the |a |this )?(?:lift|elevator|it)\\b(?! (?:lobby|repair))|\\b(?:in|inside) (?:the |this |your )?(?:stopped|stuck|dead|halted|jammed|stalled) (?:lift|elevator)\\b|\\b(?:from|in|inside) (?:a|the|this|your) (?:lift|elevator) (?:that |which |and )?(?:it )?(?:doesn'?t|isn'?t|won'?t|does not|is not) (?:go(?:ing)? anywhere|mov\\w*|budge|open)\\b|\\bopened? (?:on|onto|to) (?:to )?a (?:brick |blank |concrete |bare )wall\\b|\\bdoors? (?:is |are )?(?:trying to |keeps? |kept )?(?:shut\\w*|clos\\w*|slam\\w*) on (?:my|an?|the|his|her|me|us|him|somebody|someone)\\b.{0,40}\\b(?:moving|stuck|trapped|caught|crush\\w*)\\b`,
    ),
  ],
  [
    'hazard',
    new RegExp(
      `\\b${heavy}${came}\\b.{0,16}\\b(?:on|onto|over|into) (?:a |an |the |my |our |two |some |of )*(?:\\w+ )?(?:${anyone}|him|her|us|them|queue)\\b|\\b${heavy}${came}\\b.{0,30}\\b(?:someone|somebody|people|kids|children|passengers|driver|man|woman|guard|worker)\\b.{0,12}\\b(?:inside|in it|under|on board|trapped)|\\b${heavy}${came}\\b.{0,60}\\b(?:under it|inside it|on board)\\b|\\b${heavy}\\b.{0,60}\\bon top of (?:(?:our |my |a |an |the )?${anyone}|him|her|me|us)\\b|\\bcrane\\b.{0,16}\\b(?:dropped|lost|dropping|losing) (?:its|the|a) load\\b|\\b(?:knocked|blown|blew) (?:a |the )?(?:\\w+ )?crane over\\b|\\b(?:floor|ground|staircase|stairs|steps|platform|deck|balcony|stage|footbridge|roof|slab) (?:has |have |just |suddenly )*(?:gave|given|giving|gives) way\\b|\\b(?:hole|sinkhole|crater|gap)\\b.{0,40}\\b${anyone} (?:just |has |have )*(?:went|fell|drove|gone|fallen|rode) in\\b|\\b(?:kids?|child\\w*|boys?|girls?|toddlers?|pupils?|drunk|man|woman)\\b.{0,24}\\b(?:on|at|near|over) the edge of (?:the |a |an )?(?:\\w+ )?${drop}\\b`,
    ),
  ],
  [
    'hazard',
    new RegExp(
      `\\b(?:safety bar|harness|restraint|lap bar)\\b.{0,30}\\b(?:opened|open|broken|snapped|came (?:off|loose|undone)|undone|failed)\\b.{0,40}\\b(?:${anyone}|half out|him|her)\\b|\\btouch\\w*\\b.{0,40}\\b(?:got|get|gets|gave|had)\\b.{0,12}\\bshocks?\\b|\\b(?:kid|child|boy|girl|man|woman|he|she|someone) (?:is |'s )?stuck to (?:it|the)\\b|\\b(?:wrong way|wrong side|against traffic)\\b.{0,40}\\b(?:pedestrians?|kids?|everyone|jump\\w*|scatter\\w*|dodg\\w*)\\b|\\b(?:cobra|viper|python|krait|snake)\\b.{0,16}\\b(?:in|inside|at|on|under)\\b.{0,14}\\b(?:nursery|class\\w*|kindergarten|bedroom|cot|school|bed|toilet|playground|pram|crib)\\b|\\b(?:glass|debris|tiles?|bricks?|concrete|bamboo|stones?|rocks?|bolts) (?:is |are |keeps? |was )?(?:raining|showering|flying)\\b|\\b(?:hot|scalding|boiling) steam (?:is )?(?:everywhere|filling|gushing|pouring|blasting|jetting|shooting)\\b|\\b(?:rope|cable|harness|wire|sling)(?: has| just| have)* (?:snapped|broken|broke|parted|frayed|given way)\\b.{0,60}\\b(?:man|boy|girl|woman|hanging|holding|worker|climber|gondola)\\b`,
    ),
  ],
  [
    'hazard',
    new RegExp(
      `\\b(?:balcony|canopy|stage|stand|scaffold\\w*|facade|footbridge|platform)\\b.{0,24}\\b(?:coming loose|coming away|tilting|tipping|moving under|swaying|sagging)\\b.{0,60}\\b(?:standing|still on|people|on it|under it|playing|inside|band|crowd|jumping|children|kids)\\b|\\b(?:slide|swing|ride|carousel|coaster|escalator|wave|bus)\\b.{0,16}\\b(?:threw|thrown|throws|flung|tossed|hurled)\\b.{0,12}\\b${anyone}\\b|\\b(?:blind|deaf|drunk|confused|elderly|old|toddler|child|little|disabled|wheelchair|baby|boy|girl)\\b.{0,24}\\bin the middle of the (?:road|driveway|street|highway|carriageway|tracks?|junction|ramp)\\b|\\b(?:cars?|traffic|vehicles|trucks) (?:are |is )?(?:whizz\\w*|swerv\\w*|speeding|racing|rushing) (?:past|around|by|round) (?:him|her|them|us|me)\\b|\\b(?:floor|puddle|metal|railing|shower|pool) (?:is|feels) (?:live|electrified)\\b(?! stream)|\\barcing\\b`,
    ),
  ],
  [
    'water_leak',
    new RegExp(
      `\\b(?:water|leak|drip\\w*|rain)\\b.{0,30}\\b(?:light\\w*|lamp|fuse ?box|racks?)\\b.{0,30}\\b(?:flash\\w*|spark\\w*|crackl\\w*|shock)\\b|\\b(?:ceiling|roof)(?: has| have| is)? (?:caving|caved|come down|coming down)\\b|\\b(?:mattress|beds?|cots?|wheelchairs?) (?:is |are )?float\\w*|\\b(?:filling|flooding|fills?|flood\\w*|full)\\b.{0,40}\\b(?:${anyone}|bedridden)\\b.{0,20}\\b(?:still inside|inside|in (?:bed|beds)|down there|below)\\b|\\bbedridden\\b.{0,60}\\b(?:water|flood\\w*|filling)\\b|\\bjets? of water\\b.{0,60}\\b(?:wider|through)\\b|\\b(?:gush|pour|stream|jet|cascad)\\w*\\b.{0,24}\\b(?:light fittings?|lights|lamps?|sockets?|switch\\w*)\\b|\\bwater (?:level )?(?:is|keeps) (?:still )?rising\\b|\\bat (?:my|our|his|her|their) (?:knees?|waist|chest|neck) and rising\\b|\\bwater (?:is )?(?:up to|over|above) (?:my|our|his|her|their) (?:knees?|waist|chest|neck|heads?)\\b|\\b(?:nullah|river|stream|reservoir)\\b.{0,16}\\b(?:burst|overflow\\w*|over) (?:its|the) banks?\\b`,
    ),
  ],
  [
    'weather',
    /\b(?:wind|storm|gale|gusts?|typhoon|tornado|waves?)\b.{0,24}\b(?:tear\w*|torn|rip\w*|blew|blow\w*|knock\w*|push\w*|took|taken|lift\w*|hurl\w*|threw|flip\w*|swe[ep]\w*|wash\w*)\b.{0,60}\b(?:people|persons?|inside|someone|kids|children|him|her|us|man|woman|residents|ladder|crane)\b|\b(?:blowing|blown|flying) away with\b.{0,8}\b(?:people|him|her|kids|us|someone)\b|\b(?:roof|wall|tent|windows?)(?: is| was| has| has been| got)? (?:blown|ripped|torn|peeled) (?:off|away|in)\b.{0,30}\b(?:inside|kids|people|someone|children|us)\b|\b(?:panes?|windows?) (?:are |is )?(?:bursting|shattering|exploding)\b|\b(?:thunder\w*|lightning)\b.{0,50}\b(?:won'?t leave|still (?:in|on)|up on|all round us|striking)\b|\b(?:slope|hill(?:side)?|hut|shed|retaining wall|mud|earth)\b.{0,24}\b(?:is|has|have|are|started|starting) (?:\w+ )?(?:to )?(?:slid\w*|sliding)\b|\b(?:stuck|trapped|stranded) in (?:their|his|her|my|our|the) (?:cars?|vans?|bus|vehicles?)\b.{0,40}\b(?:flood\w*|rising)\b|\b(?:can'?t|cannot) (?:walk|stand|get back) against the (?:wind|gale|storm|current|gusts?)\b|\b(?:hikers?|campers?|people|kids) in the (?:stream|nullah|river|waterfall)\b|\bcapsiz\w*|\b(?:boats?|canoes?|kayaks?|dinghy|sampan)\b.{0,16}\b(?:turned over|overturn\w*|sinking|sank|upside down)\b/,
  ],
  [
    'crowd',
    /\b(turned|turning|turns) into a riot\b|\brioting\b|\bthey (are )?(all )?(walk|step|tread|trampl)(ing|e)? (on|over) (her|him)\b|\boff (her|his|my|our|their) feet by the (crowd|people|fans)\b|\bcrowd\b.{0,24}\boff (her|his|my|our|their) feet\b|\b(slip|fall|push|shov|spill)\w*\b.{0,16}\b(onto|on to) the (tracks?|rails|line)\b|\b(can'?t|cannot|couldn'?t) (get|draw) (any )?(air|breath)\b/,
  ],
  [
    'theft',
    /\b(grabbed|snatched|ripped|tore|pulled|yanked|stole|stolen)\b.{0,8}\b(my|his|her|our|an? \w+( \w+)?'s|the)\b.{0,16}\b(handbag|bag|necklace|chain|phone|purse|wallet|earrings?|watch|backpack|laptop)\b.{0,50}\b(running|escaping|(on|down) (the|a) (escalator|footbridge|bridge|stairs|scooter)|stop (the|him|her|that|them)|circling|chas\w*)\b|\bearrings? off (an?|my|her|the)\b|\b(handbag|bag|phone|purse|wallet|necklace|chain) (was|has been|got|just) (just )?(snatched|grabbed|ripped|torn)\b|\bstop the (guy|man|woman|thief|boy) (in|with) (the |a )?(\w+ )?(cap|jacket|shirt|hoodie|hat|mask|helmet|bag)\b|\b(?<!\b(?:team|staff|guards?|officers?|company) )(is|are|'re|'s) (just |still |now )?stealing\b(?! (the show|my heart|our hearts|time))(?!.{0,60}\b(every|each|always|daily|most days)\b)|\bcutting the (copper|cables?)\b|\bthieves (in|inside|at|on|are|loading|running|breaking)\b|\bcar-?jack\w*|\b(van|car|bus|taxi|lorry|truck|courier|driver)\b.{0,20}\bhijack\w*/,
  ],
  [
    'theft',
    /\bdemanded my (phone|watch|wallet|money|cash|purse|jewel\w*)\b(?! (number|back))|\b(my|our) (bag|pocket|backpack|purse|handbag) is being (cut|opened|slashed|pulled)\b|^\W*my (necklace|bag|phone|handbag|chain|purse|wallet) ?!|\b(carrying|dragging) (off |away )?(our|my|his|her|the) (safe|till|atm|cash register|cash box)\b|\bgrabbing the (cash|till|money|jewel\w*)\b|\b(they'?re|they are) not (ours|our (staff|people|men))\b|\b(we're|we are|i'm|i am|they're|they are) locked in the (back|store|staff|cold|\w+) room\b|\bwith (\w+ )?bottles and he (hit|punched|pushed)\b/,
  ],
  [
    'intruder',
    /\b(?:strangers?|prowlers?|gang|thieves) (?:has|have|is|are) (?:just |now )?(?:broken|breaking) into\b|\b(?:door|lock|window|gate|shutter|safe) (?:is )?being (?:picked|drilled|cut|opened|broken|tampered)\b|\bforced (?:his|her|their) way (?:in|into|past|through)\b|\b(?:camera|cam|cctv)\b.{0,40}\b(?:men|man|people|someone|somebody|woman|stranger|figure)s?\b.{0,20}\b(?:inside|carrying|breaking)\b.{0,12}\b(?:my|our|his|her)\b|\b(?:men|people|women|blokes|guys)\b.{0,8}\b(?:inside|in) (?:my|our) (?:flat|home|house|unit|office|shop|dorm\w*|store)\b(?!.{0,40}\b(?:repair\w*|paint\w*|work\w*|fix\w*|clean\w*)\b)|\b(?:unknown|strange|unfamiliar|homeless|naked|creepy) (?:man|men|woman|guys?|bloke|fellow|person|people|youths?)\b.{0,20}\b(?:in|inside|into) (?:the |our |my |a )?(?:\w+'? )?(?:nursery|dorm\w*|ladies|women'?s|girls'?|quarters|ward|kindergarten|classroom|changing room|data cent\w*|server room|bedroom|apartment|flat|house)\b|\b(?:man|woman|guy|someone|somebody|drunk|stranger|bloke|people) (?:that |who )?(?:i|we) don'?t know\b.{0,40}\b(?:in|inside|into)\b.{0,4}\b(?:my|our)\b/,
  ],
  [
    'intruder',
    /\b(?:came|come|got|get|returned) (?:back )?home\b.{0,30}\bdoor (?:is|was|stands?)? ?(?:wide )?(?:open|forced|ajar|unlocked|broken)\b.{0,60}\b(?:hear|voices|talking|inside)\b|\b(?:man|woman|someone|somebody|stranger|guy)\b (?:is )?(?:under|behind|inside|in) my (?:bed|wardrobe|closet|cupboard|shower|curtains?)\b|\b(?:someone|somebody|man|men|people|figure)\b.{0,12}\bwith (?:a )?(?:torch|flashlight|crowbar|balaclava)\w*\b.{0,30}\b(?:walking|inside|in there|moving|in our|in my)\b|\b(?:teens?|teenagers?|kids?|boys?|girls?|youths?|man|woman|someone|stranger)\b.{0,40}\b(?:up|climb\w*) (?:on |up |onto |over )*(?:the |a )?(?:tower )?(?:crane|pylon|mast|gantry)\b|\blet (?:themselves|himself|herself) in\b.{0,60}\b(?:don'?t know|hiding|strangers?|no idea)\b|\bmasked (?:people|youths?|boys|figures?|robbers?)\b(?! (?:ball|dance))|\bpushed past the (?:turnstile|guard|gate|barrier)\b.{0,60}\b(?:shouting|looking for|on our floor|inside|upstairs)\b/,
  ],
  [
    'bomb_threat',
    /\b(parcel|package|envelope|letter|box|basket|hamper|jiffy bag)\b.{0,60}\b(almonds?|feels? something move|something mov\w*)\b|\bphone (is )?(taped|strapped|wired)\b|\b(petrol|fuel) smell\b|\b(shell|mortar|ordnance|grenade)\b.{0,60}\b(rusty|fuse|wartime)\b|\bunexploded\b|\b(leave|get out|go|run|evacuate|clear out)( now)? or (you|we|they|everyone|everybody|all)\b.{0,16}\b(die|dead|go up|burn|blow\w*|killed|pay)\b|\bdynamite (in|under|on|at|sticks?)\b|\b(sticks? of|some|there'?s) dynamite\b|\bmolotov\w*|\bpetrol bombs?\b|\bnails and wires\b|\bwires and (nails|batter\w*|a (clock|phone|timer))\b|\btape and a (clock|timer|phone)\b/,
  ],
]
