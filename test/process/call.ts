import { connect } from 'node:net'
import { apiToken } from './gatehouse.ts'

export type Called = {
  readonly status: number
  readonly type: string | null
  readonly body: unknown
  readonly headers: Headers
}

/** One call, with the token unless told otherwise; JSON bodies are read. */
export async function call(
  url: string,
  path: string,
  { token = apiToken, ...init }: RequestInit & { readonly token?: string } = {},
): Promise<Called> {
  const headers = { ...(token !== '' && { authorization: `Bearer ${token}` }), ...(init.headers as object) }
  const response = await fetch(`${url}${path}`, { redirect: 'manual', ...init, headers })
  const text = await response.text()
  const type = response.headers.get('content-type')?.split(';')[0] ?? null
  return {
    status: response.status,
    type,
    headers: response.headers,
    body: type?.includes('json') && text !== '' ? JSON.parse(text) : text,
  }
}

export const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

/** Bytes on a socket, for what no HTTP library would send. */
export function say(url: string, words: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(Number(port), hostname, () => socket.write(words))
    socket.on('data', (chunk) => (answer += String(chunk)))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}
