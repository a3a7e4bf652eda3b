import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

type Import = { readonly from: string; readonly to: string; readonly isType: boolean }

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|mjs)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()

const source = filesUnder('src')

/** Every import and re-export of a file; its own files by path from the root, packages by name. */
function importsIn(file: string, text: string): Import[] {
  const statements = text.matchAll(
    /^(?:import|export)\s(type\s)?[^'"]*?\sfrom\s+'([^']+)'|import\(\s*'([^']+)'|^import '([^']+)'/gm,
  )
  return [...statements].map(([, type, from = '', lazily, bare]) => {
    const named = from || lazily || bare || ''
    const to = named.startsWith('.') ? normalize(join(dirname(file), named)) : named
    return { from: file, to, isType: type !== undefined }
  })
}

const imports = source.flatMap((file) => importsIn(file, readFileSync(file, 'utf8')))
const under = (folder: string) => imports.filter(({ from }) => from.startsWith(`${folder}/`))
const shown = (found: readonly Import[]) => found.map(({ from, to }) => `${from} imports ${to}`)
const isOurs = ({ to }: Import) => to.startsWith('src/')
const isIn = (to: string, ...places: readonly string[]) =>
  places.some((place) => to === place || to.startsWith(`${place}/`))

/** What a folder may import; everything else is shown. */
const strangersIn = (folder: string, ...allowed: readonly string[]) =>
  shown(under(folder).filter(({ to }) => !isIn(to, folder, ...allowed)))

describe('the reader of imports', () => {
  it('sees every form', () => {
    const text = `import { a } from './a.ts'\nimport type { B } from '../b.ts'\nimport 'side'\nexport { c } from './c.ts'\nconst d = await import('lmdb')\nimport {\n  e,\n} from 'luxon'\n`
    expect(importsIn('src/x/y.ts', text).map(({ to }) => to)).toEqual([
      'src/x/a.ts',
      'src/b.ts',
      'side',
      'src/x/c.ts',
      'lmdb',
      'luxon',
    ])
    expect(importsIn('src/x/y.ts', text)[1]?.isType).toBe(true)
  })

  it('finds the house', () => expect(imports.length).toBeGreaterThan(400))
})

describe('what may import what', () => {
  it('core/case points at nothing but messages', () => {
    expect(strangersIn('src/core/case', 'src/core/message.ts')).toEqual([])
  })

  it('core/calendar points at nothing but a time-zone library and the reader of its own configuration', () => {
    expect(strangersIn('src/core/calendar', 'luxon', 'zod')).toEqual([])
  })

  it('core/desk, inbox, outbox and duty know no provider, no database and no web', () => {
    const places = ['src/core/desk', 'src/core/inbox', 'src/core/outbox', 'src/core/duty', 'src/core/calendar']
    const packages = places.flatMap(under).filter((one) => !isOurs(one) && !one.to.startsWith('node:'))
    expect(shown(packages.filter(({ to }) => !['zod', 'luxon', 'yaml'].includes(to)))).toEqual([])
  })

  it('the core imports no channel, page, simulator or bot; the two types of the bot are the one exception', () => {
    const places = ['channels', 'web', 'simulator', 'operations', 'config', 'bot'].map((name) => `src/${name}`)
    const found = under('src/core').filter(({ to }) => isIn(to, ...places))
    const excepted = (one: Import) =>
      one.isType && one.to === 'src/bot/bot.ts' && one.from.startsWith('src/core/inbox/')
    expect(shown(found.filter((one) => !excepted(one)))).toEqual([])
  })

  it('the bot imports only types and lists of words of the core', () => {
    const found = under('src/bot').filter((one) => isOurs(one) && !isIn(one.to, 'src/bot'))
    const allowed = ({ to, isType }: Import) =>
      isIn(to, 'src/core/case/taxonomy.ts', 'src/core/case/signals.ts', 'src/core/message.ts') ||
      (isType && isIn(to, 'src/core'))
    expect(shown(found.filter((one) => !allowed(one)))).toEqual([])
  })

  const channels = readdirSync('src/channels').filter((name) => readdirSync(join('src/channels', name)).length > 0)

  it.each(channels)('channels/%s imports its own folder, the contracts, and packages', (name) => {
    const contracts = ['channel.ts', 'message.ts', 'opened.ts', 'printable.ts', 'desk/forms.ts'].map(
      (file) => `src/core/${file}`,
    )
    const found = under(`src/channels/${name}`).filter(isOurs)
    expect(shown(found.filter(({ to }) => !isIn(to, `src/channels/${name}`, ...contracts)))).toEqual([])
  })

  it.each(channels)('channels/%s has the same pure files as the others', (name) => {
    const files = readdirSync(join('src/channels', name))
    const wanted = [...['verify', 'parse', 'render', 'errors', 'settings'].map((pure) => `${pure}.ts`), `${name}.ts`]
    expect(wanted.filter((file) => !files.includes(file))).toEqual([])
  })

  it('only schedule.ts knows Agenda', () => {
    const found = imports.filter(({ to }) => to === 'agenda' || to.startsWith('@agendajs/'))
    expect([...new Set(found.map(({ from }) => from))]).toEqual(['src/core/jobs/schedule.ts'])
  })

  it('the embedded store imports nothing of the project, and only core/store imports it', () => {
    expect(
      shown(under('src/embedded-store').filter((one) => isOurs(one) && !isIn(one.to, 'src/embedded-store'))),
    ).toEqual([])
    const users = imports.filter(({ from, to }) => isIn(to, 'src/embedded-store') && !isIn(from, 'src/embedded-store'))
    expect(shown(users.filter(({ from }) => !from.startsWith('src/core/store/')))).toEqual([])
  })

  it('only the store knows the database, and the command that moves everything to another one', () => {
    const found = imports.filter(({ to }) => ['mongoose', 'mongodb', 'lmdb', 'bson'].includes(to))
    const places = ['src/core/store', 'src/core/jobs', 'src/embedded-store', 'src/operations/move.ts']
    expect(shown(found.filter(({ from, isType }) => !isType && !isIn(from, ...places)))).toEqual([])
  })

  it('only the configuration and the commands of the operator read the environment', () => {
    const readers = source.filter((file) => /process\.env\b/.test(readFileSync(file, 'utf8')))
    const allowed = (file: string) =>
      ['src/config.ts', 'src/cli.ts'].includes(file) || file.startsWith('src/operations/')
    expect(readers.filter((file) => !allowed(file))).toEqual([])
  })

  it('nothing in core/case reads a clock or a die', () => {
    const impure = /Date\.now|new Date\(\)|Math\.random|setTimeout|randomUUID|\bprocess\b|\bawait\b/
    expect(filesUnder('src/core/case').filter((file) => impure.test(readFileSync(file, 'utf8')))).toEqual([])
  })
})

describe('files', () => {
  const lines = (file: string) => readFileSync(file, 'utf8').split('\n').length - 1
  const all = [...source, ...filesUnder('test'), ...filesUnder('scripts')]

  it('of the house have at most 250 lines', () => {
    const long = source.filter((file) => lines(file) > 250)
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })

  it('of tests and scripts, whose tables are long, at most 400', () => {
    const long = [...filesUnder('test'), ...filesUnder('scripts')].filter((file) => lines(file) > 400)
    expect(long.map((file) => `${file}: ${lines(file)}`)).toEqual([])
  })

  it('are named in kebab-case for the one thing they hold', () => {
    const name = /^[a-z0-9]+(-[a-z0-9]+)*(\.test|\.d)?\.(ts|mjs)$/
    const vague = /(^|-)(utils?|helpers?|common|managers?|services?|base|misc|shared-types)(-|\.)/
    const bad = all.filter((file) => {
      const base = file.split('/').at(-1) ?? ''
      return !name.test(base) || vague.test(base)
    })
    expect(bad).toEqual([])
  })
})
