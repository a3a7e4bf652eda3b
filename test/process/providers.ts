import { loadConfig } from '../../src/config.ts'
import { type Demo, startDemo } from '../../src/simulator/demo.ts'
import { configDirectory } from './built.ts'
import { publicUrl } from './gatehouse.ts'

export type Providers = Demo & {
  /** Tells both where Gatehouse listens now. */
  deliverTo(url: string): void
}

/** A Twilio and a Slack in this process, so that they outlive every Gatehouse that is killed. */
export async function startProviders(): Promise<Providers> {
  const { config, faults } = loadConfig({ GATEHOUSE_CONFIG: configDirectory })
  if (config === undefined) throw new Error(JSON.stringify(faults))
  const demo = await startDemo({ places: config.places, staff: config.duty.staff })
  return { ...demo, deliverTo: (url) => demo.connect({ publicUrl, deliverTo: url }) }
}
