import { startEmbeddedStore } from '../src/embedded-store/index.ts'

/** Runs an embedded store in a process of its own, for whoever wants to kill it: prints its URI and waits. */
const [directory] = process.argv.slice(2)
if (!directory) throw new Error('usage: store-process.ts <directory>')
const store = await startEmbeddedStore({ directory })
process.stdout.write(`${store.uri}\n`)
process.stdin.on('end', () => void store.close()).resume()
