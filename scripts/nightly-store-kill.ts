import { killRounds } from './store-kill-rounds.ts'

/** A hundred rounds of `kill -9` under load: no acknowledged write lost, every index consistent. Run it each night. */
const rounds = Number(process.argv[2] ?? 100)
const acknowledged = await killRounds(rounds, (line) => console.log(line))
console.log(`${rounds} rounds, ${acknowledged} acknowledged writes, none lost, every index consistent`)
