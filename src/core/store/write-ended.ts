import { Connection } from 'mongodb/lib/cmap/connection.js'

/**
 * A command that is too large for the socket's buffer waits for the socket's `drain`. Where the server closes the
 * connection meanwhile, that event never comes, and the driver (7.8 and 7.9) waits for ever: whatever the command was
 * part of stands still until the next start. With this the command is refused as every other on that connection is,
 * because the driver looks for the connection's error as soon as the wait is over.
 */
export function refuseWritesOfClosedConnections(): void {
  if (isMended) return
  isMended = true
  const { cleanup } = Connection.prototype
  Connection.prototype.cleanup = function (error: Error) {
    cleanup.call(this, error)
    this.socket.emit('drain')
  }
}

let isMended = false
