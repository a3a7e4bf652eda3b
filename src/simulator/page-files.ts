import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { HttpResponse } from '../core/channel.ts'
import { root } from '../root.ts'
import type { Guarded } from '../web/server.ts'

const folder = join(root, 'simulator', 'page')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** No inline script or style, nothing from elsewhere, and nobody may frame it. */
const policy = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "connect-src 'self'", "img-src 'self' data:"],
  ...["base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
].join('; ')

/** The page and the files it consists of: exactly those in its folder, read once. */
export function pageFiles(): readonly Guarded[] {
  const files = readdirSync(folder).filter((name) => types[extname(name)] !== undefined)
  const file = (path: string, name: string): Guarded => {
    const answer = answerWith(name)
    return { method: 'GET', path, maxBytes: 0, access: 'public', handle: async () => answer }
  }
  const rest = files.filter((name) => name !== 'index.html')
  return [file('/simulator', 'index.html'), withoutSlash, ...rest.map((name) => file(`/simulator/${name}`, name))]
}

/** The page's own addresses are relative to no slash; people type one. */
const withoutSlash: Guarded = {
  ...{ method: 'GET', path: '/simulator/', maxBytes: 0, access: 'public' },
  handle: async () => ({ status: 302, headers: { location: '/simulator' } }),
}

/** The photograph that a customer can attach. */
export const photo = (): Buffer => readFileSync(join(folder, 'photo.jpg'))

function answerWith(name: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': types[extname(name)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    },
    body: readFileSync(join(folder, name), 'utf8'),
  }
}
