import { z } from 'zod'
import type { LinearModel } from './linear-svm.ts'
import type { Model } from './model.ts'

/*
 * A packed model: length of the header (4 bytes, little endian), the header as JSON padded to 4 bytes, then the numbers
 * as 32-bit floats in the order rarity, intent, kind, category.
 */
const calibrationSchema = z.object({
  emergencyMargin: z.number(),
  complaintMargin: z.number(),
  confidence: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  sure: z.number(),
})
const headerSchema = z.object({
  format: z.literal('gatehouse-bot-1'),
  contentHash: z.string(),
  features: z.array(z.string()),
  labels: z.object({ intent: z.array(z.string()), kind: z.array(z.string()), category: z.array(z.string()) }),
  calibration: calibrationSchema,
})

/** One file's worth of bytes that `unpackModel` turns back into the same model. */
export function packModel(model: Model): Uint8Array {
  const header = JSON.stringify({
    format: 'gatehouse-bot-1',
    contentHash: model.contentHash,
    features: [...model.tfidf.features.keys()],
    labels: { intent: model.intent.labels, kind: model.kind.labels, category: model.category.labels },
    calibration: model.calibration,
  })
  const text = new TextEncoder().encode(header)
  const numbers = [model.tfidf.rarity, model.intent.weights, model.kind.weights, model.category.weights]
  const start = 4 + Math.ceil(text.length / 4) * 4
  const bytes = new Uint8Array(start + numbers.reduce((sum, part) => sum + part.byteLength, 0)).fill(0x20, 0, start)
  new DataView(bytes.buffer).setUint32(0, start - 4, true)
  bytes.set(text, 4)
  let at = start
  for (const part of numbers) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += part.byteLength
  }
  return bytes
}

/** The packed model, or undefined where the bytes are damaged or of another format: then train again. */
export function unpackModel(bytes: Uint8Array): Model | undefined {
  try {
    const start = 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true)
    const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(4, start))))
    return fromHeader(header, numbersIn(bytes.subarray(start)))
  } catch {
    return undefined // a damaged cache costs a training, never a start
  }
}

function fromHeader(header: z.infer<typeof headerSchema>, numbers: Float32Array): Model {
  const count = header.features.length
  let at = 0
  const take = (length: number): Float32Array => {
    if (at + length > numbers.length) throw new RangeError('packed model is cut short')
    at += length
    return numbers.subarray(at - length, at)
  }
  const rarity = take(count)
  const linear = (labels: string[]): LinearModel => ({
    labels,
    features: count,
    weights: take((count + 1) * labels.length),
  })
  const features = new Map(header.features.map((feature, index) => [feature, index]))
  const { contentHash, calibration, labels } = header
  const [intent, kind, category] = [linear(labels.intent), linear(labels.kind), linear(labels.category)]
  return { contentHash, calibration, tfidf: { features, rarity }, intent, kind, category }
}

/** Copies first: a Buffer's own `slice` shares its pool, and the floats must be aligned. */
const numbersIn = (bytes: Uint8Array): Float32Array => new Float32Array(new Uint8Array(bytes).buffer)
