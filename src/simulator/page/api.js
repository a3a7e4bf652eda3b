const base = '/simulator/api'

/** Asks for something; rejects with words for a person. */
export async function ask(path) {
  const response = await fetch(base + path, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new Error(`The simulator answered ${response.status}.`)
  return response.json()
}

/** Does something on the page's behalf; rejects with the reason in words when it was not done. */
export async function act(name, body) {
  const headers = { 'content-type': 'application/json', 'x-gatehouse-simulator': '1' }
  const response = await fetch(`${base}/${name}`, { method: 'POST', headers, body: JSON.stringify(body) })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.detail ?? `The simulator answered ${response.status}.`)
  return answer
}
