import { describe, expect, it } from 'vitest'
import { fresh, shippedBot, today } from '../shipped-bot.ts'

const bot = shippedBot()

/** One thing has ended, was rehearsed or is only named, and another is happening: in the words of the endings that excuse. */
const dangers = [
  'Fire in unit 5, extinguished by the guard at 10:05, but it has started again behind the wall',
  'The fire was put out at 3 but smoke is coming from the ceiling',
  'Police came at 9 and left, now he is back and kicking my door',
  'Paramedics attended at 14:10 and left, she has collapsed again',
  'Technician had us out at 12:50 but my father is on the floor and not answering',
  'Two staff were hurt in the fight, one is not breathing',
  'Nobody got hit by the car but the driver is slumped over the wheel',
  'no one hurt yet, he is holding the knife',
  'nobody is hurt but there is a man on the ledge',
  'Drill finished at 11. This alarm is real, smoke on 12',
  'we were rehearsing the play and Tom really fell off the stage, his leg is bent the wrong way',
  'film crew finished, the gun on the table is real and a kid has it',
  'The prop sword cut him, blood everywhere',
  'Insurance form attached. Also the flat next door is on fire.',
  'form for the burglary attached. He is in the house again',
  'the boy was found at 3 but his sister is still missing',
  'Lost boy found and back with mum. The other boy has not been seen',
  'lift 3 freed at 12:48, lift 4 has two people stuck in it',
  'Woman fainted at noon, now well. Her husband fainted just after and will not wake',
  'He was taken to hospital. There is another one lying in the toilet',
  'closed: gas leak in 4A. Strong gas smell in 4B',
  'It was only a burnt toast smell at first. Now the curtain burns',
  'the smoke machine is off and the smoke keeps coming',
  'stage smoke they said, my eyes sting and I cannot breathe',
  'my husband will kill me, he has locked the door and has the cleaver',
  'I thought it was a joke but he is really going to jump',
  'guard dragged him out and he lies there not moving',
  'He is carrying insulin but he is shaking and does not answer',
  'somebody stamped on my hand and the fingers hang off',
  'the man who had the knife left, the stabbed one is here',
  'hold up at the jeweller',
  'they hold up the cashier with a gun',
  'the carpet was smouldering, we poured water, it is smouldering again',
  '門已撲熄火，但係天花又開始出煙',
  '火已經淋熄，不過有人困喺入面',
  '警察帶走咗一個，另一個仲揸住刀喺度',
  '冇人受傷，但係個後生仔企咗出窗邊',
  '沒有人受傷，可是煤氣味越來越濃',
  '師傅十二點救咗佢出𨋢，佢而家冇晒知覺',
  '演習完咗，而家呢個警鐘係真嘅，好大煙',
  '拍戲完咗，但係有個臨時演員真係俾刀捅親',
  '個煙霧機熄咗，啲煙仲係出緊',
  '填咗爆竊表格，個賊又返咗嚟',
  '炸彈恐嚇表格點填？佢啱啱打嚟話四點爆',
  '爺爺搵返喇，但係婆婆唔見埋',
  '伯伯醒返喇，但講嘢唔清半邊身郁唔到',
  '已送院一個，仲有一個瞓喺地下冇反應',
  '聽落似開槍，有人中槍流血',
  '好似槍聲咁，跟住有人倒地',
  '佢話唔要白車，但係佢嘔血',
  '多謝幫忙。三樓火警。',
  '今日下晝兩點有人暈低，而家又暈多個',
  '電話入面佢話而家想死',
  '打完電話俾保安，個男人又打我',
  '保安做緊心外壓，快啲嚟',
  '第一次以為火燭，今次真係火燭',
  '關門好似開槍咁響，跟住真係有人中槍',
  '老公話要殺死我，鎖咗門',
  '19:25確認安全之後又聞到煤氣味',
]

describe('an end beside a danger', () => {
  it.each(dangers)('%s', (text) => {
    expect(bot.consider({ text }, fresh, today).decision).toEqual({ type: 'emergency' })
  })
})
