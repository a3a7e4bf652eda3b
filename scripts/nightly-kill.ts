import { killRounds } from '../test/process/kill-rounds.ts'

/** `tsx scripts/nightly-kill.ts [rounds]`: kills the built product under load and checks that every promise was kept. */
const rounds = Number(process.argv[2] ?? 25)
const { acknowledged, kills, faults } = await killRounds(rounds, console.log)
for (const fault of faults) console.error(`  ${fault}`)
console.log(`${kills} kills, ${acknowledged} acknowledged texts, ${faults.length} broken promises`)
process.exit(faults.length === 0 ? 0 : 1)
