import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

const dangers = `there is a fire in the pantry on 12/F
🔥 in kitchen 12A
fiire!! 5th flor
helppp me smoke
sb broke into my flat n still inside
stuk in lift 2 w my kid
🆘🆘
12樓廚房🔥🔥，快嚟
部𨋢停咗，入面冇人應
the lift is stuck and nobody answers inside
they told us it was a false alarm but the smoke is getting thicker
FIRE!!! 8th floor
plz help my mum collapsed n is not breathing
its hazy in the corridor and my eyes sting
smells like gas near flat 5B
🔥🔥 flames on the roof
someone is trying to open my door with a crowbar
my 4 yr old daughter disappeared in the podium
we are stuck in the lift
a man is standing on the edge of the rooftop
two guys fighting with bottles in lobby
there's a suitcase with wires by gate 2, nobody owns it
My father with dementia hasn't come home since last night
i cant breath
someone is following me to the car park
I don't want to live any more
water is pouring into the switch room
Good afternoon, I hope this finds you well. Could you kindly look into something when convenient: there is thick smoke on 9/F.
no it is not a drill, there is a real fire
the guard collapsed ten minutes ago and still isn't moving
yesterday I complained about the lift. now I am trapped in it
呢度有火呀
走廊好大煙睇唔到路
阿媽暈咗叫唔醒
有人爬緊入我屋企個窗
個仔唔見咗 四歲
𨋢困咗人
有人困lift
天台有人企出欄杆外面
大堂有人揸住把刀
我阿爺有腦退化，琴晚出咗街到而家都未返
闻到煤气味
有人晕倒了
电梯里困住了三个人
走廊朦查查，眼好刺
唔想做人啦
棚架就快冧
救命
唔係演習，真係火警
lobby 有人打交 pls come
the toaster has set the cupboard alight
she's clutching her throat and can't speak
a motorbike has knocked a kid down at the crossing
I see a torch moving inside our office
teacher counted 23, we came with 24
the movie was a bomb and now there is a bomb in the lobby
車撞死咗人
電工電死咗
有人喺銀行搶錢
佢掩住個女仔個口
有人由天台掟磚落街
有個細路吊咗喺窗外
部𨋢停咗喺九樓，我哋喺入面`.split('\n')

const harmless = `the movie was a bomb
you killed it at the lantern party, the band was on fire
the AC is killing us with cold
it is a fight to get a bay on weekends
these fees are daylight robbery
the bill gave me a heart attack
we're shooting an advert by the pool
locked myself out of the office, what now
is the fire station nearby
my phone is dead
凍死人喇，可唔可以較高啲冷氣
麻煩俾佢上嚟唔使打嚟
收費貴過打劫
我架車死火
🔥🔥🔥 great job team
the queue is killing me
the lift is stuck on 12 again, nobody inside
部𨋢停咗喺12樓，入面冇人
When is the fire drill?
The fire door on 3/F does not close properly
What should I do if there is a fire?
no fire here just asking about fire insurance
I lost my son's octopus card
my access card is stuck in the gate
people keep smoking in the staircase
where is the nearest AED
This guard should be fired
fire alarm testing on Tuesday?
how do I book the badminton court
can you kill the noise pls
I'm dying to know when the pool opens
the deadline for the form is Friday
great, another fire drill, just what I needed
h
?
🙂
火警演習係幾時？
防火門關唔到
如果火警應該點做
有人喺後樓梯食煙
我唔見咗個仔嘅書包
唔係火警，想問下防火門
嘈到死，隔籬裝修
我張卡被機困住咗
打電話俾你哋冇人聽
煙霧感應器要換電`.split('\n')

const told = `last night there was smoke in the car park and nobody came
I was stuck in the lift for 40 minutes yesterday, unacceptable
Thanks to the officer who helped when my mother fainted last week
when my father collapsed last Friday your guard just watched
琴晚停車場有煙，冇人理
多謝保安上星期幫手急救暈倒嘅婆婆
上個月我被困電梯半小時，要投訴`.split('\n')

describe('danger by words alone, without any model', () => {
  it.each(dangers)('hears danger now: %s', (text) => expect(findDanger(text).when).toBe('now'))
  it.each(harmless)('hears none: %s', (text) => expect(findDanger(text).when).toBe('none'))
  it.each(told)('hears a danger that is over: %s', (text) => expect(findDanger(text).when).toBe('told'))

  it('finds the one sentence that matters in a long polite mail', () => {
    const mail = `${'Dear team, thank you for last month. '.repeat(60)}There is smoke coming out of the meter room. ${'Kind regards. '.repeat(60)}`
    expect(findDanger(mail).when).toBe('now')
  })

  it('says which words it went by', () => {
    expect(findDanger('smoke coming from the bin').because.join()).toContain('smoke coming')
  })
})
