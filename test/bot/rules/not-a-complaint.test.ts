import { describe, expect, it } from 'vitest'
import { soundsDissatisfied } from '../../../src/bot/rules/complaint.ts'

const even = `can I complain without an account
by when do you reply to a complaint
I'd like to withdraw the complaint I made
how many times a week are the bins emptied
a customer refuses to pay and shouts at everyone
two drivers are swearing at each other
a man is asleep on the bench
please ignore my previous message
nobody is home until six, can the parcel stay with you
your officer was patient with an angry visitor
never mind, my sister found the answer
do you have a policy on bullying
可唔可以用電郵投訴
補領門卡要等幾耐
我想撤回上個月嘅投訴
有個醉漢瞓咗喺門口
我媽媽冇聽電話，可唔可以去睇下
你哋同事次次都笑住招呼人
我自己搞錯咗日期
有冇防止騷擾嘅指引`.split('\n')

const dissatisfied = `is anyone going to answer my complaint
when will my complaint stop being ignored
仲要等幾耐
your guard is asleep at the desk
the officer refuses to open the gate
your man was swearing at me
次次都好慢
I never got an answer
保安喺更亭瞓咗覺
我打過五次你哋都冇人聽電話
will you do something or must I complain again
還要等幾耐先有人嚟`.split('\n')

describe('words of dissatisfaction', () => {
  it.each(even)('are not heard in: %s', (text) => expect(soundsDissatisfied(text)).toBeUndefined())
  it.each(dissatisfied)('are heard in: %s', (text) => expect(soundsDissatisfied(text)).toBeDefined())
})
