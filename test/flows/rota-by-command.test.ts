import { describe, expect, it } from 'vitest'
import { type Performed, perform } from '../../src/core/desk/perform.ts'
import { keepDuty } from '../../src/core/duty/live-duty.ts'
import { runDuty } from '../../src/core/duty/run-duty.ts'
import { openHouse, type TestHouse, withStore } from './house.ts'
import { officer, phoneOf, towerDesk } from './people.ts'

withStore()

const site = 'harbour-view-tower'
let given = 0

/** A command that concerns no case, as any desk hands it in. */
function gives(house: TestHouse, who: string, command: string, args: Record<string, string> = {}): Promise<Performed> {
  given += 1
  return givesAgain(house, who, command, args)
}

/** The last command once more, as after an answer that was lost. */
function givesAgain(house: TestHouse, who: string, command: string, args: Record<string, string>): Promise<Performed> {
  const by = house.directory.byId(who)
  if (by === undefined) throw new Error(`${who} is not in staff.yaml`)
  return perform({ id: `rota-${given}`, at: house.now(), by, command, caseId: '', args, desk: 'api' }, house.desk)
}

const levelOne = (house: TestHouse): readonly string[] => {
  const shown = runDuty(house.live.duty(), { site, at: house.now().toISOString() })
  if (!shown.ok) throw new Error(shown.message)
  return shown.json.levels.find(({ group }) => group === 'level-1')?.people.map(({ id }) => id) ?? []
}

/** The running shift of the tower's officer, as "shifts" names it. */
const running = (house: TestHouse) => {
  const [found] = house.desk.rota.coming([site], house.now()).filter(({ id }) => id.startsWith('tower-officers '))
  if (found === undefined) throw new Error('nobody is on duty')
  return found.id
}

async function complains(house: TestHouse, number: string): Promise<string> {
  const tenant = phoneOf(house, number)
  await tenant.texts('Nobody came when I rang the guard post twice.')
  return /GH-\d+-\d+/.exec(tenant.reads('GH-').message.text)?.[0] ?? ''
}

describe('shifts that people arrange from the desk', () => {
  it('a cover: the page, "who is on duty" of the desk, and gatehouse duty name the stand-in at once', async () => {
    const house = await openHouse()
    expect(levelOne(house)).toEqual(['wong-siu-ming'])
    const turn = running(house)
    expect(await gives(house, 'lam-mei-ling', 'shifts', { site })).toMatchObject({
      answer: expect.stringContaining(turn),
    })
    const args = { turn, person: 'lee-ka-yan', reason: 'He fell ill.' }
    expect(await gives(house, 'lam-mei-ling', 'cover', args)).toMatchObject({
      answer: expect.stringContaining('Lee Ka Yan stands in for Wong Siu Ming'),
    })
    expect(await givesAgain(house, 'lam-mei-ling', 'cover', args), 'its answer was lost').toMatchObject({
      ...{ outcome: 'answered', answer: 'That is recorded: pages go by it.' },
    })
    expect(levelOne(house)).toEqual(['lee-ka-yan'])
    const onDuty = await gives(house, 'lam-mei-ling', 'on-duty', { site })
    expect(onDuty).toMatchObject({ answer: expect.stringMatching(/On-duty officer: Lee Ka Yan/) })
    const caseId = await complains(house, '+12025553001')
    officer(house, 'lee-ka-yan').reads(caseId)
    officer(house, 'wong-siu-ming').hasNothingNew()
  })

  it('officers take a shift on themselves, and arrange for nobody else', async () => {
    const house = await openHouse()
    const turn = running(house)
    const other = { turn, person: 'lee-ka-yan', reason: 'x' }
    expect(await gives(house, 'chan-tai-man', 'cover', other)).toMatchObject({ because: 'not-allowed' })
    expect(levelOne(house)).toEqual(['wong-siu-ming'])
    await gives(house, 'chan-tai-man', 'cover', { turn, reason: 'He asked me.' })
    expect(levelOne(house)).toEqual(['chan-tai-man'])
  })

  it('whoever the post would refuse is refused, with the reason; so is a shift that does not exist', async () => {
    const house = await openHouse()
    const unfit = { turn: running(house), person: 'cheung-wai-kit', reason: 'x' }
    expect(await gives(house, 'lam-mei-ling', 'cover', unfit)).toMatchObject({
      ...{ because: 'bad-arguments', field: 'person' },
      answer: expect.stringContaining('permit'),
    })
    expect(
      await gives(house, 'lam-mei-ling', 'cover', { ...unfit, turn: 'tower-officers x 2026-03-04T11:00Z' }),
    ).toMatchObject({
      ...{ because: 'bad-arguments', field: 'turn' },
    })
  })

  it('a swap changes both shifts, and stays within one schedule', async () => {
    const house = await openHouse()
    const mine = running(house)
    const coming = house.desk.rota.coming([site], house.now()).map(({ id }) => id)
    const next = coming.find((id) => id.startsWith('tower-officers lee-ka-yan')) ?? ''
    const manager = coming.find((id) => id.startsWith('duty-managers ')) ?? ''
    const across = { one: mine, other: manager, reason: 'x' }
    expect(await gives(house, 'lam-mei-ling', 'swap', across)).toMatchObject({ field: 'other' })
    const agreed = { one: mine, other: next, reason: 'They agreed.' }
    const done = await gives(house, 'lam-mei-ling', 'swap', agreed)
    expect(done).toMatchObject({ answer: expect.stringContaining('Swapped') })
    const again = await givesAgain(house, 'lam-mei-ling', 'swap', agreed)
    expect(again).toMatchObject({ answer: 'That is recorded: pages go by it.' })
    expect(levelOne(house)).toEqual(['lee-ka-yan'])
    await house.passes('9h')
    expect(levelOne(house)).toEqual(['wong-siu-ming'])
  })
})

describe('offices closed and opened from the desk', () => {
  it('black rainstorm: nobody is chased meanwhile, and what was left of the time counts on', async () => {
    const house = await openHouse()
    const wong = officer(house, 'wong-siu-ming')
    const caseId = await complains(house, '+12025553002')
    wong.reads(caseId)
    await house.passes('10m')
    const closed = await gives(house, 'lam-mei-ling', 'close-offices', { reason: 'black_rainstorm', site })
    expect(closed).toMatchObject({ answer: expect.stringContaining('Harbour View Tower') })
    expect(await gives(house, 'lam-mei-ling', 'close-offices', { reason: 'black_rainstorm', site })).toMatchObject({
      answer: expect.stringContaining('in force already'),
    })
    await house.passes('90m')
    wong.hasNothingNew()
    const [{ id: closure } = { id: '' }] = house.desk.rota.closures()
    expect(await gives(house, 'lam-mei-ling', 'open-offices', { closure })).toMatchObject({ outcome: 'answered' })
    expect(await gives(house, 'lam-mei-ling', 'open-offices', { closure })).toMatchObject({
      answer: 'The business clocks run again already.',
    })
    expect(await gives(house, 'lam-mei-ling', 'open-offices', { closure: 'none' })).toMatchObject({
      because: 'bad-arguments',
    })
    await house.passes('9m')
    wong.hasNothingNew()
    await house.passes('1m')
    wong.phone.reads('仍待處理', caseId)
  })

  it('opened by mistake and closed again with the time that was announced: the clocks do stand still', async () => {
    const house = await openHouse()
    const lam = 'lam-mei-ling'
    const announced = { reason: 'typhoon_signal_8', site, at: '2026-03-04 09:40' }
    await gives(house, lam, 'close-offices', announced)
    const [{ id: closure } = { id: '' }] = house.desk.rota.closures()
    await gives(house, lam, 'open-offices', { closure })
    expect(house.desk.rota.closures()).toEqual([])
    expect(await gives(house, lam, 'close-offices', announced)).toMatchObject({
      answer: expect.stringContaining('The business clocks stand still'),
    })
    const [again] = house.desk.rota.closures()
    expect(again?.startAt).toEqual(new Date('2026-03-04T01:40:00Z'))
    expect(await gives(house, lam, 'open-offices', { closure: again?.id ?? '' })).toMatchObject({ outcome: 'answered' })
    await gives(house, lam, 'close-offices', announced)
    expect(house.desk.rota.closures()).toHaveLength(1)
  })

  it('a site that does not exist is refused, not taken for every contract', async () => {
    const house = await openHouse()
    const misspelt = { reason: 'black_rainstorm', site: 'harbour-view-towr' }
    const manager = house.directory
      .all()
      .find(({ posts }) => posts.some((one) => one.site === '*' && one.role === 'manager'))
    expect(await gives(house, manager?.id ?? '', 'close-offices', misspelt)).toMatchObject({
      ...{ because: 'bad-arguments', field: 'site' },
    })
    expect(house.desk.rota.closures()).toEqual([])
  })

  it('a closure still counts for what was due over it, weeks after the offices opened again', async () => {
    const house = await openHouse()
    const lam = 'lam-mei-ling'
    await gives(house, lam, 'close-offices', { reason: 'black_rainstorm', site })
    const [{ id: closure } = { id: '' }] = house.desk.rota.closures()
    await house.passes('10h')
    await gives(house, lam, 'open-offices', { closure })
    const knownAfter = async (days: number) => {
      const later = () => new Date(house.now().getTime() + days * 86_400_000)
      const other = keepDuty(house.config.duty, house.stores.dutyChanges, later)
      await other.fresh(0)
      return other.closures().map(({ id }) => id)
    }
    expect(await knownAfter(5)).toEqual([closure])
    expect(await knownAfter(45)).toEqual([closure])
    expect(await knownAfter(90)).toEqual([])
  })

  it('a time that was meant for today is not taken for tomorrow', async () => {
    const house = await openHouse()
    const late = { reason: 'typhoon_signal_8', site, at: '09:40' }
    expect(await gives(house, 'lam-mei-ling', 'close-offices', late)).toMatchObject({
      ...{ because: 'bad-arguments', field: 'at' },
      answer: expect.stringContaining('write the day'),
    })
    const dated = { ...late, at: '2026-03-04 09:40' }
    expect(await gives(house, 'lam-mei-ling', 'close-offices', dated)).toMatchObject({
      answer: expect.stringContaining('typhoon_signal_8@harbour-view-tower@2026-03-04T01:40:00.000Z'),
    })
  })
})

/** As every five seconds: whoever is concerned by what was recorded hears of it. */
async function hearsTheNews(house: TestHouse): Promise<void> {
  for (const { name, look } of house.jobs) if (name === 'watch-rota') await look()
  await house.settle()
}

describe('news of what was arranged', () => {
  it('a cover: both are told what changes, by whom and why; once, whoever looks', async () => {
    const house = await openHouse()
    const args = { turn: running(house), person: 'lee-ka-yan', reason: 'He fell ill.' }
    await gives(house, 'lam-mei-ling', 'cover', args)
    await hearsTheNews(house)
    officer(house, 'lee-ka-yan').reads('Lee Ka Yan', 'Wong Siu Ming', 'Lam Mei Ling', 'He fell ill.')
    officer(house, 'wong-siu-ming').reads('Lee Ka Yan', 'Wong Siu Ming')
    await hearsTheNews(house)
    officer(house, 'lee-ka-yan').hasNothingNew()
    expect(house.faults).toEqual([])
  })

  it('whoever took a shift on themselves knows: only the other is told', async () => {
    const house = await openHouse()
    await gives(house, 'chan-tai-man', 'cover', { turn: running(house), reason: 'He asked me.' })
    await hearsTheNews(house)
    officer(house, 'wong-siu-ming').reads('Chan Tai Man')
    officer(house, 'chan-tai-man').hasNothingNew()
  })

  it('a swap: both are told of both shifts', async () => {
    const house = await openHouse()
    const one = running(house)
    const coming = house.desk.rota.coming([site], house.now()).map(({ id }) => id)
    const other = coming.find((id) => id.startsWith('tower-officers lee-ka-yan')) ?? ''
    await gives(house, 'lam-mei-ling', 'swap', { one, other, reason: 'They agreed.' })
    await hearsTheNews(house)
    for (const who of ['wong-siu-ming', 'lee-ka-yan']) {
      officer(house, who).reads('They agreed.')
      officer(house, who).reads('They agreed.')
    }
  })

  it('a take-over that is recorded: whoever is relieved is told', async () => {
    const house = await openHouse()
    const done = await gives(house, 'lee-ka-yan', 'take-over', {
      shift: 'tower-officers wong-siu-ming',
      reason: 'I am here.',
    })
    expect(done).toMatchObject({ outcome: 'answered' })
    await hearsTheNews(house)
    officer(house, 'wong-siu-ming').reads('Lee Ka Yan', 'I am here.')
    officer(house, 'lee-ka-yan').hasNothingNew()
  })

  it('offices that close and open: said in the channel of the site whose they are', async () => {
    const house = await openHouse()
    await gives(house, 'lam-mei-ling', 'close-offices', { reason: 'typhoon_signal_8', site })
    await hearsTheNews(house)
    towerDesk(house).reads('Harbour View Tower: offices are closed from', 'typhoon signal 8, Lam Mei Ling')
    const [{ id: closure } = { id: '' }] = house.desk.rota.closures()
    await house.passes('90m')
    await gives(house, 'lam-mei-ling', 'open-offices', { closure })
    await hearsTheNews(house)
    towerDesk(house).reads('Harbour View Tower: offices are open again from', 'is over, Lam Mei Ling')
    await hearsTheNews(house)
    expect(house.slack.unexpected()).toEqual([])
  })

  it('what is long over is no news', async () => {
    const house = await openHouse()
    await gives(house, 'lam-mei-ling', 'cover', { turn: running(house), person: 'lee-ka-yan', reason: 'x' })
    await gives(house, 'lam-mei-ling', 'close-offices', { reason: 'typhoon_signal_8', site })
    const [{ id: closure } = { id: '' }] = house.desk.rota.closures()
    await gives(house, 'lam-mei-ling', 'open-offices', { closure })
    house.isOffFor('20h')
    await hearsTheNews(house)
    officer(house, 'lee-ka-yan').hasNothingNew()
    expect(house.slack.unexpected()).toEqual([])
  })
})
