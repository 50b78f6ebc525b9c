import type { PostgresClient, PostgresNotification, PostgresPool } from './postgresPool.js'

/** Milliseconds; between two connections of one server a message takes a few. */
const TIMEOUT = 5_000

/**
 * A pooler accepts LISTEN and then lends the connection to others: only a message that arrives shows that messages arrive. It is
 * sent by another connection, as the real ones will be, on a channel of its own.
 */
export async function assertDelivery(pool: PostgresPool, client: PostgresClient): Promise<void> {
  const channel = `polar_billing_probe_${crypto.randomUUID().replaceAll('-', '')}`
  let timer: ReturnType<typeof setTimeout> | undefined
  let hear: () => void = () => undefined
  const arrival = new Promise<void>((resolve) => {
    hear = resolve
  })
  const onNotification = (message: PostgresNotification): void => {
    if (message.channel === channel) hear()
  }
  client.on('notification', onNotification)
  try {
    await client.query(`listen ${channel}`)
    await pool.query('select pg_notify($1, $2)', [channel, ''])
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('a message that was sent to it did not arrive.')), TIMEOUT)
    })
    await Promise.race([arrival, silence])
    await client.query(`unlisten ${channel}`)
  } finally {
    clearTimeout(timer)
    client.off('notification', onNotification)
  }
}
