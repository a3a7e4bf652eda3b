import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

const dangers = `can't find my 5 yo anywhere
he was beside me at the lift a moment ago, now he's gone
there is a bomb, the bomb is in the locker
she swallowed a whole packet of paracetamol
he said goodbye to everyone and turned off his mobile
I can't go on, I'm sitting on the rooftop
there's an infant abandoned in a bag by the stairs
a toddler is shut in a car on P2 with the windows up
the app shows two people in our living room
somebody is rummaging around inside
strange man in our kitchen and he refuses to leave
a hooded guy just grabbed her purse, knocked her down
two men slashing at each other by the fountain
my beer tasted weird and a guy keeps pulling me to his car
there is a pool of blood by the kiosk
orange glow behind the pantry door
bricks are crashing down onto the bus stop
I have searched everywhere for my boy
we are between 8 and 9, the car won't move and it's dark
smoke on 12 now, come up
what would you do, someone fainted here just now
佢同我哋講晒對唔住，跟住關咗電話
我頂唔順喇，企咗喺天台
佢食咗成樽藥
我聽晚就會解脫，唔好再搵我
有個BB鎖咗喺車入面
鏡頭影到有兩個人喺我客廳
杯酒味道怪怪地，個男人夾硬拉我走
電箱有陣燒焦味
搵勻成個場都搵唔到個女
我哋喺8樓同9樓之間，部機停咗
保安跪咗喺地下透唔到氣
有個阿伯瞓咗喺地下叫唔醒`.split('\n')

const harmless = `the cake was the bomb
the orchids are dying
a kitten is stuck under the deck
my battery died
I can't find my 5 year plan
I found a toy gun in the playground
the sofa in the lobby has a loose leg
is there a limit on people in the lift
please look for my daughter's school bag, it may be in the pool area
the lift stopped and then carried on, everybody got out fine
the boy who was lost has been found
what would your guards do when somebody faints
has anyone ever been trapped in that lift
did you take all the forms
please keep our new glass, tiles and bricks off the lawn
the cam app shows the lobby in black and white
goodbye and thanks to all of you
when is the baby room open
警鐘響咗，冇乜事
樓上嘈到爆
泊車收咁貴，打劫咩
夜更保安瞓咗覺
醉酒佬瞓咗喺梳化
我個仔嘅八達通唔見咗
條頸鏈跌咗
有架車爆咗呔
部𨋢停咗，係吉嘅
細路已經搵返咗
玩具槍漏咗喺遊樂場
我頂唔住個噪音`.split('\n')

const told = `there were marks of a crowbar on our door this morning, nothing taken
儲物室道門有撬過嘅痕跡
there was smoke on 6 May and nobody came
last week she swallowed a whole bottle of pills and your officer called the ambulance, thank you`.split('\n')

describe('danger told without its word', () => {
  it.each(dangers)('hears danger now: %s', (text) => expect(findDanger(text).when).toBe('now'))
  it.each(harmless)('hears none now: %s', (text) => expect(findDanger(text).when).not.toBe('now'))
  it.each(told)('hears a danger that is over: %s', (text) => expect(findDanger(text).when).toBe('told'))
})

describe('danger that is told and asked about in one breath', () => {
  it.each([
    'There is a man with a knife in the lobby, what should the guards do',
    'There is a fire in the kitchen, what do you do',
    'Please come when someone is free, there is smoke in the corridor',
    'My son is trapped in the lift, has someone ever answered the phone here',
    'A man is attacking people with a chair when people are leaving',
    'The lift carried on to 12 and then dropped, people are hurt',
    'The fence collapsed and a worker is buried',
    'Signs of break-in at the shop and I hear someone inside',
    '有人揸刀，你哋會點做',
    '有人心臟病發，有冇人識心外壓',
    '伯伯暈低咗，有冇人識急救呀',
    '伯伯暈咗，職員應該點做',
  ])('is danger now: %s', (text) => {
    expect(findDanger(text).when).toBe('now')
  })
})

describe('danger and look-alikes that a stranger worded', () => {
  it.each([
    "sorry to disturb, my husband's speech went funny and one arm is hanging",
    "I think the scaffolder just dropped, he isn't answering",
    'the nanny left with my baby and her phone is off, the door was open',
    'two men with choppers outside the mahjong room',
    'there is a man in my flat I dont know who he is',
    'An email came: "I put something in the hall that will blow all of you up today."',
    'Patient from ward 5B gone since the 3pm check, still in hospital gown. Cannot locate him anywhere',
    'Scaffolding on the east side is coming loose, poles already dropping onto the pavement where people walk',
    'the big glass panel has a crack, small pieces have started to fall on shoppers',
    'the boy was found unconscious in the changing room',
    '工人帶走咗我個BB，電話熄咗',
    '泳池有個婆婆浮住唔郁',
    '我屋企有個我唔識嘅男人',
    '有人用鎚仔扑緊金舖個櫃',
    '電話亭後面有人躺著沒有動靜',
    '樓上嘈到我想死，我企咗喺天台邊',
  ])('is danger now: %s', (text) => {
    expect(findDanger(text).when).toBe('now')
  })
  it.each([
    'the helper left with my son for school at eight',
    'men with swords in the drama on stage tonight',
    'The drilling upstairs is killing me, I have an exam tomorrow',
    'Your team was fantastic, the show was on fire and everything ran smoothly',
    'the boy who wandered off at the book fair this morning was found within ten minutes',
    '想讚下梁先生，真係救命恩人咁',
    '樓上鑽牆嘈到我想死，聽日仲要考試',
    '今早書展走失嗰個男仔十分鐘內已經搵返',
  ])('is none now: %s', (text) => {
    expect(findDanger(text).when).not.toBe('now')
  })
})
