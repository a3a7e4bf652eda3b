/**
 * What only sounds like danger because of how it ended or how it is asked: blanked out, so that any danger beside it still
 * rings ("came home by herself, covered in blood").
 */
export const endsEnglish: readonly RegExp[] = [
  /\bfire services? (came|arrived|attended|left|checked)\b|\blost (a|his|her|another|one|two) (\w+ )?(tooth|teeth|balloon|socks?|shoes?|button|mittens?)\b|\b(lady|man|gentleman|mother|father|mum|dad|gran\w*|boy|girl|child|kid|son|daughter|husband|wife)\b.{0,40}\b(came|come|got|is|was) (back |safely )?home (by (her|him)self|safe\w*|on (her|his) own)\b(?!.{0,60}\b(but|then|again|left|out|gone|without|hurt|injured|can'?t|cannot)\b)/g,
  /\b(haven'?t|hasn'?t|have not|has not|never|no longer) (trapped|caught) (anyone|anybody|people|a soul|a single \w+)\b|\b(lift|elevator)\b.{0,40}\b(stopped|jammed|halted|stuck)\b.{0,40}\b(carried on|went on|moved on|continued|started again)\b(, (nobody|no one) (was )?stuck( in the end)?)?(?!.{0,60}\b(again|inside|dropped|stuck|hurt|trapped|not|can'?t|still|help|shak\w*|stopped)\b)/g,
  /^\W*(do|does|would|will|what|how|where|which|are|is|can)\b.{0,60}\bwhen the fire alarm (is on|goes off|rings|sounds)\b|\bso (that )?(the )?(children|kids|people|pupils|nobody|strangers) (can'?t|cannot) (get|climb|go) up( there)?\b|\b(use|using|with|add) haze\b|\bhaze (machine|effect|fluid|for (the )?(film|show|stage|filming|concert))\w*/g,
  /\b(glass|rubbish|trash|bags?|boxes|bottles?|leaves|branches|bricks?|cable|bike|scooter|trolley|litter|needles?) (has been|have been|is|are|was|were|been) (lying|laying) (in|on|at)\b|\b(exit|toilet|direction|no smoking) sign (is )?dangling\b|\b(rain|rainwater|wind|smell|dust|cat|bird|flies|mosquito\w*|draught|noise|cold air) (got|gets|came|comes|coming|gets) in (by|through)\b|\bfire (alarm|bell) (keeps?|always|kept) (going off|ringing|sounding) (for nothing|for no reason|without (any )?reason)\b/g,
]

export const endsChinese: readonly RegExp[] = [
  /淋[咗緊]?水(?!.{0,8}(佢|我|人|油|酸))|輕微(燙傷|擦傷|割傷|受傷|灼傷)|見牙唔見眼|(認知障礙|腦退化|失智)[^。]{0,12}自己返[到咗]?(屋企|家)(?!.{0,30}(但|又|再(?!搵)|血|傷|暈|跌))|(冇|無|沒有?|未)困過人?|停[喺在咗]扶手電梯(口|頂|底)|(雨水?|風|雀|蚊|貓|曱甴)由窗口?[入飛][咗]?嚟|(定係|師傅|要)駁電線/g,
  /(𨋢|lift|電梯|升降機)[^。]{0,6}停[咗了][^。]{0,6}(之後|跟住|然後)(照行|照開|郁返|行返|開返)[^。]{0,4}(冇|無|沒有?)困到?人(?!.{0,20}(又|再|但|跌|傷))|救護車[^,，。]{0,3}(泊唔泊|入唔入|停唔停)到|緊急(嗰陣|時候?)[,，]?(應該|要)?(打|搵)|緊急召喚(掣|鐘|器)|車[^,，。]{0,8}[俾被畀]人爆竊(?!.{0,10}(緊|而家|仲))|走失(兒童|小孩|小朋友)?(集合處|服務|廣播站|櫃枱)|多謝[^。!！求請嚟來]{0,10}(咁快|好快)救|等出[咗]?事先|(火警鐘|警鐘|消防鐘)(成日|經常|晚晚|日日)[^。]{0,5}響|(自動)?(體外)?(心臟)?除顫器(?=(會唔會|有冇)[^,，。]{0,4}(鎖|壞))(?!.{0,24}(快|急|暈|昏|心跳|冇反應))/g,
]

/** Said of what happened: over, explained, counted. It tells a danger unless the same sentence has one now. */
export const over: readonly RegExp[] = [
  /\bturned out to be (just |only )?(a |an |the |my |our |some )?(\w+ )?(chef|cook|alarm clock|toy|cat|dog|bird|pigeon|rat|false alarm|prank|joke|balloon|toaster|steam|dust|umbrella|tripod|costume|prop|laundry|nothing|burnt toast|football|match|tv|telly|television|video game|karaoke)\b(?!.{0,60}\b(but|then|with a|attack\w*|stab\w*|hit\w*|wires?|bleed\w*|blood|still|bit|on fire|in it)\b)|\b(parcel|package|bag|box) was (just |only )?an? (alarm clock|toy|clock radio)\b(?!.{0,40}\b(wires?|tape\w*|wired|with|but|attached|and)\b)|\b(opened|looked|checked)\b.{0,12}\b(it )?had (sweets|toys|clothes|books|food|shoes|cake) (in it|inside)\b(?!.{0,40}\b(and|but|wires?|with)\b)/,
  /\b(poured|threw) (some )?water (on|over) it, ?((it'?s|all|and it'?s) )?(out|finished|done|over)\W*$|\b(teachers?|staff|guards?|police|security|parents|they|we) (have |had )?dealt with (it|them)[^\w?]*$|\bdid the trick\b(?!.{0,60}\b(but|then|still|not|stopped|worse|gone|collaps\w*|faint\w*|passed|down)\b)|\b(police|guards?|security|officers?) (came and )?checked,? (and )?(it was )?(just |only )?(a )?(cat|bird|rat|bat|mouse|moth|spider|nothing)\W*$/,
  /\b(lift|elevator)\b.{0,80}, (and )?(they are|they're|everyone is) (all )?(safely )?out( now)?\W*$|\b(entered|walked into|came into|wandered into|stepped into)\b.{0,40}\bby (mistake|accident)\b.{0,60}\bleft (at once|immediately|straight away)\W*$|\b(owner|tourist|passenger|customer|guest|(belong(s|ed) to|was (the|an?) \w+'s)\b.{0,60}\b(he|she|they)) (has |have )?(picked it up|collected it|claimed it|come back for it|came back for it)(?! and (?!we re-?opened|all is)| but| then|.{0,40}\b(ran|again|another|tick\w*|wires?)\b)|\b(trapped|stuck|jammed|stopped)\b.{0,16}\b(twice|(two|three|four|five|six|several|many|\d+) times)\b(?!.{0,60}\b(i'?m|i am|we'?re|we are|now|again|still|help|inside)\b)/,
  /已經?(拔咗|關咗|熄咗|掉咗|淋熄|撲熄)[^。]{0,12}(冇人受傷|冇事|無人受傷|搞掂)[\s。]*$|(救護車|白車|十字車)[^。]{0,10}(送|載|車)[咗了][^,，。]{0,6}(醫院|急症室?)[\s。]*$|流鼻血[^。呼心脈暈]{0,12}止[咗返]+[\s。]*$|(蜜蜂|黃蜂)[^,，。]{0,2}[針叮][親咗]?[,，](冇|無|沒有?)(敏感|過敏|腫)(?!史)[^。但呼暈]{0,6}[\s。]*$|就好返[^。]{0,3}(已經?)?返[咗]?[崗工學][\s。]*$|原來只?係(廚師|道具|玩具|鬧鐘|貓|雀|蒸氣)[^。但仲]{0,12}(冇事|無事|沒事|虛驚|誤會)[\s。]*$|包裹(原來)?係個?(鬧鐘|玩具)[,，](?![^。]{0,24}(線|炸|電池|仲|但|又))|(睇過|打開|檢查過)[^,，。]{0,3}(入面|裡面)?[^,，。]{0,2}係(糖|衫|書|玩具|嘢食)(?![^。]{0,16}(但|線|仲|又))|事件已經?(完結|結束)|樹[^,，。]{0,6}冧[咗了][,，]?冇人受傷[\s。]*$/,
  /[困停壞]過(幾多|[一兩二三四五六七八九十幾\d]+)次(?!.{0,30}(我|入面|出唔到|救|快|又|再|而家))/,
]

/** Asked or proposed: "how often have people been trapped", 「商場有細路走失，你哋會點做」. */
export const asked: readonly RegExp[] = [
  /\bhow (often|many times|frequently) (has|have|had|does|did|was|were|do|is|are) ((some|any)(one|body)|people|residents|tenants|kids|children|guests|the lifts?|lifts?|the alarms?)\b(?!.{0,40}\b(to|tell|say|call|ask|repeat|report)\b)|\bhow (fast|quickly|soon) (can|could|do|would|does|will) (you|your|the|guards?|staff)\b.{0,60}\bwhen (an?|someone|somebody|people)\b/,
  /幾耐先[當算會]|(驚|怕|擔心)[^,，。]{0,6}困𨋢[,，][^。]{0,14}(得唔得|可唔可以|安唔安全|好唔好)|走失時[^。]{0,8}(多久|幾耐|[點怎])|建議[^。]{0,10}[派設加裝搞][^。]{0,20}走失/,
]
