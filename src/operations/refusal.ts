/** A command that failed in a way the person can mend: shown as one message, without a stack. */
export class Refusal extends Error {}

const advice: Readonly<Record<string, string>> = {
  ENOTDIR: 'a part of this path is a file where a directory is needed; name another path, or move that file away',
  EEXIST: 'something else has this name already; name another path, or move it away',
  EISDIR: 'it is a directory where a file is needed; name another path, or move it away',
  ENOENT: 'there is no such file or directory; check the path',
  EACCES: 'this user may not use it; change its owner or permissions, or name another path',
  EPERM: 'this user may not use it; change its owner or permissions, or name another path',
  EROFS: 'the file system is read-only; name a path that can be written',
  ENOSPC: 'the disk is full; make room, or name a path on another disk',
}

/** A path that cannot be used, in one line that says what to do. Undefined for everything that is no fault of a path. */
export function pathRefusal(error: unknown): Refusal | undefined {
  const { code = '', path, syscall }: NodeJS.ErrnoException = error instanceof Error ? error : new Error()
  const words =
    syscall === 'mkdir' && code === 'ENOENT' ? 'no directory can be made there; name another path' : advice[code]
  return path === undefined || words === undefined
    ? undefined
    : new Refusal(`${path} cannot be used: ${words} (${code})`)
}

type Place = { readonly mongodbUri?: string; readonly dataDir: string }

/** A database that cannot be opened for a reason that lies outside of us, with the variable to look at. */
export function databaseRefusal(error: unknown, { mongodbUri, dataDir }: Place): Refusal | undefined {
  const { code, name, message }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
  if (mongodbUri !== undefined && /^Mongo/.test(name))
    return new Refusal(`the database at MONGODB_URI does not answer (${message}): check it and that it is up`)
  if (mongodbUri !== undefined || !/store|EACCES|EPERM|ENOSPC|EROFS|ENOTDIR|EEXIST|ENOENT/.test(`${code} ${message}`))
    return undefined
  const because = pathRefusal(error)?.message ?? message
  return new Refusal(`the embedded store in DATA_DIR ${dataDir} cannot be used: ${because}`)
}
