// What `npm run build` makes of src/: a handful of files, because a start that opens 1,500 of them takes twice as long.

import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** Loaded at every start, so it goes in; all others are loaded when they are first needed, from node_modules. */
const taken = [
  ...['@agendajs/mongo-backend', 'agenda', 'bson', 'commander', 'fastify', 'jose', 'js-yaml', 'libphonenumber-js'],
  ...['luxon', 'mongodb', 'mongoose', 'prom-client', 'ws', 'zod'],
]
/** The program, what the build itself runs, and what runs in threads of their own: each finds the others beside it. */
const entries = ['cli.ts', 'learn.ts', 'embedded-store/worker.ts', 'channels/email/parse-worker.ts']

/** Bundles the sources below `root` into `outdir`, flat, with the simulator's page beside them. */
export async function bundle(root, outdir) {
  const source = join(root, 'src')
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  await build({
    absWorkingDir: root,
    entryPoints: entries.map((entry) => join(source, entry)),
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    outdir,
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
    external: Object.keys(dependencies).filter((name) => !taken.includes(name)),
    // Packages in CommonJS call for Node's own modules by `require`, which a module has to make for itself.
    banner: {
      js: `import { createRequire as requireFrom } from 'node:module'\nconst require = requireFrom(import.meta.url)`,
    },
    ...{ sourcemap: true, sourcesContent: false, logLevel: 'warning' },
  })
  cpSync(join(source, 'simulator', 'page'), join(outdir, 'simulator', 'page'), { recursive: true })
}
