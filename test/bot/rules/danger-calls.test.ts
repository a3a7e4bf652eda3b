import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

const when = (text: string) => findDanger(text).when

describe('danger in few words', () => {
  it.each([
    'car alight P1 row D',
    'sofa burning, 3/F lounge',
    'gas!! canteen!!',
    'ther is somke in the lift loby',
    'Ambulance to the ice rink please',
    'kid hit by car ramp 2',
    'kid hanging by his hood from the climbing frame',
    'neighbour hanging, come',
    'Officer down at loading bay, attackers still here',
    'gang with sticks on podium',
    'cannot find mother, dementia',
    'boy gone hall 2',
    'help were between floors',
    'lift, 5 persons, 20 min, hot',
    'Door being forced, 19 F',
    'a worker has fallen from the second floor of the scaffold',
    'crane tilting!',
    "car's gone into the pond with the driver",
    '隔籬屋吊頸，快嚟',
    '啲血止唔到',
    '佢七歲，個女突然唔見咗',
    '汽車𨋢卡死咗，我喺入面',
    '升降機，五個人，廿分鐘，好熱',
    '我床底有人',
    '爸爸又打媽咪',
    '二樓垃圾桶有個計時器倒數緊',
    '泵房水到心口，有個師傅喺入面',
    '有工人喺二樓棚架跌咗落嚟',
    '媽媽獨居，由昨天起電話沒人接，聽到屋內有呻吟聲',
    '前夫喺屋入面，已打咗我兩次，鎖上門唔會讓我走',
    '麵店個抽油煙槽著咗火，用咗滅火筒都撲唔熄',
    '架貨車冇司機，自己溜緊落斜路',
    'someone broke in last night and he is inside now',
    '昨晚已經有煙，而家又有煙',
    '佢企咗喺天橋欄杆外面',
    '小息之後少咗一個學生，周圍都搵唔到佢',
  ])('is danger now: %s', (text) => {
    expect(when(text)).toBe('now')
  })
  it.each([
    'the ambulance bay is blocked by a taxi',
    'my son is gone to school, please take his parcel',
    'cannot find my baby seat',
    'decorations hanging from the ceiling look great',
    'hanging a banner in the lobby, who do I ask',
    'the drama club needs a group with sticks for drumming',
    'the tree house is in our car park plan',
    '個女唔見咗張八達通',
    '佢打緊電話俾阿媽',
    '打緊媽媽電話冇人聽',
    '部𨋢停咗，入面冇人',
    '自動心臟去顫器放在哪些位置',
    '我張卡死咗，幫我整過張',
    '昨晚五樓大堂有煙，現在已經沒事，但你們二十五分鐘才上來',
    '打開張invoice我差啲心臟病發',
    '有男子站在幼稚園圍欄外拍照',
    '有個醉酒客大嗌大叫，冇郁手',
    'White van parked across the entrance since lunch, no driver',
    '的士位泊咗架貨車，冇司機喺度',
    'Someone had broken into the store room a week ago, no one inside now',
    'my boss will kill me, i left the laptop at the sofa',
    '想了解如有人來電聲稱放置炸彈，貴公司的處理程序是怎樣的',
    '我漏低本護照，佢跑出嚟追住還返畀我',
    'nearly had a heart attack when i saw the bill',
    'your guard absolutely killed it on sports day',
    'Saw on the news there was a shooting in another city, do your guards train for that',
  ])('is none: %s', (text) => {
    expect(when(text)).not.toBe('now')
  })
})

describe('danger that is over, and said to be', () => {
  it.each([
    'someone fainted in the lobby earlier but is fine now',
    'fainted, now ok',
    '暈咗一陣，而家冇事',
    'a member fainted at the gym, she is fine and back home now',
    '爸爸心臟病發，而家已經出院',
    '流鼻血止咗',
  ])('pages nobody: %s', (text) => {
    expect(when(text)).not.toBe('now')
  })
  it.each([
    'A man is lying on the ground, please check he is ok now',
    'he said he was fine now he has collapsed',
    'she fainted and is not awake now',
    'he was ok now he is shaking and blue',
    'he was bleeding, says he is ok now',
    '佢暈咗，睇下佢而家有冇事',
    '佢話冇事但又暈低',
    '流血止唔到',
    '佢暈咗，未醒返',
    'my father collapsed, he is awake now',
    '伯伯暈低，而家醒返',
    '佢呼吸停咗，心跳止咗',
    '大廈有炸彈，邊個決定疏散',
    '三月大嘅BB唔識呼吸',
    '多謝，快啲嚟救我出𨋢',
    '佢跌低咗，冇郁手腳',
    '泊咗喺斜路架貨車冇司機，自己溜緊落嚟撞人',
    '佢尋日出院，而家又暈咗',
    'someone broke in, I am back home now',
    'he beat me and he is back home now',
    '我返咗屋企，入面有賊',
    '佢未出院，喺病房話想死',
    '如果真係火燭點算，而家走廊好大煙',
  ])('does not say so here: %s', (text) => {
    expect(when(text)).toBe('now')
  })
})
