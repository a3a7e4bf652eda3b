/** Everyday things whose names contain a danger word. Like the other harmless phrases they are blanked out first. */
export const thingsEnglish: readonly RegExp[] = [
  /\bstamp(s|ed|ing)? (my|our|your|this|a|the) (\w+ )?(ticket|receipt|form|card|pass|letter|passport|voucher|booklet|paper)s?\b|\b(ticket|receipt|form|card|letter|voucher|pass)s? (be |get |got |was |were |is )?stamped\b|\bstamped (receipt|copy|ticket|form|letter|envelope)s?\b|\bstamp hands at\b|\bstamps? (around|about|like (an? )?elephants?)\b/g,
  /\bburglar-? ?proof\w*|\b(set|arm|disarm|test|reset|quote for|(contact|code) for) (\w+ ){0,2}(burglar|intruder|break-?in) (alarms?|sensors?)\b|\b(book|hire|order|borrow)( \w+){0,3} (bomb|explosives?) dogs?\b|\bwater bombs?\b/g,
  /\bi (nearly|almost) had a heart attack (when|at|over|opening|reading|seeing)\b|\bnearly had a heart attack when\b|\b(boss|teacher|manager|coach) (will|would|is going to) kill me\b|\bparked\b.{0,60}\bno driver\b|\bkilled it\b|\bdying (of |with )?laugh\w*|\b(fake|stage|theatre) blood\b|\b(cake|butter|palette|putty) kni(fe|ves)\b|\b(prop|laser|foam|nerf|glue|staple) guns?\b|\bfake (car )?crash\b|\bfire (eater|dancer|dragon)s?\b|\bfire (safety )?talks?\b|\bsmoke lobby\b|\b(can|may|could|allowed to|want to|like to|out to) (we |i |they |people |staff )?smoke (outside|at|near|by|on|in) (the|a|our|my)\b/g,
  /\b(speakers?|tannoy|intercom|radio|walkie\S*|loudspeakers?|microphone|mic)\b.{0,48}\bcrackl\w+(?!.{0,40}\b(smok|spark|burn|hot|melt))|\b(sweep|swept|clear|clean)(ed|ing)? (up )?(the |a |some )?broken (bottles?|glass)\b|\b(vending|ticket|parking|pay|drinks?) machine.{0,12}\bswallow\w*/g,
  /\b(cars?|vans?|bus(es)?|lorr(y|ies)|trucks?|taxis?) (can'?t|cannot|can not|could not|couldn't) (get|drive) out\b|\b(put|hung|left|placed|tied|hooked) (it|them|this|that) (up )?on the (ledge|railings?)\b|\bpaint on the (ledge|railings?)\b|\bparcels? (is|was|are|has been) (being )?held\b/g,
  /\b(son|daughter|child|boy|girl|mother|father|wife|husband) (is|has) gone (to|home|back)\b|\b(would|might) help (us|me)( all)?\b(?! (now|please|quick|get out|up))|\bsave (us|me) (all )?(trouble|time|money|the trouble|an? (trip|walk|call|journey))\b|\b(sink|bath|tub|basin|bucket|cistern|gutter|tap)s?\b.{0,16}\brun over\b|\bwhen (will|does|is|are) the .{0,24}\b(come|coming) down\b|\bkey\b.{0,50}\bcut badly\b/g,
  /\b(wallet|phone|card|keys?|bag|purse|gloves?|scarf|toy|ticket|umbrella)s? (that |which )?(i|he|she|we) (had )?dropped\b|\b(patient|resident|guest|student|visitor|customer|pupil|tenant|boy|girl)'s (\w+ )?(bag|phone|card|jacket|umbrella|shoes?|bike|scooter|toy|glasses|keys?|watch|ring|wallet|purse|necklace|lunch ?box|hearing aid|blanket|laptop)\b(?! (is |are )?(alight|on fire|burning|smoking))/g,
]

export const thingsChinese: readonly RegExp[] = [
  /邊度(交|攞|買|拎|申請|登記|借|還|換|查|取|充|繳)|點(樣|可以)?返?入屋|緊急電筒|非緊急救護車|救護車(車?位|通道|泊位)|頸繩|俾[着著]拖鞋|踢緊?波|打緊[^,，。]{1,3}電話|打緊(電話|掃|工|卡|印|算|機|麻雀|牌|波)|打我(另一個|呢個|個)?(電話|手機|號碼)/g,
  /(小朋友|細路|[個我][仔女囡孫]|病人|長者|婆婆|伯伯|老公|老婆)(嘅|的)?[件條對隻部張把枝副支樽本架](?![^,，。!！?？]{0,4}(人|友|妹|弟|哥|姐|佬|同學|仔|女))[^,，。!！?？]{1,5}(唔見|不見|遺失)|[男女]廁[^,，。!！?？人仔女童]{0,10}(唔見|不見)/g,
  /(book|預約|租|借|安排)[^,，。]{0,4}(炸彈|搜爆|爆炸品)犬|(有冇|使唔使|可唔可以|唔好|唔使|准唔准)(帶|拎)住?警棍|(扣|張卡|掣|手機證|app|盆栽|啲花|棵樹|啲草|電池)(就|快|已經|都|就快)?(死[咗晒]|就死|快死晒?)/g,
  /(崗位|更亭|保安亭|更房|控制室|當值時?|返工時?)[^,，。!！?？]{0,6}(瞓|睡)(咗|緊|着|著|晒)?覺(?!.{0,12}(叫唔醒|嗌唔醒|冇反應|唔郁))|𠝹[爛開][^,，。]{0,4}(袋|背囊|箱|膠帶|盒|沙發)|(漏|跌|留)(咗|低咗?)把(𠝹刀|較剪|鉸剪)|(窿|資料|垃圾|積水|問題|件事)仲喺度/g,
  /(電話|手機|眼鏡|波|證|卡|匙|工具|衫|褲|鞋|遮|袋|銀包|公仔|玩具|耳機|戒指|帽|水樽)[跌掉][咗了]?[落入進下][咗去了]{0,2}[^,，。]{0,3}(海|河|水|池|塘|渠|井|坑|洞|窿|街|𨋢槽)/g,
  /(多謝|感謝|感激)[^。!！快求請嚟來]{0,16}救[咗了]?我[哋們]?|打我[^,，。]{0,2}內線|搬(返)?入屋|[着著穿]鞋套入屋|𠝹親(手指|隻手|手)(?!.{0,12}(血|頸|腕))/g,
  /(自動)?(體外)?(心臟)?([去除]顫器|電擊器)(?=[放擺喺在裝][^,，。]{0,4}[哪邊])(?!.{0,24}(快|急!|暈|昏|心跳|冇反應))/g,
  /(打開|睇到?|見到|收到)[^,，。]{0,16}(差啲|差點|幾乎)心臟病發|泊[咗喺緊住]?.{0,24}冇司機|圍欄外(拍照|影相|等人|派傳單|望)|冇[郁動]手(?!腳|指)|追住還[返翻]?[俾畀給]/g,
]
