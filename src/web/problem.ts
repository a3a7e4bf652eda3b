import type { HttpResponse } from '../core/channel.ts'

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  401: 'Not authorized',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Wrong method',
  408: 'Too slow',
  409: 'Changed nothing',
  413: 'Too large',
  415: 'Unsupported',
  500: 'Fault',
  503: 'Not ready',
}

/** An error as RFC 9457 wants it. `detail` says what to do; it never repeats what was sent. */
export const problem = (
  status: number,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse => ({
  status,
  headers: { ...headers, 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: 'about:blank', title: titles[status] ?? 'Error', status, detail }),
})

export const json = (body: unknown, status = 200): HttpResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
