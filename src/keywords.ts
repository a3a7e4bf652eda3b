import { caseNumbersIn, isCarrierKeyword, isCarrierYes } from './bot/rules/commands.ts'
import { simplifiedForm } from './bot/script.ts'
import type { Directory } from './core/duty/directory.ts'
import { staffNamedBy } from './core/duty/named-staff.ts'
import type { CustomerDeps } from './core/inbox/customer.ts'

type Keywords = Pick<CustomerDeps, 'carrierAnswers' | 'carrierLetsIn' | 'casesNamed' | 'staffNamed'>

/** What is looked for in a customer's words beside their meaning: keywords of carriers, case numbers, names of staff. */
export const keywordsFor = (directory: Directory): Keywords => ({
  carrierAnswers: (channel, keyword) => channel === 'sms' && isCarrierKeyword(keyword),
  carrierLetsIn: (channel, words) => channel === 'sms' && isCarrierYes(words),
  casesNamed: caseNumbersIn,
  staffNamed: staffNamedBy(() => directory.duty().staff, simplifiedForm),
})
