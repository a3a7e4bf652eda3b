/** What turns a danger word into something other than danger now. Each list holds English first, then Chinese. */
export const drill: readonly RegExp[] = [
  /\b(drills?|exercise|rehearsal|simulation|table ?top)\b|\bonly (a )?test(ing)?\b|\btest(ing)? of the\b|\balarm (system )?(will be )?(test\w*|inspect\w*)|\b(training|course|seminar|(a|the|safety) talk|workshop|leaflet|notice|poster)s?\b/,
  /演習|演練|綵排|模擬|測試|課程|講座|工作坊|海報|通告|單張|示範/,
]

/** Asked about, not happening: "what should I do if…". */
export const hypothetical: readonly RegExp[] = [
  /^\W*((has|have) (anyone|anybody) ever|who (decides|pays|has to pay|presses|is called first|gets called|writes|looks into)|how far away must|how do you announce) /,
  /\b(what|which) (button|number|bell)\b(?!.{0,20}\b(i|we)\b).{0,40}\bwhen (you('re| are)? |one is |someone is )?(stuck|trapped) in (a|an) lift\b/,
  /\b(saw|read|heard) (it |that )?(on|in) the (news|papers?|tv)\b/,
  /(^|一般|通常|之後[,，]?)(邊個|由誰|由邊個)(決定|俾錢|寫)|意外[紀記]錄由|證明信|通知名單|平均幾耐|一般由/,
  /\b(if(?! (you must|you can|needed|necessary|possible|need be))|in case|in the event|should there be|suppose|supposing|what happens when|whenever|what to do (when|in)|what do (we|i|you|tenants|staff) do (when|in)|when there is|when there'?s|what would|during an?|procedures? (for|when|in|on)|in an emergency|polic(y|ies) (on|for)|instructions? (for|on|when)|how (do|does|would|will|should) (the |your |we |i |you )?(guards?|team|officers?|staff|security)?.{0,12}(handle|deal|respond|prevent|report))\b/,
  /如果|若果|假如|假若|萬一|倘若|一旦|若(發生|有|遇)|遇到.{0,10}(應|點|怎)|遇上.{0,10}(應|點|怎)|發生.{0,8}(時|嗰陣).{0,8}(應|點|怎)|(程序|流程|指引|步驟|政策)係?是?(點|咩|什|甚|乜|怎|如何)|(點樣|怎樣|如何)(預防|防止|處理一般)|的?話(點|怎|應|要點|會)|時(應|要)(點|怎|如何)/,
]

/** Told as over: the danger is past, though it may be a serious complaint. */
export const past: readonly RegExp[] = [
  /\b(yesterday|last (night|week|weekend|month|year|time|evening|mon|tue|wed|thu|fri|sat|sun(?!set|rise))\w*|(\d+|a|an|one|two|three|four|five|six|ten|few|couple( of)?|several|some) (days?|weeks?|months?|years?|nights?|hours?) (ago|back|earlier)|the other (day|night|week)|earlier (today|this (week|month))|this morning|previously|back in|used to|in the past|been (hit|attacked|punched|robbed|followed) before|on (mon|tues|wednes|thurs|fri|satur|sun)day|on the \d+(st|nd|rd|th)?(?! (floor|storey|level|fl)\b)|on \d+ (of )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|the night before|months ago|ages ago|at the time|afterwards?|(is|was|all) over now|already (over|gone|put out|left|resolved|fixed|arrested|discharged|recovered|found|safe|ok)|has since|have since|was (later )?(put out|rescued|found safe)|follow(ing)? up (on|to|about)|regarding the|about the (incident|fire|fight|assault|theft|accident|break-?in) (on|last|yesterday)|when (it|this|that) happened|in (january|february|march|april|may|june|july|august|september|october|november|december)|(letter|report|e-?mail|complaint|footage) of \d+ (jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*|incident report)\b/,
  /昨[天日晚夜]|[琴尋噚擒]([日晚])|前[天日晚幾]日?|上(個)?(星期|禮拜|週|周|月|次|年|回)|上[週周]|[兩二三四五六七八九十幾\d]+個?(日|天|星期|禮拜|月|年|晚|鐘頭|小時)(之)?(前|之前)|今朝|今早|今晨|早前|之前|以前|曾經?|當(時|日|晚|天)|[嗰那]([日晚次陣時]|天)|事後|[已經]+(撲熄|救熄|熄咗|走咗|離開|處理|沒事|冇事|出院|搵返|找到|救出)|撲熄|去年|舊年|[週周]([一二三四五六日末])|星期[一二三四五六日]|禮拜[一二三四五六日]|[\d]+月[\d]+[日號]|件事|事件.{0,8}(跟進|調查|報告|結果)|跟進.{0,12}(事件|意外)|試過|年前|月前|後來|事隔|(?<![爬跨攀翻跳衝越])過[咗了]/,
  /\b(in|from|since) (the )?(spring|summer|autumn|winter)\b|\blast (term|spring|summer|autumn|winter|season)\b|\bfrom (january|february|march|april|june|july|august|september|october|november|december)\b|(?<![一二三四五六七八九十\d])[一二三四五六七八九十]{1,2}月(?!\d|大|嘅?(bb|嬰|仔|女))|上學期/,
  /\b(was|were|got|had)\b.{0,60}\bon (new year's eve|(labour|boxing|christmas|national|easter|mother's|father's) day)\b(?!.{0,80}\b(is|are|now|still)\b)/,
  // What a break-in left behind.
  /\b(signs?|marks?|traces?) of (an? )?(attempted )?(break-?in|crowbar|forced|burglar\w*|tampering)(?!.{0,80}\b(inside|still|now|hear|here)\b)|撬過(嘅|的)?(痕跡|印)|撬(門|鎖)?(嘅|的)?痕跡/,
  // Force by our own people, told in the past tense: a grave complaint, and over.
  /\b(guards?|officers?|staff|security( man| guard)?|supervisor|your (man|men|people)|bouncer)\b(?!.{0,40}\b(fell|fallen|fainted|collapsed|slipped|tripped)\b).{0,24}(?<!\b(been|being|getting) )\b(grabbed|pushed|dragged|hit|punched|pinned|held|wrestled|twisted|shoved|slapped|kicked|threw|tackled|beat|choked|locked)\b/,
  /(保安|職員|主任|主管|護衛|管理員|你哋(嘅|的)人|你們的人|更長)[^,，。被俾畀]{0,8}(打|推|拉|捉|揸|按|拖|扯|撲|跪(?!咗?(喺|在|低))|(?<!心外)壓|撳|箍)(?!緊|電|理|開|廣|住[^。]{0,16}(頸|喉|個頭|心口))/,
]

/** Words that bring a told danger back into the present. */
export const present: readonly RegExp[] = [
  /\b(right now|(?<!\b(?:no ?one|nobody|no-one)(?: is)?(?: inside| there| here)? )now(?! refuses to (go out|use|take|ride)| over(?=[,.])| home(?=[,.!]|$| and (well|fine|happy|cheerful|resting|safe))(?!.{0,90}\b(pain|not|again|but|faint\w*|collaps\w*|bleed\w*|worse|breath\w*)\b))(?<!\bhome now(?!.{0,90}\b(pain|not|again|but|faint\w*|collaps\w*|bleed\w*|worse|breath\w*)\b))|currently|at (the|this) moment|happening|as (we|i) speak|just (now|happened|started|saw|heard|found|collapsed|fainted|fell)|still (there|here|burn\w*|smok\w*|on fire|bleed\w*|inside|missing|stuck|trapped|smell\w*|unconscious|not|lying|going on|fighting|screaming|hasn'?t|haven'?t|can'?t|cannot|coming|in the|alive|ringing|leaking|outside|following|waiting for (an )?ambulance|nowhere|locked)|since (last|yesterday|this|an? |\d)|help( me| us)?!|hurry|quick(ly)?|come (quick|now|fast|asap)|send (someone|somebody|help|guards?|security|people|ambulance|an ambulance)|ambulance (now|please)|(?<!\bdo you )call (999|the police|an ambulance)|back again|(it|is|has) (come )?back|again (now|today|tonight)|getting (thicker|worse|stronger|closer|hotter)|urgent(ly)?|(seconds|minutes|mins) ago|look(ing)? (out )?for (him|her|them)|help (me |us )?(find|look for)|today|tonight|(not|isn't|no) (just |only )?(a )?(drill|test|exercise|joke|hoax)|real (fire|emergency)|not (come|returned|been) (home|back|seen))\b|\bhasn'?t (come|returned|been seen)|\bkeeps (on )?(hitting|kicking|punching|beating|choking)\b|\bwon'?t (let go|stop (hitting|kicking|punching|beating|choking))\b|\b(is|'s|are|'re|am|'m) (still )?(badly |heavily )?(bleeding|unconscious|not (moving|breathing|responding|waking|conscious)|on top of (me|him|her)|choking (me|him|her|my)|gasping)\b|\b(can'?t|cannot) (get up|breathe|be woken)\b|\bi (can )?hear (footsteps|voices|someone|somebody|people|steps|breathing|glass|whisper\w*)\b|\b(his|her|their) phone('s| is) (off|dead)\b|!!/,
  /(而家|依家|宜家|現在)(?!除了|你哋(乜|咩)|已?經?(冇|沒|無)事|[^,，。]{0,6}(返咗屋企|出院|冇事))|[現正]正?在(?!處|除了|已?經?[冇沒無]事)|此刻|目前|啱啱(?!搬入)|剛剛|剛才|頭先|仲(?!未(有人|收到|回|見|覆|得到|處理|跟進|解決|交代|賠|有消息|有回|[俾畀]報告)|(話|叫|問)(?![^。]{0,16}(會|要|再|返|殺|死|炸|打|斬|跳))|笑|同[佢師]|影|輸|揮手|嗌住要飲|跨過|擺上|未交)(係|喺|有|未|燒|流|困|喺度|打)?|仍然?(未醒|在燒|流血|困|在|有)|仍未(尋獲|找到|回家|返)|還(在(?!說笑|笑|偷笑)|有|沒(回|找|醒)|未(回|返|找|醒))|快[啲點]|快來|快派|派人|救命|(?<!直到(有人|師傅|消防))救我|救我(?!哋?出[嚟來][\s。]*$)|立即|即刻(派|嚟|來|叫|上|過)|馬上(派|來|過|上)|又(嚟|來|有|開始|聞|見)|至今(未|仍|沒)|到而家(?!你哋(乜|咩))|到現在|(未|就冇|一直冇)(返|回)過?(嚟|來|家|屋企)|流緊血|起唔到身|抖唔到氣|[郁動]唔到|叫唔醒|(壓|騎|坐|箍|撳)住(我|佢)|緊急|幫(手|我|忙)?搵(佢|返?我|下佢)|未見人|今晚|(?<!到)今日|今天|(唔係|不是|並非)(演習|測試|講笑|說笑)|(?<!如果|若果|萬一|若)真係(有)?(火|嘅)|由?[昨琴尋噚][天日晚](起|開始)|真的(有)?火|！！/,
]

/** A sentence told in the present, whatever its neighbours say. Chinese has no tense to go by. */
export const presentTense: readonly RegExp[] = [
  /\b(is|are|am|isn't|aren't|there's|it's|i'm|he's|she's|they're|we're|can't|cannot|smells?|feels?|looks?|needs?)\b/,
]

/** Praise that mentions a danger handled well. */
export const gratitude: readonly RegExp[] = [
  /\b(thank(s| you)?( so much| very much| again)?,? (to|for|that|the|all|your)|grateful|compliment\w*|commend\w*|praise\w*|appreciat\w+|kudos|hats off|well done|great job|good job|credit to|shout.?out|saved my)\b/,
  /(多謝|感謝|感激|讚|表揚|嘉許|致謝|鳴謝|好彩有|好在有|應該加人工|值得欣賞|欣賞)/,
]

/** Denied: looked for only in the few characters before the danger word, and a few after. */
export const deniedBefore: readonly RegExp[] = [
  /\b(no|not|isn'?t|wasn'?t|without|never|neither|nor|false|don'?t (see|smell|have|think)( any| there'?s| it'?s( a)?)?|there (is|was|were|are) no|no sign of|no (open|naked)|no (smoke|people|persons|strangers|visitors|golfers|flames|heat) or|free of)( (a|an|any|real|actual|the|more|longer|longer a))? ?$/,
  /(沒有|冇|無|並無|並非|唔係|不是|非|未有|冇見到|沒看到|見唔到|誤[報鳴]|唔使|不用|不需要)(真|任何|咩|乜|發生|人)?$/,
]
export const deniedAfter: readonly RegExp[] = [
  /^ ?(is |was )?(a )?false alarm|^ (is|was) not |^ (keeps?|always) (ringing|going off) (for no reason|every|all)/,
  /^.{0,4}(誤鳴|誤報|假警|[,，]?冇(乜|咩|嘢|野)?事|沒事|係假|是假)/,
]

/** Over, and said so at the end: "fainted, now ok". It outweighs the word "now", unless something qualifies it. */
export const allClear: readonly RegExp[] = [
  /\b(now (ok|okay|fine|alright)|(ok|okay|fine|alright) (again )?now|(fine|ok|okay|well|safe|alright|better) and (back |resting )?(at )?home( now| again)?|false alarm)\W*$/,
  /(而家|現在|已經|依家)(已經)?(冇事|無事|沒事|好返|冇大礙)[喇了啦囉]?[\s。.!！]*$|(而家|現在|依家)(已經?)?出[咗返]?院(?!.{0,20}(暈|痛|血|跌|病發|死))|(冇事|沒事)[^。]{0,4}返咗屋企[\s。.!！]*$|(血[^,，。]{0,6}止[返咗]|自己止[返咗]|止[返咗]血)[\s。.!！]*$/,
]
export const qualified: readonly RegExp[] = [
  /\b(but(?! (is |are |he'?s |she'?s |he is |she is )?(now )?(fine|ok|okay|awake|alright)\b)|still|again|another|check|see|if|whether|hope|make sure|not|pretend\w*|say(s|ing)?|said|claims?|think|until|was)\b|n't\b|\?/,
  /但|不過|仲|又|再|睇下|係咪|是否|有冇|話|自稱|希望|假裝|未|唔|不|以為|[?？]/,
]

/** Words by which a danger that is only named is here after all: "extinguished at 10:05, but it has started again". */
export const comesBack: readonly RegExp[] = [
  /\b(again|still|back|now|yet|but|start(s|ed))\b|又|再|仲|返|而家|現在|但|未/,
]

/** How letters end says nothing of a danger: "A fire in the bin room. Thank you for your help." */
export const withoutClosing = (after: string): string => (closing.test(after.trim()) ? '' : after)
const closing =
  /^((many )?thanks|thank you|thx|ty)( so much| very much| a lot)?( (for|in advance for) (your|the|any) (kind )?(help|assistance|attention|time|support))?[.!]*$|^(多謝|謝謝|感謝|唔該)(晒|哂|你|您|你哋|各位)?的?(幫忙|協助|關注|幫手)?[。.!！]*$/

/** Who left two hours ago is still missing, where a fire two hours ago is over. */
export const hoursAgo =
  /\b(\d+|an?|one|two|three|four|five|six|few|couple of|half an) (minutes?|mins?|hours?) (ago|back|earlier)|[兩二三四五六半幾\d一]+個?(分鐘|鐘頭?|小時)之?前/g

/** When somebody was operated on or gave birth says how they are, not that the danger is over. */
export const healthBefore =
  /\b(operation|surgery|transplant|bypass|c-section|gave birth|had a baby) (last (week|month|year|night)|yesterday|(\d+|an?|one|two|three|few|some) (days?|weeks?|months?) ago)|(上個?(星期|週|周|月)|[琴昨尋][日天]|[幾兩三四五六七\d]+(日|天|個?星期|個月)前)(才|先|剛|啱啱)?(做完|做過|做|接受)[^,，。]{0,4}手術/g
