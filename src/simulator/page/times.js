let zone = 'Asia/Hong_Kong'
let clock = formatter({ hour: '2-digit', minute: '2-digit' })
let seconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
let day = formatter({ weekday: 'short', day: 'numeric', month: 'short' })

function formatter(parts) {
  return new Intl.DateTimeFormat('en-GB', { ...parts, hourCycle: 'h23', timeZone: zone })
}

/** All times on the page are the wall clock of the operator's sites, as in the messages themselves. */
export function useZone(name) {
  zone = name
  clock = formatter({ hour: '2-digit', minute: '2-digit' })
  seconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  day = formatter({ weekday: 'short', day: 'numeric', month: 'short' })
}

export const timeOf = (at) => clock.format(new Date(at))
export const secondsOf = (at) => seconds.format(new Date(at))
export const dayOf = (at) => day.format(new Date(at))
