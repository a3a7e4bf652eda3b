import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

describe('an everyday thing named like a danger', () => {
  it.each([
    'stamp my parking ticket pls',
    'stamped receipt needed for tax',
    'set our burglar alarm at 9, we forgot',
    'book a bomb dog',
    'book a guard for the zombie run, 300 runners with fake blood',
    'can we smoke outside the lobby door',
    'intercom at block C only crackles',
    'could somebody sweep up the broken bottle at the bus shelter',
    'bus stopped across the exit and cars cannot get out',
    'a tiny shoe on the stairs, put it on the ledge',
    'your parcel is held, click this link to pay',
    'reflective paint on the bollards would help us cyclists at night',
    'He ran after me with the wallet I dropped. Honest man.',
    "a patient's watch vanished from the locker",
    '鎖車邊度交錢',
    '出嚟掉垃圾道門自動鎖咗，可以點返入屋',
    '十點有非緊急救護車接送，麻煩派人喺大堂接',
    '15D兩點打緊麻雀，點解冇人阻止',
    '六點後打我另一個電話返俾我',
    '小朋友件褸唔見咗，喺唔喺你哋度',
    'B1女廁個廁紙架成個唔見咗',
    '想book隻炸彈犬',
    '你哋職員有冇帶警棍',
    '黃小明喺崗位瞓咗覺',
    '有人漏咗把𠝹刀喺閱讀室枱面',
    '幾個星期個窿仲喺度，有小朋友絆倒',
  ])('is none: %s', (text) => {
    expect(findDanger(text).when).not.toBe('now')
  })
  it.each([
    'he is stamping on a man outside',
    'the burglar alarm rings and I hear glass breaking',
    'a bomb in the car park, the dog found it',
    'there is blood all over the floor',
    'smoke outside the lobby, we cannot see',
    'the wires crackle and spark',
    'he came at me with a broken bottle',
    'the garage is flooding and people cannot get out',
    'she has climbed over, standing on the ledge',
    'my daughter is held in the shop by a man',
    'please help us, we are shut in',
    'the child I saw has fallen into the pool',
    'the patient vanished from the ward, he is confused',
    '邊度有火？我聞到燒焦味同見到煙',
    '有人爆門入屋，我匿咗喺房',
    '要叫救護車，佢冇呼吸',
    '門口有人打緊架，流晒血',
    '佢打我，救命',
    '個小朋友唔見咗，搵咗半個鐘',
    '個仔個同學唔見咗，五歲',
    '商場有炸彈',
    '佢拎住警棍周圍打人',
    '保安喺控制室瞓低咗，叫唔醒',
    '有人拎住把𠝹刀追住人',
    '個賊仲喺度，喺我屋企入面',
  ])('is danger beside it: %s', (text) => {
    expect(findDanger(text).when).toBe('now')
  })
})
