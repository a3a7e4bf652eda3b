/** Why a message did not arrive, by the codes that Twilio gives (https://www.twilio.com/docs/api/errors). */
const reasons = {
  21610: 'the customer opted out',
  30003: 'the phone cannot be reached',
  30005: 'the number is not in use',
  30006: 'the number cannot take texts',
  30007: 'the carrier filtered it',
  63016: 'WhatsApp’s 24 hours are over',
}

const states = {
  queued: { sign: '◷', words: 'Queued at Twilio', look: 'waiting' },
  accepted: { sign: '◷', words: 'Accepted by Twilio', look: 'waiting' },
  sending: { sign: '◷', words: 'Being sent', look: 'waiting' },
  sent: { sign: '✓', words: 'Sent to the carrier', look: 'waiting' },
  delivered: { sign: '✓✓', words: 'Delivered', look: 'arrived' },
  read: { sign: '✓✓', words: 'Read', look: 'arrived' },
}

/** The true state of one message in words, with a sign that only repeats them. */
export function deliveryWords({ direction, status, errorCode, answer }) {
  if (direction === 'inbound') return takenWords(answer)
  if (status === 'failed' || status === 'undelivered') return { sign: '✕', words: failure(errorCode), look: 'failed' }
  if (direction === 'outbound-reply') return { sign: '✓✓', words: 'From the carrier itself', look: 'arrived' }
  return states[status] ?? { sign: '◷', words: status, look: 'waiting' }
}

function failure(errorCode) {
  if (errorCode === undefined) return 'Not delivered'
  const reason = reasons[errorCode]
  return `Not delivered: ${reason === undefined ? `Twilio’s code ${errorCode}` : `${reason} (${errorCode})`}`
}

/** What became of a text from the phone: whether Gatehouse took it. */
function takenWords(answer) {
  if (answer === undefined) return { sign: '◷', words: 'On its way to Gatehouse', look: 'waiting' }
  const { status, attempts } = answer
  const again = attempts > 1 ? `, after ${attempts} tries` : ''
  if (status === undefined) return { sign: '✕', words: `Gatehouse did not answer${again}`, look: 'failed' }
  if (status >= 200 && status < 300) return { sign: '✓', words: `Taken by Gatehouse${again}`, look: 'arrived' }
  return { sign: '✕', words: `Refused by Gatehouse (HTTP ${status})${again}`, look: 'failed' }
}
