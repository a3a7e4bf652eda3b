// Prints vitest's JSON report as one plain line, which tools can read whatever the runner.
import { existsSync, readFileSync } from 'node:fs'

const [, , path] = process.argv
if (!existsSync(path)) {
  console.log('0 passed, 1 failed')
  process.exit(1)
}
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(readFileSync(path, 'utf8'))
console.log(`${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests + numTodoTests} skipped`)
