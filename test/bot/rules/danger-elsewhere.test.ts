import { describe, expect, it } from 'vitest'
import { findDanger } from '../../../src/bot/rules/emergency.ts'

describe('danger in other languages than ours', () => {
  it.each([
    ['May sunog! Tulong!', 'fire_smoke_gas'],
    ['Tulong! May sunog', 'assault'],
    ['nasusunog ang kusina', 'fire_smoke_gas'],
    ['ada kebakaran di lantai 12', 'fire_smoke_gas'],
    ['fuego! ayuda', 'fire_smoke_gas'],
    ['Có cháy ở tầng 5', 'fire_smoke_gas'],
    ['आग लग गई है', 'fire_smoke_gas'],
    ['ไฟไหม้ชั้น 3', 'fire_smoke_gas'],
    ['火事です', 'fire_smoke_gas'],
    ['불이야', 'fire_smoke_gas'],
    ['حريق في الطابق الثالث', 'fire_smoke_gas'],
    ['hindi makahinga si lola', 'medical'],
    ['majikan saya pingsan', 'medical'],
    ['may magnanakaw sa bahay', 'intruder'],
    ['terjebak di lift', 'lift_trap'],
    ['saklolo!!', 'assault'],
    ['bachao', 'assault'],
    ['TULONG PO!', 'assault'],
    ['tolong', 'assault'],
    ['ช่วยด้วยค่ะ', 'assault'],
    ['助けてください', 'assault'],
  ])('%s', (text, category) => expect(findDanger(text)).toMatchObject({ when: 'now', category }))

  it.each([
    'tolong buka pintu',
    'kailangan ko ng tulong sa parking',
    'por favor ayuda con la tarjeta',
    'Is the API documented anywhere?',
    'mali ang bill ko',
    'Ayuda Foundation has booked the function room',
  ])('a plain request is none: %s', (text) => expect(findDanger(text).when).toBe('none'))
})
