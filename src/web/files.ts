import type { AttachmentStore } from '../core/attachments/keep.ts'
import { isValidLink } from '../core/attachments/link.ts'
import { mayGoOut } from '../core/attachments/outgoing.ts'
import type { HttpRequest, HttpResponse } from '../core/channel.ts'
import { problem } from './problem.ts'
import type { Guarded } from './server.ts'

/** Shown in the browser; everything else is only offered as a download, whatever it claims to be. */
const shown = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp'])

type FileDeps = { readonly attachments: Pick<AttachmentStore, 'file'>; readonly key: string; readonly now: () => Date }

/** Files of customers, behind signed links that end: public as a route, closed without a valid signature. */
export const fileRoutes = (deps: FileDeps): readonly Guarded[] => [
  { method: 'GET', path: '/files/:id', maxBytes: 0, access: 'public', handle: (request) => open(request, deps) },
]

async function open({ url }: HttpRequest, { attachments, key, now }: FileDeps): Promise<HttpResponse> {
  const { pathname, searchParams } = new URL(url, 'http://gatehouse')
  const id = decodeURIComponent(pathname.slice('/files/'.length))
  if (!isValidLink(id, searchParams, key, now()))
    return problem(403, 'This link is not valid any more. Open the file from the case again.')
  const file = await attachments.file(id)
  if (file === undefined) return problem(404, 'This file is not kept here.')
  const isShown = shown.has(file.contentType)
  // Providers refuse what does not say what it is; a download is never run by the browser, whatever its type.
  const isKnown = isShown || mayGoOut(file.contentType)
  const headers = {
    'content-type': isKnown ? file.contentType : 'application/octet-stream',
    'content-disposition': `${isShown ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
  }
  return { status: 200, headers, body: file.bytes }
}
