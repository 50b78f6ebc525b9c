import { assertDelivery } from './assertDelivery.js'
import type { PostgresNotification, PostgresPool } from './postgresPool.js'

/** One connection that listens to one channel. */
export interface ListeningClient {
  close(): void
}

interface ListeningClientOptions {
  pool: PostgresPool
  channel: string
  onMessage: (payload: string) => void
  /** Called once if the connection dies after it was opened, and not after `close`. */
  onDeath: () => void
}

/** @throws Error if the connection cannot be opened, or if messages do not arrive on it */
export async function openListeningClient(options: ListeningClientOptions): Promise<ListeningClient> {
  const { pool, channel, onMessage, onDeath } = options
  if (pool.options.max === 1) throw cannotListen('The pool has a single connection, which would be taken.')
  const client = await pool.connect()
  let state: 'opening' | 'open' | 'closed' = 'opening'

  function close(): void {
    if (state === 'closed') return
    state = 'closed'
    client.off('notification', onNotification)
    client.off('error', onEnd)
    client.off('end', onEnd)
    // Closed instead of reused: its next user must not hear the channel.
    client.release(true)
  }

  function onNotification(message: PostgresNotification): void {
    if (message.channel === channel) onMessage(message.payload ?? '')
  }

  function onEnd(): void {
    // While it opens, the statement that failed tells.
    if (state !== 'open') return
    close()
    onDeath()
  }

  client.on('notification', onNotification)
  client.on('error', onEnd)
  client.on('end', onEnd)
  try {
    await client.query(`listen "${channel}"`)
    await assertDelivery(pool, client)
  } catch (error) {
    close()
    throw cannotListen((error as Error).message, error)
  }
  state = 'open'
  return { close }
}

function cannotListen(reason: string, cause?: unknown): Error {
  return new Error(
    `polar-billing-kit: this database cannot LISTEN (${reason}) CockroachDB has no LISTEN, and poolers such as PgBouncer do not ` +
      'pass it on. Connect to Postgres itself, with a pool of at least two connections.',
    { cause },
  )
}
