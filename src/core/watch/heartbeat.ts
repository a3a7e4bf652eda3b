/** Calls an outside address that alarms when it is not called: the only alarm that works when this house does not. */
export function heartbeatTo(url: string | undefined, onFault: (error: unknown) => void): () => Promise<void> {
  if (url === undefined) return async () => {}
  return async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(withinMs), redirect: 'follow' })
      await answer.body?.cancel()
      if (!answer.ok) throw new Error(`the heartbeat address answered ${answer.status}`)
    } catch (error) {
      onFault(error)
    }
  }
}

const withinMs = 5_000
