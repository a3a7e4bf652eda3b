import type { Category } from '../../core/case/taxonomy.ts'

const who =
  '(?:he|she|they|we|i|someone|somebody|man|woman|guy|bloke|chap|lad|lady|boy|girl|child|kids?|children|baby|infant|toddler|son|daughter|wife|husband|mother|father|mum|mom|dad|gran\\w*|uncle|aunt|guard|officer|worker|workman|cleaner|driver|rider|cook|chef|tenant|resident|neighbour|student|person|people|colleague|electrician|painter|gardener|swimmer|cyclist|jogger)'
const limb = '(?:arm|leg|hand|foot|finger\\w*|thumb|wrist|ankle|elbow|knee|neck|thigh|shoulder|toes?|hair|hood|head)'
const 人 =
  '(?:佢|我|人|仔|女|bb|細路|小朋友|小孩|孩子|老人|婆婆|伯伯|公公|阿婆|阿伯|爸|媽|嫲|爺|老公|老婆|太太|先生|師傅|工人|保安|職員|司機|學生|同事|男人|女人|嬰兒)'

/** Danger told as a scene: who or what, and what is happening to them, in whichever words. English, then Chinese. */
export const dangerScenes: readonly (readonly [Category, RegExp])[] = [
  [
    'fire_smoke_gas',
    /\b(set|sets|setting)\b.{0,30}\b(alight|ablaze)\b|\b(burst|bursts|bursting|went|gone|going|goes) (up in|into) (a )?(flames?|fire\w*|smoke)\b|\bbursts? into (a )?fire\w*|\binferno\b|\bfireball\b|\b(blew|blown|blowing) up\b|\b(curtains?|sofa|bed|mattress|pan|wok|bin|tree|cupboard|car|van|bike|scooter|battery|wardrobe|mat|papers?|boxes)( has| have|'s)? (just )?caught\b|\b(wardrobe|chute|socket|plug|panel|wall|pipe|heater|cable|door|vent)\b.{0,30}\bglow(s|ing)?\b|\bsoot\b.{0,20}\b(vents?|coming|pour\w*)|\b(whiff|odou?r|stench|reek\w*|stink\w*) (of|with) (gas|petrol|burning|smoke|charring|chemicals?)\b|\bgas (is )?(roaring|pouring|rushing|hissing|everywhere|in the)\b|\bkitchen is (going up|burning|alight)\b|\b(belch\w*|spew\w*|vomit\w*|spit\w*) (out )?(thick |black |grey )*(smoke|sparks|flames|fumes)\b/,
  ],
  [
    'fire_smoke_gas',
    /\b(fizz\w*|crackl\w*|sizzl\w*|buzz\w*)\b.{0,40}\b(melt\w*|spark\w*|burn\w*|scorch\w*|smok\w*|hot)|\b(scorched|singed|charring)\b.{0,20}\b(smell|wire|panel|ceiling|landing)|\bsmells? (scorched|singed|charred|of gas|acrid)|\bcarbon monoxide\b|\bstairs? (are|is) full of smoke\b|\bfumes\b.{0,40}\b(cough\w*|dizzy|sick|faint)/,
  ],
  [
    'medical',
    new RegExp(
      `\\beyes (have )?(?:rolled|rolling|are rolling)\\b|\\bclutch\\w* (?:his|her|my|their|at) .{0,8}(?:chest|throat|neck|heart|stomach|belly|head)|\\b(?:gasping|convulsing|(?:is|was|started|keeps|and) fitting(?! room)|twitching|seizing|unrousable|semi-?conscious)\\b|\\bout cold\\b|\\bbone\\b.{0,12}\\b(?:sticking|showing|out|visible|poking|through)|\\b(?:face|neck|mouth|${limb})\\b.{0,20}\\b(?:crooked|balloon\\w*|sags?|sagging|drooped|dropped (?:on|down)|twisted|(?:bent|points?|pointing) (?:the wrong|at a|back)|wrong way|spurting|gushing|pumping|limp|peeling|trapped|caught|stuck|crushed|jammed|severed|sliced|mangled)\\b`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `\\b(?:sliced|chopped|cut|tore|ripped|sawed|sawn|lopped)\\b.{0,14}\\b(?:off|through|into|open)\\b.{0,14}\\b(?:${limb}|fingertip|artery|wrist)\\b|\\b${limb}\\b.{0,14}\\b(?:in|inside|into|under) (?:the |a )?(?:shredder|machine|door|gate|shutter|escalator|mixer|slicer|press|blade|mower)\\b|\\b(?:chest compressions?|mouth to mouth)\\b|\\b(?:lodged|stuck) in (?:his|her|my|their) (?:throat|windpipe)\\b|\\bwaters?\\b.{0,8}\\b(?:gone|broke\\w*|burst)\\b|\\bface[ -]?down\\b.{0,20}\\b(?:pool|water|pond|bath|deep|ground|floor|fountain)|\\b(?:pool|water|pond|bath|fountain)\\b.{0,20}\\bface[ -]?down\\b|\\b${who} (?:has |have |just |suddenly )*(?:dropped|crumpled|keeled|slumped|gone down|went under|gone under)(?=\\s*(?:[,.!;]|$|and\\b|to the (?:floor|ground)|like\\b|on the (?:floor|ground)|in the (?:water|pool|lobby|gym)|beside\\b|near\\b))`,
    ),
  ],
  [
    'medical',
    new RegExp(
      `(?<!\\bi )\\b(?:can'?t|cannot|could not|couldn'?t|unable to|isn'?t able to) (?:speak|talk|swallow|feel (?:his|her|my)|lift (?:his|her|one|an?|my)|stand|get (?:off|up from) the (?:floor|ground))\\b(?!.{0,24}\\b(?:to|highly|english|cantonese|chinese|mandarin|with|the (?:screen|sign|menu|number|notice)))|\\bwords (?:come|came|are coming) out\\b|\\b(?:cannot|can'?t) form words\\b|\\bdoubled (?:up|over)\\b|\\bbarely (?:awake|conscious|breathing|alive)\\b|\\b(?:half|semi)[ -](?:awake|conscious)\\b|\\b${who}\\b.{0,24}\\b(?:lying|lies|found|curled up|sprawled)\\b.{0,20}\\b(?:bottom|floor|ground|bath|stairs|kerb|gutter|puddle)\\b(?!.{0,20}\\b(?:asleep|sleeping|drunk|tiles?|mats?)\\b)|\\b(?:swallow\\w*|drank|drunk|eaten|ate) .{0,16}\\b(?:battery|bleach|cleaner|poison|pills|tablets|detergent|thinner|weed ?killer|magnets?)\\b|\\bpregnant\\b.{0,30}\\b(?:bleed\\w*|blood|fell|fallen|faint\\w*|pains?)\\b|\\b(?:dog|snake|boar|monkey)\\b.{0,14}\\b(?:torn|bitten|bit|mauled|attack\\w*|sank)\\b|\\bnail\\b.{0,20}\\bthrough\\b.{0,12}\\b${limb}\\b`,
    ),
  ],
  [
    'lift_trap',
    /\b(lift|elevator|cabin|car)\b.{0,50}\b(won'?t budge|not budging|with (me|us|my|a|an) .{0,16}(inside|in it)|nobody (presses|lets|gets) us|brick wall|between floors|in the dark)\b|\b(alone|stuck|shut|locked|trapped|people|us|child|someone|somebody|granny|grandpa|kids?) in (the |this |your |a )?(\w+ )?(lift|elevator)( \w+)?\b(?!.{0,20}\b(lobby|smok\w*|spit\w*|talk\w*|rude|staring)\b)|\b(knock\w*|bang\w*|cry\w*|cries|calling|shout\w*|voices|screams?)\b.{0,30}\b(from|in|inside) (the |a )?(\w+ )?(lift|elevator|shaft)\b|\b(we'?re|we are|i'?m|stuck|stopped|halted|lift is|she'?s|he'?s) (is )?(somewhere )?between (the )?\d+(st|nd|rd|th)? and \d+|\bpress\w* the (bell|alarm)\b.{0,40}\b(in here|no voice|no light|nobody|no one|does nothing)/,
  ],
  [
    'welfare_risk',
    /\b(?:on|over|off|outside|beyond|behind|far side of|other side of|wrong side of) (?:the |a )?(?:\w+ )?(?:ledge|parapet|railings?|guard ?rail|bridge|barrier|wall of the roof|outer wall|sill)\b(?!.{0,20}\b(?:paint|poster|sticker|banner|shoe|scarf|bird|nest|cloth\w*|towel\w*|plant\w*|car)).{0,30}\b(?:cry\w*|won'?t|sitting|stand\w*|let go|jump|down|legs|come back|feet|about to|going to)\b|\b(?:sit|sits|sitting|stand|stands|standing|walking|dangl\w*|hang\w*|lean\w*|climb\w*)\b.{0,30}\b(?:wall of the roof|roof (?:edge|wall)|parapet|ledge|far side|outer sill|balcony grille|right out of|out of .{0,16}window|bridge rail)\b|\b(?:won'?t be here|not be here) (?:tomorrow|by|in the|any ?more)\b|\b(?:by|before|come) (?:morning|tomorrow|tonight|dawn)\b.{0,12}\bi (?:won'?t|will not) be\b|\b(?:happier|better off|easier) without me\b|\bnobody (?:would|will) miss me\b|\bgoing to let go\b|\bno way out (?:for me|any ?more)\b|\bcan'?t see a way out\b|\b(?:don'?t|do not) want to (?:wake up|be here|exist)\b|\bit ends tonight\b/,
  ],
  [
    'welfare_risk',
    /\bfarewell (letter|note|message|text)\b|\bpills\b.{0,30}\b(floor|too late|in front of me|everywhere|all of them)\b|\b(baby|infant|toddlers?|child|children|kids?|dog|little one)\b.{0,30}\b(shut|locked|strapped|left|alone|asleep|trapped)\b.{0,30}\b(car|van|vehicle|sun|toyota|taxi|heat)\b|\b(taped|sealed) (up )?(room|door|window|the door|the room)\b.{0,30}|\bcharcoal\b.{0,20}\b(burning|inside|room|lit)\b|\b(mum|mother|father|dad|gran\w*|neighbour|lady|man|aunt|uncle)\b.{0,40}\b(fallen|collapsed|lying) (behind|against|inside) (her|his|the|a) (door|flat|bathroom|toilet)\b/,
  ],
  [
    'assault',
    /\b(?:kick|punch|beat|stamp|hit|slap|stab|batter|slash)(?:ing|s|ed)?\b.{0,16}\b(?:your guard|our guard|a guard|the guard|him on the|her on the|an? (?:old|young|elderly)? ?(?:man|woman|boy|girl|lad|kid|courier|driver))\b.{0,30}|\b(?:forced|dragged|pulled|bundled|pushed|led|pulling|dragging|forcing) (?:a |the |my |him |her )?(?:\w+ )?(?:in|into|inside|towards?|to) (?:a|the|his|that) (?:\w+ )?(?:van|car|taxi|stairwell|toilet|bushes)\b|\b(?:iron|metal|steel) (?:bars?|pipes?|rods?|poles?)\b|\b(?:grop\w*|molest\w*|flash(?:ed|ing) (?:at )?(?:me|girls|kids|women)|exposed himself)\b.{0,50}\b(?:now|let go|still|girl|here|pull\w*|follow\w*|won'?t)\b|\bhas (?:my|our|a|the|his|her) .{0,24}\bby the (?:collar|throat|neck|hair)\b|\bby the (?:throat|neck|hair)\b|\bhand over (?:her|his|a|the|my) .{0,10}mouth\b|\b(?:laying into|set upon|ganging up on|taking turns on)\b|\bwheel brace\b|\bnot leave (?:here )?alive\b|\b(?:thinner|petrol|lighter fluid)\b.{0,40}\blighter\b|\b(?:throwing|hurling|swinging|lobbing) (?:\w+ )?(?:poles?|bottles?|bricks?|chairs?|bats?|chains?|knives|fists) (?:at|into|around|from|off)\b/,
  ],
  [
    'intruder',
    /\b(saw|sawing|drill|drilling|cutting|grinding|levering|prising|prying|forcing|jemmying|picking)\b( (through|out|up|open|at|off))* (my|our|the|his|her|a)\b.{0,30}\b(lock|cylinder|gate|shutter|grille|door|padlock|bolt)\b(?!.{0,30}\b(permit|contractor|locksmith we|noise|every (day|morning))\b)|\b(pry|crow|iron) ?bars?\b.{0,40}\b(door|flat|shutter|floor|lock|window)|\b(came|coming|got|climbed|climbing|crawled) (in )?(through|in by) (my|our|the|a) (\w+ )?(window|balcony|skylight|roof|vent)\b|\b(torch(light)?|shadow|figure|someone|somebody|movement|legs?|steps|whisper\w*|voices?) (is |are )?(moving|going|walking|creeping|coming|whispering|heard)?.{0,20}\b(inside|in|through|room to room) (our|my|the) (office|shop|flat|house|kitchen|living room|store|window|toilet window)\b.{0,40}|\b(thieves|robbers|burglars|looters) are\b|\bturn(ing|s)? (my|our|the) (key|handle|lock|knob)\b.{0,16}\b(outside|3am|night|keeps|again)|\b(lock|handle|knob)\b.{0,20}\bturn(ed|ing|s) by itself\b|\bgoing through (my|our|the) (drawers|things|cupboards|bedroom)\b/,
  ],
  [
    'missing_person',
    /\b(?:child|kid|son|daughter|boy|girl|toddler|year[ -]old|grandson|granddaughter|mother|father|mum|dad|husband|wife|grandma|grandpa|pupil)\b.{0,50}\b(?:isn'?t (?:in|at|there|here)|is not (?:in|at|there|here)|let go of my hand|never came (?:out|back)|not there|slipped (?:his|her)|and ran(?: off| away)?(?=[,.!]|$)|bolted|still (?:is )?not (?:home|back)|is not home|not home (?:at|by|yet)|can'?t see (?:him|her)|haven'?t seen (?:him|her)|alone by the|all by (?:him|her)self)|\bcount(?:ed)? (?:only )?\d+\b.{0,30}\b(?:had|were|came with|should|started with)\b.{0,8}\d+|\b(?:had|were|came with|should be) \d+\b.{0,24}\bcount(?:ed)?\b.{0,8}\d+|\blead(?:s|ing) (?:one|him|her|a (?:child|kid|boy|girl)) away\b/,
  ],
  [
    'bomb_threat',
    /\b(place|building|tower|mall|school|station|it)\b.{0,10}\b(blows|explodes|goes up|goes off|comes down)\b.{0,10}\b(at|in|tonight|today|now)\b|\b(rucksack|backpack|bag|case|parcel|package|box|suitcase|holdall|briefcase)\b.{0,60}\b(sprint\w*|ran|bolted|fled|legged it|humming|hums|warm and|clicking|whirring|wires?|cable hanging|batteries)\b|\b(batteries|tape|tube|pipe|bottle|canister) (and|with) .{0,16}\b(wires?|batteries|timer|fuse)\b|\b(device|devices|charge|explosives?)\b.{0,24}\b(in|on|under|planted|hidden|set) .{0,16}\b(locker|floors?|basement|bin|lift|tower|lobby|hung up|building)\b(?!.{0,20}\b(charg\w*|reader|smart)\b)|\b(powder|white dust)\b.{0,40}\b(envelope|letter|parcel|mail)\b|\b(envelope|letter|parcel)\b.{0,24}\bpowder\b|\b(call\w*|voice|note|e-?mail\w*)\b.{0,40}\b(get everyone out|empty the (shops|building|mall)|set for (noon|midnight|\d+))\b/,
  ],
  [
    'hazard',
    new RegExp(
      `\\b(?:ceiling|wall|slab|balcony|facade|roof|pavement|road|floor|slope)\\b.{0,20}\\b(?:bulging|opened up|opening up|sagging|giving way|buckling|crack(?:ing|s) (?:and|open)|caved|sinking|coming (?:off|away|down(?! the))|peeling off)\\b|\\b(?:tree|crane|lorry|wall|pole|gondola|scaffold\\w*)\\b.{0,24}\\b(?:come down|came down|fallen|toppled|tipped|collapsed)\\b.{0,40}\\b(?:on|inside|people|someone|somebody|cars?|under|hanging)\\b|\\b(?:knock\\w*|mow\\w*|plough\\w*|ran|run|driven|drove|mounted|slam\\w*|smash\\w*|reversed)\\b.{0,24}\\b(?:down|over|into|pavement|onto)\\b.{0,24}\\b(?:${who}|pedestrians?|crossing|queue)\\b|\\b(?:throwing|dropping|lobbing|hurling|raining) (?:bricks?|bottles?|glass|stones?|planks?|tiles?|furniture|things|objects)\\b.{0,24}\\b(?:from|off|down|onto|into)\\b|\\b(?:tingl\\w*|zapped|shocked|a shock|electric tingle)\\b.{0,40}\\b(?:pool|puddle|water|lamp|railing|gate|door|metal|swim\\w*|machine)|\\b(?:pool|puddle|water|lamp|railing|metal)\\b.{0,40}\\b(?:tingl\\w*|zapped|a shock|shorting)\\b|\\b(?:burst|broken) (?:water )?(?:main|pipe)\\b.{0,50}\\b(?:power|electric\\w*|meter|switch|transformer|lift pit|people|cars)\\b|\\b(?:torrent|water|flood\\w*)\\b.{0,40}\\b(?:meter|power|switch|electrical|transformer) room\\b|\\b(?:cable|wire) (?:has )?(?:come|came|is|fell|fallen) down\\b|\\bunder (?:a|the) (?:taxi|car|van|bus|lorry|truck)\\b.{0,16}`,
    ),
  ],
  [
    'crowd',
    /\b(people|kids|children|folk|fans|they|crowd|stairs|everyone)\b.{0,30}\b(pinned|jammed solid|stampeding|stepping on (each|one)|squashed|piling up|pressed against|being crushed|going down|can'?t breathe)\b(?!.{0,20}\b(well|to the|smoothly)\b)|\bstampeding\b/,
  ],
  [
    'theft',
    /\b(masked|gang|robbers?|men|they|they're|two people|lads)\b.{0,20}\b(robbing|looting|smashing|clearing out|snatching|emptying|raiding|holding up|loading the (tills?|stock|safe))\b/,
  ],
  [
    'general_info',
    /\b(somebody|someone|people|he|she|we)('s| is| are|'re)? (going to|gonna|about to) die\b|\bsend (anyone|everyone|somebody|someone|help)\b.{0,24}\b(bad|quick|now|hurry|please|serious|dying)\b|\bplease please\b.{0,30}|\bin a bad way\b|\bneed (the )?(police|ambulance|paramedics?|999)\b|\bneed help (up |down |over |out )?here\b|\bhelp (up|down|over) here\b/,
  ],
  [
    'fire_smoke_gas',
    /燒到?(通|發|火)?紅|燒到黑|燒[着著緊]|着咗火|着火|火球|火舌|冒[出緊住]?.{0,3}(火|煙)|彈[緊出]?火花|火花|紅光.{0,6}(閃|亮)|(漏|噴|湧|洩)緊?.{0,3}(煤氣|氣體|化學)|煤氣.{0,6}(噴|湧|嘶)|(好大|好濃|勁大|一)陣.{0,2}(煤氣|汽油|電油|燒|燶|化學|漂白水|燒頭髮|金屬)味|(門柄|道門|幅牆|插座|插蘇|面板).{0,6}(燙|熱到|燒|紅)|(風口|冷氣口|垃圾槽).{0,8}(黑|煙|紅光|灰)/,
  ],
  [
    'medical',
    new RegExp(
      `反(晒)?白眼.{0,12}(冇|震|抽|暈|冧|叫唔|叫極|白沫)|(冧|暈|震|抽).{0,12}反(晒)?白眼|冧(低|咗喺地)|${人}.{0,6}冧咗|跪(喺|在)?(咗)?地.{0,8}(喘|唞)|(見到|穿|凸|露)[^,，。]{0,3}骨|骨.{0,3}(凸|穿|出咗嚟)|標血|血不停|(手指|手掌|隻手|隻腳|條脷|頸|耳).{0,6}(切|斷|甩|捲|夾|卡|勾|鋸|噴血)|(切|鋸|剁|夾|捲)(甩|斷|咗入|住).{0,5}(手|指|腳)|(飲|食|吞|服)[咗晒]?.{0,6}(鈕扣電|電芯|電池|漂白水|通渠|毒|天拿水|清潔劑|老鼠藥|成排藥|成樽藥|過量)|食晒.{0,5}藥|(面|塊面|眼|喉嚨?|頸|脷).{0,6}(腫到|腫晒|腫起|脹到|紫晒|灰晒|青晒)|心外壓|半夢半醒|神智不清|亂講嘢|(個身|額頭|身體).{0,3}(好|極|非常)(燙|硬)|痛到.{0,6}(縮|地下|講唔到|碌)|(講|說)(唔|不)(到|出)(嘢|話|聲)|(面|臉)朝(下|地)|浮(喺|在)水|(一|半)邊.{0,2}(手|腳|身|面).{0,6}(舉|抬|郁|冇力|跌)|(抬|舉)唔起|(俾|被|畀).{0,8}(車|貨車|巴士|的士|電單車|泥頭車)(撞|碾|輾|夾|剷|拖)|(咬|撕)爛.{0,6}(面|手|腳)|(粒|口)釘.{0,6}(穿|入).{0,4}(手|腳)|${人}.{0,12}(冇晒?應|冇反應|冇聲氣|一動不動|動也不動|郁都唔郁|冇郁|唔識郁)`,
    ),
  ],
  [
    'lift_trap',
    /(𨋢|電梯|升降機|lift).{0,14}(停咗|停了|唔郁|郁都唔郁|卡咗|死咗|跌咗)(?!.{0,8}(星期|禮拜|個月|幾日|日都)).{0,24}(入面|裡面|我哋|我們|我|焗|婆|孕|輪椅|細路|小朋友|人)|(喺|在)(部)?(𨋢|電梯|升降機|lift)(入面|裡面|內|度)?.{0,20}(冇人應|冇燈|出唔到|黑|焗|放我|冇反應|困|驚)|(𨋢|電梯)(槽|井|門).{0,10}(聲|敲|喊|嗌|夾)|(敲門|拍門|喊|嗌).{0,6}(由|從|喺).{0,3}(𨋢|電梯|升降機)/,
  ],
  [
    'welfare_risk',
    /(企|坐|爬|跨|吊|攀|行|掛).{0,8}(天台圍牆|護牆|矮牆|圍牆上|欄河|橋欄|窗台|窗外|簷篷|露台鐵花|欄杆出面|橋出面|欄外|窗出面)|(身|腳).{0,4}(伸|吊)[咗緊]?出.{0,4}(窗|欄|去)|冇咗我|(唔想|不想|唔願).{0,4}(再?醒|生存|活落去|喺度)|(今晚|聽日|天光).{0,8}(唔喺度|冇我|唔會再|了結)|準備(放手|跳)|(遺書|永別|來生再見|下世再見)|睇唔到出路|(藥|藥丸).{0,6}(喺我面前|成地|太遲)|(反鎖|鎖).{0,6}(房|廁所|浴室|屋企|車).{0,10}(唔開|唔應|入面|炭|細路|bb|嬰兒)|(嬰兒|bb|細路|小朋友|狗).{0,8}(困|鎖|綁|留).{0,8}(車|van|露台)|(車|van).{0,10}(鎖|困|綁|留)(住|咗)?.{0,4}(個|兩個|隻)?(嬰兒|bb|細路|小朋友|狗)|封咗?.{0,6}(房|門|窗).{0,8}炭|(婆婆|公公|老人|媽|爸|獨居).{0,20}(跌|暈|呻吟|嘭|好細聲|冇開門).{0,16}(門後|應|呻吟|冇聲|聲|日)/,
  ],
  [
    'assault',
    /(鐵通|鐵棍|鐵枝|木棍|棒球棍|玻璃樽|爛樽|酒樽|玻璃杯|鎚|斧頭).{0,10}(打|揮|衝|插|劈|嚇|周圍|入)|(揮|攞|拎|揸)(住|緊).{0,4}(鎚|棍|鐵|斧|樽|刀|槍)|(揪|扯|捏|揸|箍|叉)(住|緊)?.{0,8}(衫領|領|頭髮|條頸|頸)|掩住.{0,6}(口|嘴)|(捉|拉|拖|夾硬|帶)(緊|住)?.{0,6}(細路|女仔|小朋友|女學生|佢|我).{0,6}(上車|入|落|走)|圍住.{0,8}(打|踢|後生|男仔)|唔會俾我.{0,4}(生離|走)|(鎖|困)咗?我(喺|在)|大嗌佢?唔係我(爸|媽)|非禮|露械|露體|易燃|(天拿水|汽油|電油|火水).{0,12}(打火機|淋|點火|倒)|(噴|射)(嘢|辣椒|胡椒).{0,10}(眼|人)|撼緊?.{0,4}頭/,
  ],
  [
    'intruder',
    /(鋸|撬|鑽|剪|拆|爆|扭)(緊|開).{0,8}(門|鎖|閘|窗)|(撬|踢|撞|爆)開(我|佢|咗)?.{0,3}(道)?門|(由|喺|從).{0,8}(窗|露台|天窗|棚).{0,4}(入咗|爬|入緊|入嚟|伸)|(入面|屋企|公司|舖頭|廚房|客廳|房).{0,6}(有)?(電筒光|黑影|人影|腳步|有人行|細細聲講|走嚟走去|陌生人)|個賊|有賊|(翻|搜)緊.{0,4}(櫃|嘢|房)|唔識嘅.{0,4}(人|男人|女人).{0,10}(入屋|唔肯走|喺屋)|逐(個|間)單位(撬|試)|扭我.{0,4}(匙孔|門|鎖)|把鎖自己/,
  ],
  [
    'missing_person',
    /(仔|女|孫|細路|小朋友|學生|bb|爸|媽|嫲|爺|婆|老公|先生|太太|叔叔).{0,24}(唔喺度?|甩咗手|甩開|冇出返|跑咗|見唔到佢|唔見影|未返|未見人|失散|離開咗|走咗出)(?!.{0,4}(屋企人|公司))|(得返|得|只有)\d+個.{0,14}(嚟|應該|原本|有)|有\d+個.{0,10}(得返|而家得)|帶(緊|住)?.{0,4}(細路|小朋友|一個)走|喊住?(搵|要)(媽|爸|阿媽)|甩咗我?隻手|大門打開(咗)?.{0,10}(唔見|唔喺)/,
  ],
  [
    'bomb_threat',
    /(包裹|背囊|袋|盒|箱|行李|信封|喼).{0,20}(嗡嗡|嗒嗒|滴答|暖|發熱|電線|條線|粉|計時)|(放低|留低|掉低|擺低).{0,14}(衝咗出去|跑咗|走人)|(裝|放|校|擺)咗.{0,6}(裝置|炸藥|炸彈)|有個?裝置|(駁|綁|連)住?.{0,4}(電池|電線|計時)|(點|時)(就)?炸|炸(呢度|座樓|商場|大廈)|清空.{0,6}(舖|大廈|商場|樓(?!梯))|粉末/,
  ],
  [
    'hazard',
    /(天花|露台|外牆|牆身|路面|行人路|斜坡|棚).{0,6}(鼓起|裂開|穿咗個|塌|歪晒|陷|側晒|剝落)|(由|喺)?(天台|高處|樓上|露台).{0,4}(掟|拋|跌|掉).{0,6}(磚|樽|玻璃|石|鐵|嘢落|落街)|(車|的士|巴士|van|電單車).{0,14}(撞低|撞到|剷|輾|溜緊|碌緊|冇人揸|冇司機)|(水|泳池|灘水|欄杆|燈柱).{0,12}(痺|觸電|漏電|有電)|(水).{0,8}(湧|沖|灌|流).{0,6}(電房|電錶|電掣|𨋢槽|配電)|水浸到?.{0,4}(插座|插蘇|電)|(電線|電纜).{0,10}(斷|跌|掟|彈|垂)|(招牌|鐵皮|玻璃|吊船|吊機|燈箱).{0,14}(吊住|甩緊|側|擺嚟擺去|吊吊|就甩)|壓住.{0,6}(車|人)|有人(喺|在)車底/,
  ],
  [
    'crowd',
    /(逼|壓|擠)到.{0,8}(玻璃|扁|透唔|唞唔|跌|暈|貼住)|(啲人|人群|大家).{0,12}(狂奔|踐踏|踩住|疊|跌緊|冧埋)|(樓梯|扶手電梯|出口).{0,4}(塞死|逼死).{0,10}(跌|行唔開|落)|行唔開.{0,6}(逼|疊)|人踏人/,
  ],
  ['theft', /打劫|有人.{0,8}搶(錢|嘢|金|劫)|(打爛|掃|搶|搬)緊.{0,8}(櫃|貨|收銀機|錶|金|手機)|賊.{0,10}(搬|偷|搶)緊/],
  [
    'general_info',
    /(有人|佢|我哋|就嚟|快).{0,4}(會|就|要)死|出人命|(求|拜託).{0,4}(你|您)?.{0,3}派人|好嚴重.{0,6}(派|嚟|快)|好大鑊|即刻要人救|要(警察|救護|差人)|(快|即刻).{0,3}(call|叫|搵).{0,3}(白車|警察|差人|救護)/,
  ],
]
