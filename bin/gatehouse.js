#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'

// Starting leaves more garbage behind than the house ever needs: keep the heap small until it serves (operations/serve).
setFlagsFromString('--optimize-for-size')

const compiled = new URL('../dist/cli.js', import.meta.url)
if (!existsSync(compiled)) {
  console.error('gatehouse: not built yet. Run "npm ci" (or "npm run build") first.')
  process.exit(1)
}
const { run } = await import(compiled.href)
await run(process.argv)
