import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

const dangers = `Paramedics! Gate 5 now!
my wife needs a doctor right away
the tenant next door was moaning, now he has gone quiet
his lips have turned grey
the baby is turning purple
my gran won't open her eyes
we can't get her to wake
I keep calling his name and he does not respond
a guard is pressing on his chest
an old man is on the floor by the lockers
player down on court 2
after the dive he has no feeling in his legs
a dancer, my friend, fell off the stage
my aunt is caught in the revolving door
he has asthma and his inhaler is finished
she cannot finish a sentence
the patient tore out her drip
a woman is having her baby in the taxi
the press took it, he lost two fingers
they ate berries from the hill and are confused
a rod went through his shoulder
the driver has gone into shock
she took too many pills
scalded by boiling soup, the skin is coming off
his arm is broken after the fall
our pupil went up on the roof and she is sobbing
he told the maid he checked in to die
she says she will take all her tablets
by the time you read this I will be gone
there is a noose in the store room
grandpa has climbed out onto the canopy
save my little brother please
a lady in a hospital gown walking along the highway
he says his uncle ties him up
a painter is hanging from the scaffolding by one hand
two men are kicking the cashier
he keeps punching him
a biker is smashing my window with a hammer
the neighbours are hitting each other with poles
somebody upstairs is shouting for the police
he's got the nurse by the throat
the boy has a razor at another boy's throat
they hold the clerk at gunpoint
two groups with pipes at the south gate
the dog won't let go of her leg
he is throwing a man down the steps
a guard is kneeling on my cousin's neck, my brother
he set his dog on a girl
they spray people in the eyes
a stranger is pulling a girl into his van
two of my pupils did not come back
my husband went for a hike, should be back at ten, not back
our autistic boy ran off at the station
they took the stroller with my baby inside
the driver came back without my daughter
the patient is gone, the bed is empty
he was told to wait at the gate and isn't there, he is seven, my nephew
our 4 year old isn't anywhere
I don't see her anywhere
one diver has not surfaced
my son went into the lift without us
a woman has taken a newborn from the ward
a stranger is luring two girls into the stairwell
I saw a revolver in his jacket
there's fire on the 3rd floor
the doorman's radio is dead, a stranger has broken into the shop on the 2nd floor
she is losing blood, she had surgery last week
the guard has been stabbed and the crowd runs
I hear footsteps in the office, the shop closed two hours ago
please break in if you must, there is a noose and his phone is off
my mum was pale, she had a baby two days ago and is bleeding
我即刻要救護員
我哋要醫生而家嚟
血一直流，止唔住
熱油焫親隻手，啲皮甩晒
心口好似俾人箍住
我眼前一黑，企唔穩
BB成個軟晒
佢哮喘發作，噴霧用完
個細路飲咗天拿水
泳班冧咗兩個人
佢扯甩咗條氣喉
媽媽喺大堂生緊BB
食咗山邊啲野果，手麻心跳好快
司機叫極冇人應，趴喺軚盤
佢俾人打穿個頭
窗外面企住個女仔
天台上有個後生喊緊
隔籬阿伯五日冇出過門，我好擔心
有個細路吊住喺窗花
佢爬過欄杆，得隻手捉住
老豆綁住佢，佢話好驚
我怕過唔到今晚
嫲嫲爬咗出簷篷
有個婆婆着住病人衫行緊落公路
佢打咗個保安一拳
班人掟緊櫈
個司機拎住水喉通扑緊人
有人俾班人踢到流血
佢頭先打咗我，仲嚟緊
有個男人夾硬拉住個女仔
阿Sir，佢不停踢佢
你哋啲人箍住我細佬條頸，抖唔到氣
佢將個女人個頭撞埋牆
佢推人落樓梯
快啲幫手搵個五歲女仔
七樓有個病人不知所蹤
老公行山冇返，電話冇電
個自閉嘅仔衝咗出去
有個陌生人抱走咗
一個泳客未見浮返
我三歲個女自己入咗部電梯
有個怪人跟住啲女學生入廁所
佢褸入面藏住把刀
有人拎支手槍
三座有人用瞄準鏡
我跟家人失散，小朋友同屋企人失散
保安俾人踢到瞓咗喺地
阿嫲今朝出街就冇返過屋企`.split('\n')

const harmless = `the nurse needs a doctor's letter now and then
I need a doctor's note for the gym
thanks to the ambulance crew
the wall is turning purple in the evening light
call the next name on the list, nobody answered the ad
press the chest of drawers against the wall
the lady on the ground floor plays the piano
kids are on the floor playing with blocks
a man is on the floor above drilling
the sofa's leg is broken
my umbrella fell off the platform
a coat got caught in the revolving door
she lost her hand bag
he lost his finger ring
the company went into shock over the price
drinks to die for
did you take all the forms
by the time you read this I will be on holiday
please save my son a seat
the baby shower is in the lobby
they keep ringing each other
stop shouting at each other in the corridor
when neighbours shout at each other in the hall
is there any news about the missing student?
toy pistols are sold at the fair
the starting pistol for the race is in locker 2
missing student card
found the missing pupil in the library
my son came back without his jacket
we went for a walk and are back
an autistic boy's school visits on Friday
the bed is empty in the show flat
on the 25th we had a fire, all written up
the guard punched a visitor on Monday
醫生紙而家要唔要交
我要睇醫生，邊層
呢度好血腥嘅戲
洗潔精用完咗
天台邊有個花槽
爬過山
個蛋糕掟咗
食住包行山
病人嘅手袋不知所蹤
捉賊遊戲好玩
玩具手槍喺邊度買
水槍唔准帶入場
師傅吊船抹窗十點到
琴日保安推咗我一下`.split('\n')

describe('danger to people told by who, what and where', () => {
  it.each(dangers)('hears danger now: %s', (text) => expect(findDanger(text).when).toBe('now'))
  it.each(harmless)('hears none now: %s', (text) => expect(findDanger(text).when).not.toBe('now'))
})
