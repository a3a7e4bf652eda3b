import { soundsDissatisfied } from '../rules/complaint.ts'
import { type DangerFinding, findDanger } from '../rules/emergency.ts'
import { wantsPerson } from '../rules/handoff.ts'
import type { FeatureBlocks } from './features.ts'
import { about, hashOf } from './hashing.ts'

/** What the rules hear in a text. The model learns how far to trust them, beside everything else it reads. */
export type Signs = {
  readonly danger: DangerFinding
  readonly dissatisfied: string | undefined
  readonly person: string | undefined
}

export const signsIn = (text: string): Signs => ({
  danger: findDanger(text),
  dissatisfied: soundsDissatisfied(text),
  person: wantsPerson(text),
})

/** The signs as a block of features. Raise `learningVersion` when rules change much: models learned with the old ones. */
export function signFeatures({ danger, dissatisfied }: Signs): number[] {
  return [
    `danger ${danger.when}`,
    ...(danger.category === undefined ? [] : [`danger ${danger.category}`]),
    ...(danger.when === 'now' ? [`danger now ${danger.category}`] : []),
    dissatisfied === undefined ? 'even' : 'dissatisfied',
  ].map((name) => hashOf(about.sign, name))
}

/** The words alone: signs are the last block. */
export const withoutSigns = (blocks: FeatureBlocks): FeatureBlocks => blocks.slice(0, -1)
