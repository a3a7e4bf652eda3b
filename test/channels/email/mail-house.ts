import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createMailArchive } from '../../../src/channels/email/archive.ts'
import { createEmailChannel, type EmailChannel } from '../../../src/channels/email/email.ts'
import type { CaseLookup } from '../../../src/channels/email/ports.ts'
import type { EmailSettings } from '../../../src/channels/email/settings.ts'
import { casesOn } from '../../../src/email-desk.ts'
import { openHouse, type TestHouse } from '../../flows/house.ts'
import { memoryInMemory, type Provider, startProvider } from './provider.ts'

export type MailHouse = {
  readonly provider: Provider
  readonly channel: EmailChannel
  readonly house: TestHouse
  /** Lets the house's time pass until there is what is looked for. */
  eventually<T>(what: string, look: () => Wanted<T> | Promise<Wanted<T>>): Promise<T>
  close(): Promise<void>
}
type Wanted<T> = T | undefined | false

/** The real house with the real e-mail channel at a provider of its own; needs `withStore`. */
export async function openMailHouse(
  variables: Readonly<Record<string, string>> = {},
  change: Partial<EmailSettings> = {},
): Promise<MailHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'gatehouse-mail-house-'))
  const provider = await startProvider()
  // The channel is made before the house, whose database it asks.
  const asking = () => casesOn(house.database.models)
  const cases: CaseLookup = {
    partyOf: (caseId) => asking().partyOf(caseId),
    latestOf: (conversation) => asking().latestOf(conversation),
    concerning: (providerId) => asking().concerning(providerId),
  }
  const settings = { ...provider.settings(variables), ...change }
  const channel = createEmailChannel(settings, {
    memory: memoryInMemory(),
    archive: createMailArchive(directory),
    cases,
  })
  const house = await openHouse({ at: new Date(), channels: () => [channel] })
  await channel.start(house.inbox)
  return {
    ...{ provider, channel, house },
    eventually: async (what, look) => {
      const end = Date.now() + 30_000
      for (;;) {
        await house.passes('1s')
        const found = await look()
        if (found) return found
        if (Date.now() > end) throw new Error(`waited in vain for ${what}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    close: async () => {
      await channel.stop()
      await provider.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
