import type { Category } from '../../core/case/taxonomy.ts'

const kin =
  '(?:son|daughter|child|children|kid|boy|girl|toddler|baby|little one|mother|father|mum|mom|dad|grand\\w+|granny|husband|wife|uncle|aunt|nephew|niece|brother|sister|old (?:man|lady|woman)|elderly \\w+)'
const 親 = '(?:仔|女|囡|媽|爸|爺|嫲|婆|公公|老人|長者|老豆|老母|小朋友|細路|細蚊仔|孫|太太|先生|家姐|細佬|阿妹)'

/** Danger told by its signs: what somebody sees, hears or smells, without the word for it. English, then Chinese. */
export const dangerBySigns: readonly (readonly [Category, RegExp])[] = [
  [
    'fire_smoke_gas',
    /\b(orange|red|strange|bright) glow\b|\b(stink\w*|smell\w*|reek\w*) (strongly |badly |like |of |something )*(of |like )?(burn\w*|plastic|rubber|chemicals?|bad eggs|petrol|gas|electrical)|\bbad eggs\b|\b(something|wiring|plastic|rubber)( electrical)? (is )?(burning|cooking|melting|smouldering)\b|\b(air|corridor|hall|hallway|room|lobby|floor|stair\w*|basement)\b.{0,20}\b(thick|murky|foggy|cloudy|hazy|smoky|acrid)\b|\b(boom|bang)\b.{0,30}\bhiss\w*|\bhob\b.{0,16}\bturn off\b|\bmetallic\b.{0,12}\b(taste|smell)|\b(air|tastes?|smells?) \w* ?metallic\b|\b(sore throats?|eyes water\w*)\b.{0,30}\b(everyone|everybody|all of us|floor|basement)|\b(everyone|everybody|all of us)\b.{0,30}\bsore throats?\b|\b(vapou?r|gas|mist)\b.{0,20}\b(from|coming|leak\w*) .{0,12}\b(lab|pipe|vent|plant|room|tank)/,
  ],
  [
    'medical',
    /\b(press\w*|pull\w*|push\w*|activat\w*) (his|her|the|a|my) (\w+ )?(pendant|panic button|emergency (cord|button|bell))\b|\b(only|just|hear\w*|keeps?) (groan|moan|wheez|gasp)\w*|\b(can'?t|cannot|won'?t) stop (it |the |his |her )?(blood|bleed\w*)|\bno colou?r (in|left)\b|\bface has no colou?r\b|\b(eyes open|awake) but (no|not|does|will)\w*\b.{0,12}|\bwent under\b.{0,24}\b(water|pool|not|hasn'?t|up)\b|\bnot coming up\b|\b(tongue|throat|face|lips?) (is |are |has |getting |gets )*(big\w*|swell\w*|swollen|blue|puff\w*)|\b(baby|child) is (coming|on (its|the) way)\b|\b(one )?(half|side) of (his|her|my|the) (face|body)\b|\bface (hangs|hanging|is hanging|droop\w*)\b|\b(isn'?t|not|won'?t|never) wak(e|ing)( up)?\b|\basthma (attack|is)\b|\b(arm|hand|leg|finger|foot|head|fingers)\b.{0,14}\bin (it|the door)\b|\bthrown back\b.{0,16}|\b(crushing|squeezing|tight|terrible|sharp) (pain|pressure|feeling)\b.{0,16}\b(chest|heart|arm)|\b(shaking|jerking|twitching)\b.{0,20}\b(floor|ground|all over|uncontrollabl\w+)|\b(stiff|burning up|fever)\b.{0,30}\b(stiff|not respond\w*|fit)\b/,
  ],
  [
    'medical',
    /\bswallow\w* (all |a |the |his |her |my |some |too )*(many |whole )?(pills?|tablets?|medicine|battery|coins?|bleach|sleeping)|\b(saw|blade|machine|drill)\b.{0,20}\b(hand|finger|arm|leg)\b.{0,24}|\b(hurt|cut|burn\w*) (badly|deep|to the bone)\b|\bin the heat\b.{0,12}\b(roof|fell|down)\b/,
  ],
  [
    'missing_person',
    new RegExp(
      `\\b${kin}\\b.{0,40}\\b(?:walked out|went out|took the (?:lift|bus)|slipped (?:away|out|off)|got away|ran (?:off|away)|left the (?:house|flat|lobby|building))\\b.{0,60}\\b(?:dementia|alzheimer\\w*|forget\\w*|not (?:back|seen|turned up)|cannot|can'?t|slippers|pyjamas|please|hours?|find)\\b|\\b(?:dementia|alzheimer\\w*|forgets? where)\\b.{0,60}\\b(?:walked|went|left|gone|slipped|lift|out)\\b|\\b(?:walked|went|left|slipped) \\w+.{0,60}\\b(?:dementia|alzheimer\\w*|forgets? (?:where|who))\\b|\\bone (?:child|pupil|kid) (?:short|missing|too few)\\b|\\b(?:can'?t|cannot) (?:see|find) (?:him|her|them|my \\w+) anywhere\\b|\\b(?:look|looking|search) for (?:my|our|a|his|her) (?:\\w+'?s? )?(?:little )?${kin}\\b`,
    ),
  ],
  [
    'assault',
    /\b(kick|stamp|beat|hit)\w* (somebody|someone|a (man|woman|boy|girl|person|lad|guy)|him|her)\b.{0,24}\b(ground|floor|head|down)\b|\b(man|guy|someone|somebody|person) (is )?(right |close )?behind me\b|\brobbers?\b|\battack\w* (our|your|another|one of|the) \w+|\btouching (girls|women|children|kids|my|her|people)\b|\bgoes? for (him|her|them|the \w+) with\b|\bgrabbed (my|a|our|her|his) (little )?(son|daughter|child|girl|boy|wife|mother|kid)\b|\bthrew\b.{0,24}\b(hot|boiling|acid|chair)\b.{0,24}\bat\b|\bsomething like a (gun|knife|weapon)\b|\b(begging|pleading with) (him|her|them) (to stop|not)\b/,
  ],
  [
    'intruder',
    /\bclimb\w* (up|in|over|onto)? ?(the |a |our |my )?(drain ?pipe|water pipe|pipes|scaffold\w*|balcony)\b|\b(man|person|someone|somebody) (in a mask|with a mask|in black)\b.{0,24}\b(window|door|balcony|garden|flat)|\b(people|someone|somebody|a person|a man) (is |are )?(walking|moving|talking|creeping) (in|inside|about in|around) (my|our) (flat|house|home|unit|shop|room)\b|\b(shows?|see|sees) (someone|somebody|a man|a stranger|people) in (the|my|our) (living room|bedroom|flat|house|shop|kitchen|office)\b|\bkicked (in|down|open)\b.{0,30}\b(still|now|there|inside)\b|\bpushed past me into (my|our)\b|\b(cut|saw|sawing|drill|grind|pick|break|forc|pris|pry)\w* (through |off |at )?(the|my|our|his|her) (\w+ )?(lock|padlock|door chain|grille)s?\b/,
  ],
  [
    'theft',
    /\b(they're|they are|he's|he is|someone is|somebody is|men are) (smashing|breaking|robbing|looting|emptying|grabbing)\b/,
  ],
  [
    'lift_trap',
    /\bdoors? (shut|closed|won'?t open) and (nothing|it|we)\b|\b(bang\w*|knock\w*|shout\w*|voices?|cries) (from )?(inside|in) (the |a )?(lift|elevator|car)\b|\bdropped a (bit|little|floor)\b.{0,20}\bstopped\b/,
  ],
  [
    'hazard',
    /\b(window|glass|pane|pole|bamboo|panel|sign\w*|air ?con\w*|tile|branch|crane|cable)\b.{0,30}\b(tear\w* (off|loose|away)|ripp\w* (off|loose)|work\w* loose|dangl\w*|swing\w*|sway\w*|loose above|hang\w* by|hanging (over|above|off))|\b(roll|mov|drift|going|coming|creep)\w*\b.{0,40}\bnobody in it\b|\broll\w* down\b.{0,24}\b(nobody|no one|driverless|ramp|people)|\b(ground|pavement|road|slope) .{0,20}\b(giving way|caving in|collapsing)|\bcar .{0,8}hit (a|the|my|an) (\w+ )?(cyclist|pedestrian|man|woman|child|boy|girl|person|guard)\b|\bwater (is |was )?(pouring|running|coming|gushing|flooding|dripping) (in|into|on|onto|through) .{0,20}\b(transformer|electric\w*|meter|switch\w*|power|fuse)|\bflood\w* (very |really |so )?(fast|quick\w*)\b/,
  ],
  [
    'crowd',
    /\bfalling over (each |one an)other\b|\b(stepped|trodden|trampled) on\b.{0,20}|\b(push|shov|press)\w* (so |too |very )?hard\b.{0,40}\b(fell|fall\w*|breath\w*|people|stairs|crush\w*)|\b(crowd|people) (is|are|was|were) (running|stamped\w*|panick\w*)\b/,
  ],
  [
    'bomb_threat',
    /\b(there is|there's|planted|put|placed|left) (a|some) (device|bomb|explosives?)\b|\b(parcel|package|box|bag|case)\b.{0,30}\b(click\w*|tick\w*|beep\w*|hums?|humming)\b/,
  ],
  [
    'welfare_risk',
    /\b(child|toddler|kid|boy|girl|baby)\b.{0,30}\b(open window|window ?sill|on a chair|balcony|ledge|railings?|rail)\b|(?:\bnot\b|n'?t\b|\bnobody\b|\bno one\b).{0,30}\b(seen|answer\w*)\b.{0,40}\b(days?|monday|week|smell|moan\w*)\b.{0,30}\b(smell|moan\w*|groan\w*|flies)|\bdo something to (my|him|her)self\b|\b(she|he|they|friend)\b.{0,12}\b(will|is going to|wants to|about to) jump\b|\b(outside|over|on) (of )?(the )?(railings?|rail|parapet)\b|\bi(('m| am) going to|'ll| will) end (things|it)\b/,
  ],
  [
    'general_info',
    /\bsomething (terrible|horrible|awful) is happening\b|\b(come|help) (quick\w*|now|at once)\b|\bhelp us\b(?! (with|to|find out|understand|move|carry|book|out with))/,
  ],
  [
    'fire_smoke_gas',
    /噴火|着緊火|電油味|汽油味|煙大到|冒[緊住]?煙|(橙|紅)色?火光|(走廊|房|層|屋|大堂|樓梯|地庫|停車場).{0,6}(大霧|好霧|起霧|朦|濛|白濛濛)|陣(燒)?(膠|臭蛋|化學|電線|金屬|橡膠)味|金屬味|(個個|全部人|大家).{0,6}(喉嚨|眼)(都)?(好)?(痛|刺|唔舒服)|(空氣|啲氣).{0,6}(混濁|刺鼻|嗆)|(對面|前面|條路|走廊).{0,3}睇唔到|(嘭|轟)一聲.{0,14}(嘶|漏|煙|味)|(地氈|電線|插頭|膠).{0,6}熔|爆火花|(牆|電箱|天花|掣).{0,6}(啪啪|滋滋|吱吱)/,
  ],
  [
    'medical',
    /平安鐘|呻吟|止唔到血|止不住血|(切|鋸|夾)(甩|斷)[咗了]?.{0,4}(手|指|腳)|面色?好?(白|青)晒?$|(擘|睜)大?(但|又).{0,4}(冇|沒).{0,2}反應|沉[咗了].{0,8}(冇|沒|未).{0,4}(浮|上)|(泳池|海|水).{0,8}(救上|冇郁|沉)|(成|個)個?(身|人).{0,4}(硬|震|抖|抽)|抽筋(抽到|.{0,6}(震|白沫|唔停))|發?(高)?燒.{0,8}(硬|抽|唔醒)|(鋸|刀|機).{0,4}(親|到|斷)(手|腳|指)|成地(都係)?血|(就嚟|就快|快要).{0,2}(出世|生bb|生b|臨盆)|垂[咗了]|哮喘.{0,6}(發|辛苦|犯|好)|彈開[咗了]|點(極|叫)?都?唔?[醒應]|叫極.{0,2}(都)?唔醒|(冇|無|失去).{0,2}(晒)?(呼吸|知覺|脈搏)|(手|腳|半邊).{0,6}(郁唔到|企唔到|冇感覺|動不了)|企唔到|(胸口|心口).{0,8}(壓|石|辛苦|唔舒服|好緊)|冷汗|(藥|安眠藥).{0,6}(吞晒|食晒|全部|成樽)|吞晒/,
  ],
  [
    'missing_person',
    new RegExp(
      `${親}.{0,20}(?:行咗出|走咗出|搭𨋢|自己走|出咗[去街門]|走甩|走開[咗了]|跑咗|走失).{0,24}(?:認知|腦退化|唔記得|未返|搵|拖鞋|睡衣|唔見|$)|(?:認知障礙|腦退化|失智|老人癡呆).{0,30}(?:行咗|走咗|出咗|未返|未見|搵|不見|唔見|離開)|(?:搵|找).{0,4}(?:佢|我)?(?:個|嘅|的|屋企)?.{0,4}${親}.{0,14}(?:歲|最後|着|穿)|少[咗了]一個(?:小朋友|學生|細路|人)|點(?:搵|都搵|找)都?(?:搵|找|見)?(?:唔到|不到|唔見)`,
    ),
  ],
  [
    'assault',
    /(踢|打|圍).{0,2}緊.{0,6}(人|男|女|佢)|揸緊?(住)?(佢|我)?(條)?頸|摸.{0,3}(女仔|女人|小朋友|細路|學生)|劫匪|(收埋|揸住|有)支?(槍|刀)|潑.{0,6}(熱|滾|酸|鏹)|(求|叫)佢?(個)?(男人|女人|人)?(停手|唔好打|住手)|(掟爛|打爛).{0,8}(尖叫|喊|求)|(尖叫|喊).{0,10}(掟|打|求)/,
  ],
  [
    'intruder',
    /(屋|房|客廳|廳|單位|舖)(入面|裡面|內|度)?.{0,4}(有人行|有人聲|有腳步|有個?(唔識|陌生))|(鏡頭|cctv|cam).{0,8}(客廳|屋企|房|舖頭|家)(入面)?有人|(仲|還)(喺|在)(度|入面|裡面)(?=$|[,，。!！])|螺絲批.{0,6}(撬|開)|撬緊|(鋸|剪|鑽|撬)(緊|開).{0,8}(鎖|鐵閘|門)|(推開|撞開)我.{0,6}(入|衝)/,
  ],
  [
    'fire_smoke_gas',
    // A flame alone is praise as often as fire; with a place it is none.
    /🔥.{0,16}\b(in|at|on|inside|near) (the |my |our )?(kitchen|flat|unit|room|floor|lobby|corridor|car ?park|stair\w*|lift|shop|roof|\d)|🔥.{0,12}(廚房|屋|房|樓|大堂|走廊|停車場|舖|單位)/u,
  ],
  [
    'fire_smoke_gas',
    /(廚房|房|樓|大堂|走廊|單位)[^。]{0,4}🔥|(垃圾桶|垃圾|電單車|窗簾|簾|枱|紙|床|梳化|爐頭|鑊|櫃|棚|舖|屋頂|雜物|紙箱)[^,，。]{0,3}[着著][緊咗起]|\bsmoke (is |are )?(getting|growing|spreading|thickening)\b|\b(bin|rubbish|car|van|motorbike|sofa|bed|curtains?|tree|hut|shed|boxes) (is|are|'s) (now )?alight\b/u,
  ],
  [
    'medical',
    /\bstiff as a (board|plank)\b|\b(deep|nasty|big) (gash|cut)\b|\bgone through .{0,16}(towels|bandages)\b|\bcan'?t get a word out of (him|her)\b|好深嘅?(口|傷口)|用咗.{0,6}(毛巾|紗布).{0,6}(唔掂|止|都)|(觸電|電工|師傅|佢|人)[^,，。]{0,10}(成個人|全身)(硬|僵)/,
  ],
  [
    'welfare_risk',
    /\blast (message|text|words?|note|call) (was|said|to (me|us)|read)\b.{0,50}\b(tired|sorry|goodbye|look after|take care of|forgive|love you)\b|\b(thank(s| you) for everything|goodbye)\b.{0,60}\b(roof\w*|helipad|ledge|bridge|parapet)\b|\b(roof\w*|helipad|ledge|bridge|parapet)\b.{0,60}\b(thank(s| you) for everything|goodbye)\b|最後(一)?(個|句)?(訊息|電話|說話).{0,24}(攰|照顧|對唔住|再見|多謝|唔想)|冇.{0,3}應.{0,16}(臭|怪味|烏蠅|蒼蠅)|(天台|停機坪|橋|石壆).{0,24}(多謝.{0,6}(所有|一切)|永別)|(多謝.{0,10}(所有|一切)).{0,24}(天台|停機坪|橋|石壆)/,
  ],
  [
    'missing_person',
    /\b(care|nursing|old people'?s) home\b.{0,40}\b(walked out|wander\w*|slippers|gown|pyjamas)\b|\b(hospital|bedroom) (slippers|gown|pyjamas)\b.{0,40}\b(road|street|walking|lost|name)\b|\b(does not|doesn'?t|can'?t|cannot) (know|remember|say) (his|her|their) (own )?(name|address|way home)\b|(護老院|安老院|老人院|醫院).{0,16}(行咗出|走咗出|拖鞋|睡袍|病人衫)|唔(知|記得)自己(叫咩名|住邊|個名)/,
  ],
  [
    'bomb_threat',
    /\b(pipe|box|shoebox|tin|parcel|package|bottle|cylinder)\b.{0,30}\b(clock|timer|wired|taped to|phone (on|taped|strapped))\b|(水管|鐵管|鞋盒|盒|罐|樽)[^。]{0,14}(綁|貼|駁|黐)[^。]{0,8}(鐘|計時|電話|電線)/,
  ],
  [
    'intruder',
    /\bgloved hands?\b|\b(broke|breaking) into my (flat|house|home|unit|shop)\b.{0,16}\b(still|inside|now)\b|戴(住)?手套.{0,14}(門|窗|鎖)/,
  ],
  ['assault', /開片|劈友|\bgang fight\b|\b(bottles|belts|chains|chairs) (outside|inside|at each other)\b/],
  ['theft', /(打爛|敲爛).{0,8}(搶|拎|攞)|搶緊|(而家|正在|依家).{0,10}(搶|偷緊|打劫)/],
  [
    'lift_trap',
    /(𨋢|電梯|升降機|lift).{0,6}(入面|內|裡面?).{0,6}(拍門|敲門|叫|喊|求救)|門閂咗.{0,6}(唔郁|不動|開唔到)|門(閂|關)[咗了].{0,4}(唔郁|不動|開唔到)|(𨋢|電梯|升降機|lift).{0,4}(冇電|停電|停咗).{0,10}(入面|裡面)|停咗?(喺|在)兩(層|樓)|兩層(樓)?(之間|中間)/,
  ],
  [
    'hazard',
    /(玻璃|窗|棚|竹|招牌|冷氣機|樹枝|磚|鐵板|燈箱).{0,10}(搖搖|吊住|吊喺|左搖右擺|搖下搖下|飄|甩緊|鬆晒)|陷緊|下陷|塌緊|(水).{0,6}(流|湧|滲|漏)(緊|入|咗)?.{0,4}(電錶|變壓|電掣|電房|電箱|配電)|(電錶|電箱|電房).{0,8}(吱吱|滋滋|水)|浸得好快|水浸.{0,8}(車入面|有人|快)/,
  ],
  ['crowd', /(俾|被|畀)人(踩|踏|逼|壓)|一個(跌|壓|疊)一個|人群.{0,4}(亂|衝|失控)|推到.{0,8}(跌|傷|喊)/],
  [
    'bomb_threat',
    /(放|裝|擺)[咗了住]?.{0,4}(裝置|炸彈|計時器)|(計時器|定時器).{0,8}(線|電|盒)|(包裹|盒|袋|箱).{0,14}(滴滴|嘀嘀|滴答|咔|震)/,
  ],
  [
    'welfare_risk',
    /捱唔落|(坐|企|爬|跨).{0,4}(欄杆|圍欄|窗台|石壆|窗).{0,3}(外|出面|邊)|做傻事|(企|爬).{0,6}(櫈|凳|椅).{0,10}窗|(冇人|沒人|冇).{0,4}見過.{0,10}(臭|味|蒼蠅)|了結/,
  ],
]
