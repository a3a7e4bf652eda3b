#!/usr/bin/env node
import { existsSync } from 'node:fs'

const compiled = new URL('../dist/cli.js', import.meta.url)
if (!existsSync(compiled)) {
  console.error('gatehouse: not built yet. Run "npm ci" (or "npm run build") first.')
  process.exit(1)
}
const { run } = await import(compiled.href)
await run(process.argv)
