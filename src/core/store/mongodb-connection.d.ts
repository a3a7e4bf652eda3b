/** The driver's own class of connections: the part that `write-ended.ts` mends. */
declare module 'mongodb/lib/cmap/connection.js' {
  import type { EventEmitter } from 'node:events'

  export class Connection {
    readonly socket: EventEmitter
    cleanup(error: Error): void
  }
}
