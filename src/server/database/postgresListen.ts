import { type ListeningClient, openListeningClient } from './listeningClient.js'
import type { PostgresPool } from './postgresPool.js'

const FIRST_DELAY = 100
const MAX_DELAY = 30_000

interface ListenOptions {
  pool: PostgresPool
  channel: string
  onMessage: (payload: string) => void
  onReconnect?: (() => void) | undefined
}

/** Listens on a connection of its own and, when that dies, on a new one. */
export async function listenOnPool(options: ListenOptions): Promise<() => Promise<void>> {
  const { pool, channel, onMessage, onReconnect } = options
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let client = await open()

  function open(): Promise<ListeningClient> {
    return openListeningClient({ pool, channel, onMessage, onDeath: () => reopen(0) })
  }

  function reopen(failures: number): void {
    if (closed) return
    timer = setTimeout(() => {
      open().then(use, () => reopen(failures + 1))
    }, delayAfter(failures))
  }

  function use(opened: ListeningClient): void {
    client = opened
    if (closed) client.close()
    else onReconnect?.()
  }

  return async () => {
    closed = true
    clearTimeout(timer)
    client.close()
  }
}

// The jitter keeps the processes of a cluster from coming back all at once.
function delayAfter(failures: number): number {
  return Math.min(FIRST_DELAY * 2 ** failures, MAX_DELAY) * (0.5 + Math.random() / 2)
}
