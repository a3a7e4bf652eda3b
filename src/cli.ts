import { Command } from 'commander'
import type { ArrangeOptions, CloseOptions, DueOptions, DutyOptions, OpenOptions } from './operations/plans.ts'
import { Refusal } from './operations/refusal.ts'
import { version } from './version.ts'

/** The command line, as `docs` and INTERFACE name it. */
export function commandLine(): Command {
  const program = new Command('gatehouse')
    .description('The enquiry and complaint desk that forgets nothing.')
    .version(version)
  program.showHelpAfterError('(gatehouse --help lists the commands)')
  serving(program)
  installing(program)
  looking(program)
  explaining(program)
  arranging(program)
  offices(program)
  moving(program)
  return program
}

function serving(program: Command): void {
  program
    .command('serve')
    .description('take messages, serve pages, run jobs; a demonstration with a simulator when nothing is configured')
    .option('--role <role>', 'all, web (webhooks and pages) or worker (jobs and mailboxes)', 'all')
    .action(async (options: { role: string }) => (await import('./operations/serve.ts')).runServe(options.role))
  program
    .command('check')
    .description('validate the configuration and list every fault with file and key')
    .action(async () => (await import('./operations/check.ts')).runCheck())
  program
    .command('doctor')
    .description(
      "check each provider's credentials and reachability, webhook URL, clock, database; say how to mend what fails",
    )
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./operations/doctor.ts')).runDoctor(options))
}

function installing(program: Command): void {
  program
    .command('manifest <program>')
    .description('the app for slack (printed, with PUBLIC_URL) or for teams (a package, with TEAMS_APP_ID)')
    .action(async (name: string) => (await import('./operations/manifest.ts')).runManifest(name))
}

function looking(program: Command): void {
  program
    .command('ledger')
    .description('what was received on each channel and how it ended')
    .option('--json', 'as JSON')
    .action(async (options: { json?: boolean }) => (await import('./operations/ledger.ts')).runLedger(options))
  program
    .command('case <ref>')
    .description('everything about a case: thread, log, deadlines, and every page with its fate')
    .option('--proof', 'for every page who, how, provider id, accepted, delivered, read, acknowledged, late by')
    .option('--json', 'as JSON')
    .action(async (ref: string, options: { json?: boolean; proof?: boolean }) =>
      (await import('./operations/case.ts')).runCase(ref, options),
    )
}

function explaining(program: Command): void {
  program
    .command('duty')
    .description('who is on duty at each level of a site, and why')
    .requiredOption('--site <site>', 'a site of rosters.yaml')
    .option('--at <instant>', 'an instant; now if absent')
    .option('--json', 'as JSON')
    .action(async (options: DutyOptions) => (await import('./operations/plans.ts')).showDuty(options))
  program
    .command('due')
    .description('when something is due on a calendar, and why')
    .requiredOption('--calendar <name>', 'a calendar of calendars.yaml')
    .requiredOption('--from <instant>', 'where the clock starts')
    .requiredOption('--in <duration>', 'like 90s, 10m, 4h or 2wd')
    .option('--pause <from/to...>', 'time in which the clock stands still')
    .option('--json', 'as JSON')
    .action(async (options: DueOptions) => (await import('./operations/plans.ts')).showDue(options))
  program
    .command('bot [text]')
    .description('explain one decision; with --json and no text, read a message a line from standard input')
    .option('--json', 'one object a line')
    .option('--review', 'list what staff said the bot got wrong')
    .option('--reviewed <id>', 'take one off that list')
    .action(async (text: string | undefined, options: BotOptions) => {
      const { runBot, runBotReview } = await import('./operations/bot.ts')
      if (options.review || options.reviewed !== undefined) return runBotReview(options.reviewed)
      return runBot(text, options)
    })
}

type BotOptions = { json?: boolean; review?: boolean; reviewed?: string }

function arranging(program: Command): void {
  program
    .command('shifts')
    .description('the shifts to come at a site, with the names by which cover and swap know them')
    .requiredOption('--site <site>', 'a site of rosters.yaml')
    .action(async (options: { site: string }) => (await import('./operations/plans.ts')).showShifts(options))
  program
    .command('cover <shift>')
    .description('somebody stands in for a shift, named as "shifts" shows it')
    .requiredOption('--by <person>', 'who says so, a member of staff.yaml')
    .option('--person <person>', 'who stands in; whoever says so if absent')
    .option('--reason <words>', 'why')
    .action(async (shift: string, options: ArrangeOptions) =>
      (await import('./operations/plans.ts')).coverShift(shift, options),
    )
  program
    .command('swap <shift> <other>')
    .description('two people exchange a shift each, on one schedule')
    .requiredOption('--by <person>', 'who says so, a member of staff.yaml')
    .option('--reason <words>', 'why')
    .action(async (shift: string, other: string, options: ArrangeOptions) =>
      (await import('./operations/plans.ts')).swapShifts(shift, other, options),
    )
}

function offices(program: Command): void {
  program
    .command('close-offices')
    .description(
      'stop the business clocks of a contract, e.g. for typhoon signal 8; prints the id that opens them again',
    )
    .requiredOption('--reason <reason>', 'typhoon_signal_8, black_rainstorm, extreme_conditions or other')
    .requiredOption('--by <person>', 'who says so, a member of staff.yaml')
    .option('--site <site>', 'the contract; every contract if absent')
    .option('--at <instant>', 'when it was announced; now if absent')
    .action(async (options: CloseOptions) => (await import('./operations/plans.ts')).closeOffices(options))
  program
    .command('open-offices <id>')
    .description('let the business clocks run again')
    .requiredOption('--by <person>', 'who says so, a member of staff.yaml')
    .option('--at <instant>', 'when it was announced; now if absent')
    .action(async (id: string, options: OpenOptions) =>
      (await import('./operations/plans.ts')).openOffices(id, options),
    )
}

function moving(program: Command): void {
  program
    .command('export <directory>')
    .description('write every collection as lines of EJSON')
    .action(async (directory: string) => (await import('./operations/move.ts')).runExport(directory))
  program
    .command('import <directory>')
    .description('read what export wrote into an empty database')
    .action(async (directory: string) => (await import('./operations/move.ts')).runImport(directory))
  program
    .command('replay <file>')
    .description('push a recorded provider payload through the running instance, signed anew')
    .option('--url <url>', 'where it listens', 'http://127.0.0.1:8080')
    .action(async (file: string, options: { url: string }) =>
      (await import('./operations/replay.ts')).runReplay(file, options),
    )
}

/** Runs the command line; faults a person can mend end with their message and code 1. */
export async function run(argv: readonly string[]): Promise<void> {
  try {
    await commandLine().parseAsync([...argv])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    console.error(`gatehouse: ${error.message}`)
    process.exitCode = 1
  }
}
