import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

/** What is over, explained or only asked; and under it people in real danger who happen to use the same words. */
const twins: Record<string, { quiet: string; ring: string }> = {
  'fire services came': {
    quiet: `Fire services arrived at nine and left at ten, all normal
fire services attended at lunch, no action taken`,
    ring: `fire services left and the fire is back
fire services came to the wrong block, our kitchen is burning
fire services left but there is smoke again on 7
fire services checked it and now it smells of gas again`,
  },
  'a lost tooth': {
    quiet: `a girl lost a tooth at the fountain, proud of it
he lost his balloon in the atrium`,
    ring: `a girl lost a tooth and she is bleeding a lot
he lost two teeth in the fight, they are still hitting him
my boy lost a shoe and now he is missing
she lost a tooth when she collapsed, she is not waking up`,
  },
  'came home alone': {
    quiet: `the man with dementia from 5B came home by himself at noon
our lost girl got home safely, no need to search`,
    ring: `the man with dementia came home by himself but he is bleeding from the head
the lady with dementia came home by herself and left again, we cannot find her
our lost boy came home safe, then his sister disappeared
my son came home by himself without his little sister, she is missing`,
  },
  'never trapped anybody': {
    quiet: `these elevators have never trapped anyone, keep it up
the new lift hasn't trapped people since May, good work`,
    ring: `it has never trapped anyone before but now I am trapped in it
the lift has not trapped people for years, we are stuck in it now
the new lift hasn't trapped anybody they said, three of us are stuck inside the lift
it never trapped anyone, please come, my mum is trapped`,
  },
  'the lift carried on': {
    quiet: `the lift stopped briefly and then carried on, just so you know
elevator 3 jammed for a second and started again, nobody stuck`,
    ring: `the lift stopped, carried on and stopped again, we are inside
the lift stopped and carried on and then dropped two floors, a man is hurt
the lift jammed, started again and now we are stuck between floors
the lift halted, moved on, and is still not opening, help`,
  },
  'when the fire alarm is on': {
    quiet: `do the gates open when the fire alarm is on
what happens to the barriers when the fire alarm goes off`,
    ring: `what do we do, the fire alarm is on and there is smoke
where do we go when the fire alarm rings, I see flames
how do we get out, when the fire alarm goes off the door locks and we are trapped
is it normal when the fire alarm rings that smoke comes out of the vents now`,
  },
  'so that nobody can get up there': {
    quiet: `please lock the terrace so that children cannot get up there
is the ladder chained so kids can't climb up`,
    ring: `he has blocked the stairs so nobody can get up there and he is going to jump
the ramp collapsed so that people can't get up, two are hurt
they locked the roof so nobody can get up there, there is a man on the ledge
she fell and she can't get up`,
  },
  'haze for filming': {
    quiet: `turn off the sensor in hall B on Friday, they use haze
a haze machine will run in the theatre`,
    ring: `we use haze but this is real smoke coming out of the wall
the haze machine is on fire
there is haze in the corridor and my eyes sting
haze machine sparking and smoking, people coughing`,
  },
  'things lying about': {
    quiet: `broken tiles and glass have been lying at the slide since Monday
rubbish is lying in the stairwell again`,
    ring: `glass is lying in the lobby and a man is lying on the floor bleeding
boxes are lying in the corridor and they are on fire
a bike is lying on the ramp, the boy is under it unconscious
the sign is dangling by one wire right above people, exit sign dangling and a cable is sparking`,
  },
  'rain got in': {
    quiet: `damp wall in 3C, I suppose the rain came in by the window
a bird got in through the skylight`,
    ring: `a man got in through the window
rain came in by the window and the socket is sparking
a bird got in through the window and a burglar got in by the door
smoke comes in through the vents, we cannot breathe`,
  },
  'an alarm for nothing': {
    quiet: `the fire bell keeps ringing for nothing
that fire alarm keeps going off for no reason, fourth night`,
    ring: `the fire alarm keeps going off for nothing they say but I smell smoke
the fire alarm kept ringing for no reason, now there are flames
fire alarm keeps sounding for nothing? the corridor is full of smoke
the fire bell keeps ringing without reason and somebody collapsed on the stairs`,
  },
  'it turned out': {
    quiet: `the person with the knife turned out to be a cook on his break
the smoke in B2 turned out to be steam
the bomb turned out to be an alarm clock`,
    ring: `the parcel turned out to be a bomb
I thought it was a drill, it turned out to be a real fire
the stranger turned out to be a cook but he is stabbing people
the smoke turned out to be steam, but now there are flames
the toy turned out to be a gun, he is pointing it at us`,
  },
  'it was an alarm clock': {
    quiet: `the ticking bag was just an alarm clock
the strange box had a note "bomb" on it, I opened it, it had toys inside`,
    ring: `the ticking box was an alarm clock with wires taped to bottles
the ticking parcel was an alarm clock but the other one is ticking too
I looked, the bag had clothes in it and a bomb
the box was a toy, the second box is ticking now`,
  },
  'dealt with': {
    quiet: `two boys had a fight, teachers dealt with it
small fire in a bin, we threw water on it, finished`,
    ring: `two boys are fighting, who dealt with it last time? come now
there is a fight, the teachers dealt with it badly and one is unconscious
fire in the bin, we threw water on it, it's out of control
fire in the pan, we poured water on it and the flames got bigger
there was a fight and staff dealt with it, now he is back with a knife`,
  },
  'did the trick': {
    quiet: `a runner fainted, shade and water did the trick
the cook fainted, sugar did the trick, he is on duty again`,
    ring: `cpr did the trick for a minute but he stopped breathing
he fainted, water did the trick, then he collapsed again
she fainted, sugar did the trick, now she is unconscious
a runner fainted, shade did the trick, and a man has a knife
water did the trick we thought, she is not breathing`,
  },
  'checked, a cat': {
    quiet: `intruder alarm at the store at two, guards checked, just a cat
burglar alarm rang, police came and checked, nothing`,
    ring: `intruder alarm rings, police checked, a man is still inside
intruder in the store, the guards checked and are being attacked
burglars in the shop, nobody checked
the guard checked, a cat, but now I hear someone breaking in`,
  },
  'by mistake': {
    quiet: `a stranger entered our office by mistake at noon, left at once
a stranger walked into our flat by accident this noon and left immediately`,
    ring: `a stranger is in our flat by mistake he says, he won't leave
a stranger entered our office by mistake he said, he has a knife
someone took my daughter by mistake, left at once in a car, she is missing
a stranger came in by mistake and left at once, now he is back and kicking the door`,
  },
  'picked up': {
    quiet: `the unattended bag at gate 3 is solved, the owner picked it up
unattended suitcase in the hall, the passenger came back for it`,
    ring: `unattended suitcase ticking, nobody picked it up
the unattended bag, he picked it up and ran at people with a knife
unattended bag with wires, the guard picked it up now
the owner picked it up, but there is another unattended bag, ticking`,
  },
  'they are out': {
    quiet: `two people were in lift 3 when it jammed, they are out
kids jammed the elevator, everyone is out`,
    ring: `we are stuck in the lift and the guards say they are out
people trapped in the lift, the lights are out
my kids are trapped in the lift, they are out of air
people were stuck in the lift, they are out cold on the floor
Kitchen on fire, everyone is out
fire in 12B, they are all out
Gas leak in the basement, everyone is out
building on fire everyone is out but the cat`,
  },
  'so many times': {
    quiet: `lift 2 has trapped residents three times this month, replace it
that lift got stuck five times this week, ridiculous`,
    ring: `I called three times, we are stuck in the lift
trapped in the lift, pressed the bell five times, nobody answers
the lift got stuck three times this week and I am inside it again
I'm trapped, I rang you ten times`,
  },
  'how often': {
    quiet: `how often does someone get stuck in the lift
how many times have residents been trapped this year
how fast can you search when a child is missing`,
    ring: `how often do I have to tell you, we are trapped in the lift
how many times do I need to call, there is a fire
how fast can you come, my child is missing
how often must I ask, my mum collapsed
we hear hissing and smell gas, how often is the lobby team changed`,
  },
  水同風: {
    quiet: `垃圾桶邊過少少火，淋咗水，冇事
地毯濕咗，應該係雨水由窗口入嚟
隻雀由窗入咗嚟`,
    ring: `淋咗水但仲着緊火
有人向佢淋咗水同汽油
雨水由窗入嚟，插座冒煙
有個男人由窗入咗嚟
隻貓由窗入嚟，跟住有賊爬入嚟`,
  },
  輕微燙傷: {
    quiet: `廚房同事輕微燙傷，沖咗水，返返工
十點有訪客輕微擦傷，貼咗膠布`,
    ring: `輕微燙傷嗰個而家暈咗
佢話輕微擦傷，但流緊好多血
我輕微割傷，阿爸就冇呼吸
輕微受傷嗰位突然抽搐`,
  },
  自己返到屋企: {
    quiet: `腦退化嗰位伯伯自己返到屋企喇
失智嘅婆婆四點自己返咗屋企，唔使再搵`,
    ring: `腦退化嗰位伯伯自己返到屋企，但係流晒血
認知障礙嘅婆婆自己返到屋企又走失咗
失智嘅爺爺自己返咗屋企，跟住暈低
腦退化嘅阿媽自己返到屋企，但個孫唔見咗`,
  },
  冇困過人: {
    quiet: `部𨋢一年冇困過人，多謝
啲新𨋢未困過人`,
    ring: `部𨋢冇困過人，但我而家困住咗
話冇困過人，我哋三個困喺𨋢
未困過人嘅新𨋢，而家有人困𨋢
冇困過人？我阿媽被困緊`,
  },
  照行: {
    quiet: `頭先搭𨋢停咗幾秒，之後照行，冇困到人
部lift停咗一陣，跟住照行，最後冇困人`,
    ring: `部𨋢停咗，之後照行，跟住又停咗，我哋困住
部𨋢停咗，然後跌咗落去，有人傷
部𨋢停咗，之後照行冇困到人，但有個婆婆暈低
部lift停咗，出唔到`,
  },
  救護車: {
    quiet: `有位阿伯暈低，白車一個鐘前送咗佢去急症室
而家裝修，救護車入唔入到C座
兩點有人暈低，救護車已經送咗佢去醫院`,
    ring: `救護車半個鐘前走咗，但佢又暈低
救護車送咗佢去醫院，佢老婆就暈低咗
白車仲未到，佢冇呼吸
救護車入唔到嚟，阿媽心口好痛
快啲叫救護車`,
  },
  止咗: {
    quiet: `有個小朋友流鼻血，五分鐘後止咗
教練俾黃蜂針親，冇過敏`,
    ring: `佢流鼻血，跟住呼吸止咗
流鼻血止唔到，暈低咗
俾蜜蜂針，冇過敏史，但係面腫晒
俾黃蜂針，冇反應，冇呼吸`,
  },
  就好返: {
    quiet: `步操有學員暈咗，飲水就好返，返咗工
有同事暈咗，食粒糖就好返，已經返崗`,
    ring: `佢話飲水就好返，而家叫唔醒
暈咗，好返一陣又再暈
坐低就好返？佢而家抽搐
返咗工又暈低，冇反應`,
  },
  原來: {
    quiet: `揸刀嗰個原來係廚師，冇事
廚房啲煙原來係蒸氣，虛驚一場`,
    ring: `原來係真刀，佢斬緊人
揸刀嗰個原來係廚師，佢斬緊人
啲煙原來係着火
原來係炸彈
原來係鬧鐘駁住炸藥`,
  },
  係個鬧鐘: {
    quiet: `滴答聲嗰個包裹係個鬧鐘，寄件人認咗
個盒寫住炸彈，我打開入面係玩具`,
    ring: `滴答聲嗰個包裹係個鬧鐘，駁住電線同水喉
包裹係個鬧鐘，但另一個仲滴答響
打開入面係衫，仲有炸彈
包裹滴答聲，冇人敢開`,
  },
  完結: {
    quiet: `三座困𨋢事件已經完結，兩人獲救
門口棵樹冧咗，冇人受傷`,
    ring: `困𨋢事件已完結？我仲困住，快啲嚟
棵樹冧咗壓住架車，有人喺入面
棵樹冧咗，有人受傷
火警事件完結後又着火，快來`,
  },
  困過幾多次: {
    quiet: `四號𨋢今年困過幾多次人
同一部𨋢困過三次，幾時換`,
    ring: `部𨋢困過三次，我而家又困住
困過兩次，快啲放我出嚟
呢部𨋢困過五次，我哋喺入面出唔到
困過三次？有人困𨋢，快救`,
  },
  走失: {
    quiet: `走失小朋友服務喺邊層
有學生走失時廣播要幾耐`,
    ring: `有細路走失，快啲廣播
個仔走失咗，喺邊度報
我個女走失，你哋會點做，快啲搵
有小朋友走失，你哋快派人搵，五歲
真係有細路走失，你哋會點
有細路走失，你哋點處理`,
  },
  'a second sentence': {
    quiet: `lift 2 has trapped people three times this month`,
    ring: `本部𨋢困過幾多次人㗎！我而家入面
the parcel was an alarm clock wired to something
he stabbed her by mistake and left at once
There is a bomb threat letter, she picked it up`,
  },
  'by our own people, and not over': {
    quiet: `your guard pushed my brother yesterday`,
    ring: `The guard punched me, he is on top of me
the guards hit him and he is not moving
guard hit me, I am bleeding
the guard pushed my mother and she can't get up
guard grabbed my neck and won't let go
保安推我落樓梯，我流緊血`,
  },
  驚困𨋢: {
    quiet: `我驚細路困𨋢，佢哋自己搭得唔得
擔心阿媽困𨋢，可唔可以行樓梯`,
    ring: `我好驚，困𨋢呀
阿媽困𨋢，佢好驚
擔心死我，老公困咗喺𨋢
驚到震，𨋢門打唔開，出唔到`,
  },
  緊急嗰陣: {
    quiet: `緊急時應該打邊個號碼
屋企個緊急召喚鐘點試
有袋冇人睇，幾耐先算可疑物品
我架車俾人爆竊，有冇得賠`,
    ring: `好緊急，快派人
阿媽撳咗緊急召喚鐘，冇人應，佢跌低咗郁唔到
可疑背囊喺大堂，有電線
有賊爆竊緊，喺我屋企入面
緊急呀，佢冇呼吸，打邊個`,
  },
  等出事先: {
    quiet: `條扶手鬆晒，等出事先整呀
火警鐘晚晚都響，點瞓
多謝昨日咁快救我哋出嚟`,
    ring: `已經出事喇，快啲嚟
火警鐘響，走廊好多煙
火警鐘晚晚都響，今次真係着火
多謝，快救我哋出去，困咗喺𨋢
救我，快啲`,
  },
  除顫器: {
    quiet: '部除顫器會唔會鎖住',
    ring: `部除顫器喺邊，佢心跳停咗
滴答聲嗰個包裹係個鬧鐘，走廊有人打緊交
除顫器會唔會鎖住，有人暈低快啲
心臟病發，除顫器鎖住咗
要除顫器，快`,
  },
}

describe.each(Object.entries(twins))('%s', (_, { quiet, ring }) => {
  it.each(quiet.split('\n'))('stays quiet: %s', (text) => expect(findDanger(text).when).not.toBe('now'))
  it.each(ring.split('\n'))('still rings: %s', (text) => expect(findDanger(text).when).toBe('now'))
})
