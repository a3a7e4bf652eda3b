import type { Category } from '../../core/case/taxonomy.ts'

/** Words that mean danger now unless their context says otherwise, by what is in danger. Gaps are bounded on purpose. */
export const dangerEnglish: readonly (readonly [Category, RegExp])[] = [
  [
    'fire_smoke_gas',
    /\b(curtains?|sofa|bed|mattress|carpet|rug|cushion|blanket|roof|tree|bin|awning) (is |are )?(now |still )?burns?\b|\bon fire\b|\bfire\b|\bflames?\b|\bablaze\b|\bburning (smell|plastic|rubber|wire)|\bsmell\w* .{0,12}(burn|burnt|burning|smoke|gas|petrol|chemical)/,
  ],
  [
    'fire_smoke_gas',
    /\b(thick|black|white|grey|lots? of|heavy|much|some|there'?s|is) smoke\b|(?<!\b(can|may|i|we|you|they|workers|people|to|who|staff) )\bsmoke (is |are )?(coming|everywhere|in|from|filling|rising|on|out|pouring|billowing|inside|at|outside)\b|\bsmok(e|ey|y)\b.{0,30}\b(alarm|corridor|lobby|floor|flat|room|stair\w*|hallway|kitchen|car ?park|lift)\b/,
  ],
  [
    'fire_smoke_gas',
    /\b(hazy|haze|smoky|smokey|fumes?)\b|\beyes?\b.{0,18}\b(sting|stinging|burn|burning|watering|hurt|itch|sore)|\b(sting|burn|irritat)\w*.{0,12}\beyes\b|\bthroats?\b.{0,14}\b(burn|itch|sting|scratch)\w*/,
  ],
  [
    'fire_smoke_gas',
    /\bgas (leak|smell|is leaking|escaping)|\bleak\w* gas\b|\bsmell\w* gas\b|\bexplo(sion|d(e|ed|ing))\b|\bsparks?\b|\bsparking\b|\bcarbon monoxide\b|\bfire ?alarm\b.{0,14}\b(ringing|sounding|going off|went off|is on)|\bchemical (leak|spill)/,
  ],
  [
    'medical',
    /\bunconscious\b|\bpass(ed|ing) out\b|\bfaint(ed|ing|s)?\b|\bcollapsed?\b|\bcollapsing\b|\b(not|isn'?t|stopped|stop|no longer) breath\w*|\b(can'?t|cannot|cant|couldn'?t|hardly|barely|struggling to|unable to) breathe?\b|\b(difficulty|trouble|problems?|hard) (in )?breath\w*|\bshort(ness)? of breath\b/,
  ],
  [
    'medical',
    /\bchest pains?\b|\bpain in (his|her|my|the) chest\b|\bchest (hurts|is tight|tightness)|\bheart attack\b|\bcardiac\b|\b(a|having|had) stroke\b|\bseizures?\b|\bconvuls\w+|\bchok(e|es|ing)\b|\bbleed(s|ing)?\b|\bblood\b|\boverdos\w+|\bunresponsive\b|\bnot (moving|responding|waking|conscious|reacting)\b|\b(won'?t|doesn'?t|can'?t|cannot|not) (wake|respond|move|get up)\b/,
  ],
  [
    'medical',
    /\bno pulse\b|\b(doing|giving|needs?|start\w*|performing) cpr\b|\b(need|call|send|get|want)\w* .{0,12}\b(ambulance|paramedics?|first aid(er)?|aed|defibrillator)\b|\banaphyla\w+|\ballergic (reaction|shock)|\bwater broke\b|\bgiving birth\b|\bin labou?r\b|\bbroke(n)? (his|her|my|a|an|their)? ?(leg|arm|hip|ankle|wrist|neck|back|bone)\b|\belectric shock\b|\belectrocut\w+|\b(badly|seriously|severely) (hurt|injured|burn\w*|cut)\b|\bhead (injury|wound)\b|\b(hit|banged|cracked|cut) (his|her|my|their) head\b|\blips? (are |is )?(turning )?blue\b|\bturning blue\b|\bface .{0,10}droop\w*|\bslurr\w+ speech\b|\bspeech .{0,6}slurr\w+/,
  ],
  [
    'medical',
    /\b(fell|fallen|tripped|slipped|falling)\b.{0,40}\b(can'?t|cannot|cant|unable|won'?t|blood|head|hurt|injur\w+|pain|stairs|escalator|not moving|ladder|roof|height|on the (floor|ground))\b|\b(lying|laying|lies) (on|in|at) .{0,24}(floor|ground|stair\w*|corridor|lobby|road|toilet|car ?park|pavement|landing)\b|\bperson down\b|\bman down\b(?! for)/,
  ],
  [
    'welfare_risk',
    /\bsuicid\w+|\bkill (my|him|her|them)sel(f|ves)\b|\bend(ing)? (my|his|her|their|it) (own )?(life|lives|all)\b|\b(want|wants|wanna|going|threatening|trying|ready) to (die|jump|end it)\b|\bjump(ing)? (off|from|down)\b|\babout to jump\b|\bself.?harm\w*|\b(cut|cutting|hurt|hurting) (my|him|her|them)sel(f|ves)\b|\b(don'?t|doesn'?t|not) want to (live|be alive|go on)\b|\bno (reason|point) (to|in) liv\w+|\bbetter off dead\b/,
  ],
  [
    'welfare_risk',
    /\b(standing|sitting|sits|stands|climb\w*|perched|hanging|leaning|balanc\w+|dangling)\b.{0,24}\b(ledge|edge|railings?|parapet|roof ?top|roof|balcony|window ?sill|outside the window|out of the window|over the wall)\b|\b(baby|child|toddler|kid|dog|infant|elderly)\b.{0,30}\b(locked|left|alone|trapped)\b.{0,20}\b(car|vehicle|balcony|oven|van|bathroom)\b|\blocked (himself|herself|myself|themselves)\b/,
  ],
  [
    'assault',
    /\b(being|been|getting|got|was|is|are) (attacked|beaten|stabbed|chased|assaulted|robbed|mugged|strangled|dragged|hit|punched|kicked|slashed|followed|stalked|held)\b|\battack(ing|ed|s)? (me|him|her|us|a|an|my|the|people|someone|somebody)\b|\bbeat(ing|s)? (me|him|her|a|an|my|the|up|people|someone|each)\b|\bstabb?(ed|ing|s)?\b|\bkni(fe|ves)\b|\bguns?\b|\bgunshots?\b|\bshots? (fired|heard)|\bshooting\b|\bweapons?\b|\bmachete\b|\bchopper\b|\bcleaver\b|\bcrowbar\b|\bacid\b/,
  ],
  [
    'assault',
    /\bfight(s|ing)?\b|\bbrawl\w*|\bscuffle\b|\bpunch(ing|es|ed)?\b|\bkicking (me|him|her|a (man|woman|boy|girl|guard|lad)|my|the (man|woman|guard|door))|\b(hit|hits|hitting|slapp(ed|ing)|grabb(ed|ing)|chok(ed|ing)|push(ed|ing)) (me|him|her|us|my (wife|husband|son|daughter|kid|child|mother|father)|a (woman|man|girl|boy|lady|guard|resident))\b|\bstrangl\w+|\bthreaten(s|ed|ing)? (to (kill|stab|hurt|beat|shoot|burn|attack|rape)|me|us|him|her|my|the|people|everyone|staff|with)\b|\bkidnap\w*|\babduct\w*|\brap(e|ed|ing)\b|\bsexual(ly)? assault\w*|\bmolest\w*|\bhostage\b|\b(going|gonna|wants|trying) to (kill|hurt|stab|attack) (me|him|her|us|my|someone|people|you|everyone)\b|\bkill(ing)? (me|him|her|us|someone|everyone)\b|\bscreaming\b|\bscreams?\b|\bcrying for help\b|\bchasing (me|him|her|a)\b|\bfollowing me\b/,
  ],
  [
    'intruder',
    /\b(is|are|someone|somebody|man|men|people|person|they|he|she)\b.{0,20}\b(breaking|broke|broken|break) (in|into)\b|\bbreak(ing)?[ -]in\b|\bintruders?\b|\bburglars?\b|\bburglary\b|\b(trying|tries|try|attempting) to (open|force|get in|get into|enter|break|unlock|climb)\b|\b(pry|prying|forc\w+|kick\w+|smash\w+|pick\w+|jimmy\w*) (open |down |in )?(my|the|our|a) (front |back |main )?(door|lock|window|gate)\b|\bstrang(er|e man|e person)s?\b.{0,24}\b(in|inside|entered|into) (my|our|the) (flat|unit|house|home|apartment|room|office)|\bsome(one|body) (is )?(inside|in) (my|our) (flat|unit|house|home|apartment|room|office|bedroom)\b|\bclimb(ed|ing|s)? (in|into|up|through|over)\b.{0,30}\b(window|balcony|scaffold\w*|wall|fence|flat)\b|\brobbery\b|\brobbing\b|\bhold.?up\b/,
  ],
  [
    'bomb_threat',
    /\bbombs?\b|\bexplosives?\b|\bdetonat\w+|\bgrenade\b|\b(suspicious|strange|weird|unknown|odd|unattended|abandoned) .{0,12}(package|parcel|bag|box|object|device|suitcase|backpack|luggage|briefcase|envelope)\b|\b(bag|package|parcel|box|suitcase|backpack|luggage|case)\b.{0,40}\b(ticking|beeping|wires?|nobody|no one|unattended|no owner|left (behind|alone))|\bticking\b|\bwhite powder\b|\bblow (up|it up|the|this)\b/,
  ],
  [
    'missing_person',
    /\b(son|daughter|child|children|kid|boy|girl|toddler|baby|mother|father|mum|mom|dad|grand\w+|granny|husband|wife|elderly|old (man|lady|woman)|uncle|aunt|nephew|niece|brother|sister|pupil|student|patient|year.?old)\b.{0,40}\b(missing|lost|disappear\w*|wander\w*|vanish\w*|(is|has|are|'s) gone|(can'?t|cannot|cant|couldn'?t) (be )?(find|found|see|locate)|(not|hasn'?t|never|didn'?t) (come|came|return\w*|seen|get|got) ?(back|home)?|separated|ran (off|away)|nowhere|out of sight)\b/,
  ],
  [
    'missing_person',
    /\b((can'?t|cannot|cant|couldn'?t) (find|see|locate)|lost( sight of)?|missing|looking for|separated from|search(ing)? for|lost track of|got away from)\b.{0,14}\b(my|our|a|an|her|his|the|little|young|small|old|elderly|two|three|four|five|six)\b.{0,16}\b(son|daughter|child|children|kid|boy|girl|toddler|baby|mother|father|mum|mom|dad|grand\w+|granny|husband|wife|elderly|year.?old|nephew|niece|brother|sister|old (man|lady|woman))\b|\bmissing (child|person|boy|girl|kid)\b|\blost (child|kid|boy|girl)\b|\bdementia\b.{0,40}\b(gone|missing|left|wander\w*|lost|out|where)\b/,
  ],
  [
    'lift_trap',
    /\b(stuck|trapped|stranded|caught|locked|jammed|shut|stopped)\b.{0,14}\b(in|inside|between)\b.{0,14}\b(lifts?|elevators?|floors)\b|\b(lift|elevator)s?\b.{0,40}\b(trapped|stuck|stopped|stranded|jammed|won'?t open|not opening|can'?t get out|cannot get out|(people|person|someone|we|me|us|kids?|child|man|woman|lady) (are |is |am )?(inside|in it|in there))\b|\btrapped\b|\b(can'?t|cannot|cant|unable to) get out\b|\blocked in(side)?( the| a| my)? (room|lift|stair\w*|office|toilet|plant|store\w*|roof|garage|car|$)/,
  ],
  [
    'hazard',
    /\b(about|going|ready|gonna|looks? like it (will|might|is going)) to (fall|collapse|come (down|off|loose)|drop|topple|explode|snap|burst)\b|\b(falling|fell|falls|dropping|dropped|raining|coming down)\b.{0,24}\b(debris|glass|concrete|tiles?|plaster|bricks?|scaffold\w*|bamboo|objects?)\b|\b(debris|glass|concrete|tiles?|plaster|bricks?|scaffold\w*|bamboo|facade|canopy|ceiling|window)\b.{0,24}\b(falling|fell|fallen|dropping|collaps\w+|came down|coming down|hanging|dangling|swaying|loose over)\b|\blive (wire|cable)|\bexposed (live )?(wire|cable)s?\b|\bdrown\w*|\b(run|ran) over\b|\bknocked down\b|\bhit by (a|an|the) (car|van|lorry|truck|taxi|bus|bike|vehicle|motor\w*)\b|\b(car|van|lorry|truck|taxi|vehicle|bus) (has |just )?(hit|crash\w*|knock\w*|ran|ploughed|rammed)\b|\bcrash(ed)? into\b|\b(electric\w*|socket|power|switch|meter|cable|wir\w+|plug)\b.{0,30}\b(water|wet|flood\w*|soak\w*)|\b(water|flood\w*)\b.{0,40}\b(electric\w*|sockets?|switch ?(room|board)?|meter|cables?|plugs?)\b|\brising (fast|quickly)\b/,
  ],
  [
    'crowd',
    /\bstampede\b|\bcrush(ed|ing)?\b.{0,30}\b(people|crowd|gate|door|barrier|exit)?\b|\bpeople\b.{0,20}\b(falling|trampl\w+|squashed|can'?t move|cannot move|being pushed|panicking)\b|\btrampl\w+/,
  ],
  [
    'general_info',
    /\bhelp me\b(?! (to |with|carry|lift|find|move|book|register|check|get|understand|out with|open|please with|a |in |on |print|change|look|add|up))|\bhelp!|\bhelp help\b|\bsos\b|🆘|\bmayday\b|\b(this is|it'?s|it is|an|have|real|medical) (an )?emergency\b(?! (exit|contact|number|light|plan|door|stair|procedure|phone|hotline|drill|call|button))|^emergency\b|\blife.?threatening\b|\bdying\b|\bdead (body|man|woman|person)\b|\b(he|she|man|woman|person|someone|they|body)( is|'s| are| looks) dead\b|\blying dead\b|\b(in|real|great|immediate) danger\b|\bsave (me|us|him|her)\b|\b(call|need|send|get) (the )?(police|999|cops|fire ?brigade|fire services?) (now|asap|immediately|quick\w*|right|please|urgent\w*)/,
  ],
  [
    'fire_smoke_gas',
    /\b(can'?t|cannot|can hardly|can barely|hardly|barely) see (across|the end|anything|my hand|through|in front|where)|\b(everyone|everybody|people|we|all of us|staff|kids|residents|three of us|both)\b.{0,24}\b(cough\w*|chok\w*|dizzy|lightheaded|light-headed|feel(ing)? (sick|faint|ill|dizzy|unwell)|vomit\w*|nause\w*|headaches?)|\b(caught|catching) (fire|alight)\b|\b(smoulder|smolder|crackl|sizzl)\w*|\b(glowing|red) hot\b|\bglow\w* red\b|\bmelting\b.{0,20}\b(plug|socket|wire|cable|plastic)|\b(plug|socket|battery|charger|cable|wire|fuse ?box)s?\b.{0,30}\b(smok\w+|burn\w*|melt\w*|glow\w*|swell\w*|hot|hiss\w*)|\b(door|handle|wall|floor) (is|feels|are) (very |really |so )?hot\b/,
  ],
  [
    'medical',
    /\b(numb|paraly[sz]ed|limp)\b|\b(can'?t|cannot|can not|doesn'?t|no longer) feel (his|her|my|their|anything|any)|\b(foam\w*|froth\w*) (at|from)\b|\bthroat\b.{0,16}\b(clos\w*|swell\w*|swollen)|\b(tongue|lips?|face)\b.{0,12}\b(swell\w*|swollen)|\b(swallow\w*|drank|ate|ingested)\b.{0,16}\b(bleach|battery|pills?|poison|cleaner|detergent|tablets?|chemical|magnet)|\b(heat ?stroke|hypo\w*glyc\w+|insulin|diabetic)\b|\b(talking nonsense|not making sense|makes no sense|delirious|incoherent|mumbl\w+|confused and|shaking and|and confused)\b|\b(gone|went|going|looks?|turned|is) (very |all |completely )?(pale|blue|grey|gray|limp|cold and)\b|\b(finger|hand|arm|leg|foot|hair|head|skirt|scarf|sleeve|toe)s?\b.{0,16}\b(caught|stuck|trapped|jammed|crushed|severed|cut off|pinned)|\bkeel(ed|ing) over\b|\bblack(ed|ing) out\b|\bdrop(ped|s) (to|on) the (floor|ground)\b|\bdropped off (the|a) (scaffold\w*|roof|ladder|wall)|\bcame off (the|a|his|her) (scaffold\w*|ladder|bike|motor\w*|roof)|\bpinned (against|under|beneath|between|to)\b|\btrapped under\b|\b(bit|bitten|biting|mauled|mauling) (by|a|me|him|her|my|people|someone)\b|\b(contractions|miscarr\w*)\b|\bpregnan\w+.{0,20}\b(bleed\w*|pain|fell|faint\w*|contraction\w*)/,
  ],
  [
    'welfare_risk',
    /\b(finish|end) it( all)?\b|\bi('m| am) finished\b|\bnothing (left )?to live\b|\b(said|says|saying|sent|texted|posted|left|wrote)\b.{0,20}\b(goodbye|farewell|suicide note|final (message|note)|last words)\b|\bgoodbye (everyone|all|world|forever)|\bwrong side of the (barrier|rail\w*|fence|wall|bridge)|\bcan'?t (go on|take (it|this) any ?more|do this any ?more|cope any ?more)\b|\b(strapped|sleeping|asleep|left|alone|shut) in (a|the|an)( \w+)? (car|vehicle|van)\b|\b(baby|infant|toddler|child|kid)\b.{0,24}\b(in|inside) (a|the|an)( \w+){0,2} (car|vehicle|van)\b.{0,40}\b(windows?|hot|alone|nobody|no one|no adult|locked|shut)|\b(burn\w*|lit|lighting) charcoal\b|\b(moan\w*|groan\w*|faint (cries|voice)|cries?) (from|inside|behind|coming)/,
  ],
  [
    'assault',
    /\b(trail|tail|stalk|follow)(ing|ed|s)? (me|her|him|us|my (daughter|son|wife|mother|sister))\b|\b(i'm|i am|we are|we're|she is|she's|he's) hiding\b|\bhid(den|ing)? (in|under|behind) (a|the|my|our)\b.{0,40}|\b(throttl|slash|headbutt)\w*\b|\bstamping\b|\bstamp(?:s|ed)?\b(?= (?:on|onto|all over|down|him|her|me|my|his|their)\b)|\b(won'?t|not|refuses? to|doesn'?t) let (me|her|us|him) (go|leave|out)\b|\bhold(s|ing) (a|me|her|him) (woman|girl|man|boy|hostage|against|down|by)\b|\b(wav|swing|brandish|point)(es|ing) (a|an|his|her|something)\b|\b(blade|hammer|axe|iron bar|broken bottle|sword)\b|\b(beg\w*|plead\w*|cry\w*|shout\w*|yell\w*|scream\w*)\b.{0,24}\b(to stop|stop (it|hitting)|for help|let me go|get off)|\bthuds?\b|\bkicking (a|the) \w+ (on the ground|on the floor|in the head)\b|\b(kick|punch|hit|beat)(ing|s)? (a|an|the|some|another) (\w+ )?(man|woman|boy|girl|lad|kid|guard|driver|cleaner|person|resident|guy|lady|child|teen\w*|tenant|rider)\b|\bspiked? (my|her|his) drink|\bpull(ed|s|ing)? a (knife|gun|blade|weapon)\b|\bstick-?up\b/,
  ],
  [
    'intruder',
    /\b(jemm|jimm|crowbar)\w*\b|\b(footsteps|voices|movement|noises?)\b.{0,24}\b(inside|in (our|my|the) (flat|shop|office|house|unit|store|room))|\breach(ing|ed) through (my|the|our) \w*|\b(they|he|she|someone|somebody|still) (are |is |'s )?(still )?in there\b|\bglass (break|breaking|smash\w*)\b|\b(door|window|lock) (was |has been |is )?(forced|smashed|kicked in|broken)\b.{0,40}\b((?<!\bfor )now|inside|hear|still)\b/,
  ],
  [
    'bomb_threat',
    /\bevacuate or\b|\bgoes? (off|up) at\b|\bgo(ing|es)? to (explode|blow|go off)\b|\bwires? (poking|sticking|coming|hanging|showing|out)|\bblown? (up|to)\b/,
  ],
  [
    'missing_person',
    /\b(toddler|child|kid|boy|girl|son|daughter|schoolgirl|schoolboy|little one|baby)\b.{0,40}\b(vanish\w*|sobbing|crying|all alone|by (himself|herself|itself)|on (his|her|its) own|slipped (out|away)|snatched|taken by)|\b(dementia|alzheimer\w*|confused)\b.{0,60}\b(slipped|walked|wander\w*|gone|out|missing|street|pyjamas|home|bus)|\b(vanished|disappeared)\b.{0,20}\b(from|in) the (shop|mall|podium|playground|crowd|lobby|garden)/,
  ],
  [
    'lift_trap',
    /\b(shut|stuck|trapped|caught|locked|jammed) in(side)? (the |a |this |our |your )?\w{0,10} ?(lift|elevator)|\b(lift|elevator)\b.{0,30}\b(halted|died|dropped|plunged|jolted|froze|packed up)\b.{0,40}\b(us|we|me|inside|with|people|of us)/,
  ],
  [
    'crowd',
    /\b(barrier|fence|railing)s?\b.{0,16}\b(gave way|collaps\w*|broke)|\btoppl\w+ (on|over) (one|each|people)|\bon top of (each |one an)other\b|\bsquash\w*\b.{0,20}\b(people|child\w*|against)/,
  ],
  [
    'hazard',
    /\bpower ?lines?\b|\b(won'?t|will not|not going to) hold\b|\b(cladding|sheet of|panel|sign|crane|hoarding|billboard)\b.{0,40}\b(flapp\w*|swing\w*|fall\w*|hang\w*|com(e|ing) (down|off))|\broll(ed|ing) (back|away|down)\b.{0,30}\b(man|woman|person|people|pinned|hit|towards)|\bin trouble in the (water|pool)|\b(drain|manhole|shaft|hole)\b.{0,20}\b(child|kid|man|woman|someone|person) (fell|inside|in it)|\b(child|kid|man|woman|someone|person|boy|girl) (fell|is) (in|into|down) (a|the) (drain|manhole|shaft|hole|pool|pit|fountain)/,
  ],
  [
    'fire_smoke_gas',
    /\b(is|are|something|something's|'s|was|wires?) burning\b|\b(full of|filled with|filling with|lots? of|quite a lot of|clouds? of|plumes? of) (thick |black |white )?smoke\b|\b(charger|battery|van|car|engine|light|lamp|socket|machine|oven|bin|aircon|vent|panel|motor|scooter|bike|lift|box|heater|computer|printer|fridge|cooker)\b.{0,24}\bsmok(ing|es)\b|\brotten eggs?\b|\bhissing\b|\bsmell?\w* (of |like )?(gas|burn\w*|smoke|petrol|rubber)\b|\bfire{2,}\b|\bfirr+e\b/,
  ],
  [
    'welfare_risk',
    /\b(cut|cutting|slit|slitting|slashed) (her|his|my|their) (wrists?|arms?|throat)\b|\b(too many|bottle of|handful of) (pills|tablets)\b|\bpills\b.{0,20}\bready\b|\b(on|along) the (parapet|ledge)\b|\b(at|over) the edge\b|\bnothing matters\b|\bit is over for me\b|\b(want|need) everything to stop\b|\blost everything\b/,
  ],
  [
    'assault',
    /\b(hit|hitting|beat|beating|punch|punching|kicking|slapping|choking|hurting) (his|her|their|the|a|another|my) (\w+ )?(wife|husband|girlfriend|boyfriend|son|daughter|mother|father|kids?|child|children|partner|helper|maid|baby|dog)\b|\btrying to (grab|touch|drag|pull|take|lead|kidnap)\b|\bshots (in|from|near|at|outside)\b|\bdrag\w* .{0,16}\b(into|to|towards|inside) (a|the|his)\b|\bwalk(s|ing) behind me\b|\b(he|she|they)('ll| will| is going to|'s going to) (finish|hurt|kill|get|stab|find) (me|us|him|her|everyone)\b|\bhurt everyone\b|\b(pour\w*|splash\w*)\b.{0,30}\b(lighter|petrol|gasoline|thinner|matches)|\b(petrol|gasoline|thinner)\b.{0,24}\b(lighter|matches|everywhere|on (him|her|my))/,
  ],
  [
    'intruder',
    /\b(trying|twisting|turning|rattling|shaking|fiddling with|pulling) (at |on )?(my|our|the) (front |back )?(door|handle|knob|lock|window)\b|\bsteps inside\b|\bthief\b(?!.{0,20}\blike\b)(?<!like a thief)|\bgot in (through|by) (the|a|my|our)\b|\bopening (the )?(units|flats|doors|lockers) (with|on|one)\b|\b(snatch\w*|grabbed) my (bag|phone|necklace|purse|wallet|handbag)\b|\bmugg(ed|ing|er)\b|\bsmashing (the |car |shop |our |my )?(windows?|doors?|glass|display)/,
  ],
  [
    'bomb_threat',
    /\bleft (a|his|her|the) (bag|case|box|parcel|suitcase|backpack|package)\b.{0,30}\b(ran|run|fled|hurried|legged|walked (off|away)|disappeared)|\bdevice (is )?(taped|under|attached|planted|strapped|hidden)|\beverybody out\b|\bor else\b/,
  ],
  [
    'missing_person',
    /\bwhere is my (little )?(child|son|daughter|boy|girl|kid|baby|toddler|mother|mum|mom|father|dad|gran\w*)\b|\b(gone|taken|missing) from the (playground|podium|garden|shop|school|nursery|park)\b|\b(son|daughter|child|kid|boy|girl|mother|father|mum|mom|dad|baby|helper)\b.{0,24}\b((has|have|had|did|does|is|are|was)(n'?t| not)|never) (arrive\w*|come home|return\w*|reach\w*|got home|get home|show\w*)|\b(does not|doesn'?t|cannot|can'?t) (know|remember) (where|who) (she|he|they) (lives?|is|belongs?)\b|\bgone for hours\b/,
  ],
  [
    'lift_trap',
    /\b(get|let) (us|me|them|her|him) out\b|\b(bang\w*|knock\w*|shout\w*|cry\w*) (from )?inside\b|\blift+ (stuck|stopped) help\b/,
  ],
  [
    'hazard',
    /\b(no driver|out of control|runaway)\b|\b(is|are|starting) (rolling|sinking|cracking|tilting|giving way|collapsing)\b|\b(leaning|tilting) (and|over)\b|\bchemicals?\b.{0,20}\b(leak\w*|spill\w*|drum)|\b(rush|pour|gush)(ing|es|ed)\b.{0,24}\b(basement|car ?park|lobby|lift|in(to)?)\b.{0,60}\b(people|cars?|someone|trapped|stuck|electric\w*)|\bstill down there\b|\bsqueezed\b|\bclimbing over (each |one an)other\b|\bcrowd is pushing\b|\bstep (in|into) the (gap|hole)\b/,
  ],
  [
    'medical',
    /\bsome(one|body) (is|was|has been|got) (badly |seriously )?(hurt|injured|down|dying|unwell|collapsing)\b|\b(is|are) dying\b|\bsend help\b|\bneed help (right )?now\b/,
  ],
]
