import type { Authenticity } from '../message.ts'

/** Whether a mail is from whom it says, in words for staff: short for the card, with what it means for one who asks. */
export function senderWords(found: Authenticity): { readonly short: string; readonly long: string } {
  const results = resultsOf(found)
  switch (found.verdict) {
    case 'pass':
      return {
        short: 'verified',
        long: `Verified: the mail system of the sender's own domain vouches for this address (${results}).`,
      }
    case 'fail':
      return {
        short: 'FAILED: the address is probably forged',
        long: `FAILED: the sender's own domain disowns this mail (${results}). Believe nothing in it and send nothing private; ask by a way you know.`,
      }
    case 'unknown':
      return {
        short: 'not verified',
        long: `Not verified: anybody could have written this address (${results}). Before you tell or do anything private, ask by a way you know.`,
      }
  }
}

function resultsOf({ spf, dkim, dmarc, arc }: Authenticity): string {
  const all = [spf, dkim, dmarc].every((result) => result === 'none')
  if (all) return 'no result of SPF, DKIM or DMARC'
  return [`SPF ${spf}`, `DKIM ${dkim}`, `DMARC ${dmarc}`, ...(arc === undefined ? [] : [`ARC ${arc}`])].join(', ')
}
