import type { Database } from '../database/database.js'
import { createAlarm } from '../jobs/alarm.js'
import { CHANNEL } from './changesTable.js'

/** Milliseconds between looks at the table while nothing is heard. */
const POLL_TIME = 3_000
/** Milliseconds after which a database that could not listen is tried again: it may only have been starting. */
const LISTEN_AGAIN = 300_000

/** Hears of changes while somebody wants to know. */
export interface ChangeFeed {
  start(): void
  stop(): Promise<void>
}

interface ChangeFeedOptions {
  database: Pick<Database, 'listen'>
  onMessage: (payload: string) => void
  /** Reads what may have been missed. */
  reread: () => Promise<void>
  onPolling: (reason: unknown) => void
}

interface Listening {
  /** Ends the listening; `undefined` until it has begun. */
  end?: () => Promise<void>
  failedAt?: number
  stopped?: true
}

/** Listens, and looks into the table every few seconds until it hears something: also where a pooler swallows all messages. */
export function createChangeFeed(options: ChangeFeedOptions): ChangeFeed {
  const { database, onMessage, onPolling } = options
  const alarm = createAlarm(() => void poll())
  let current: Listening | undefined

  // A database that is away is told of by whoever asks it something; here the next look comes anyway.
  const reread = (): Promise<void> => options.reread().catch(() => undefined)

  async function listen(own: Listening): Promise<void> {
    delete own.failedAt
    try {
      const end = await database.listen(CHANNEL, onMessage, () => void reread())
      if (own.stopped === true) return await end()
      own.end = end
      // What changed before it listened.
      await reread()
    } catch (error) {
      own.failedAt = performance.now()
      if (own.stopped !== true) onPolling(error)
    }
  }

  async function poll(): Promise<void> {
    const own = current
    if (own === undefined || own.end !== undefined) return
    await reread()
    if (own !== current || own.end !== undefined) return
    if (own.failedAt !== undefined && performance.now() - own.failedAt > LISTEN_AGAIN) void listen(own)
    alarm.set(POLL_TIME)
  }

  return {
    start: () => {
      if (current !== undefined) return
      current = {}
      void listen(current)
      alarm.set(POLL_TIME)
    },
    // One that has not begun yet ends by itself: it may be waiting for a connection.
    stop: async () => {
      const own = current
      current = undefined
      alarm.clear()
      if (own === undefined) return
      own.stopped = true
      await own.end?.()
    },
  }
}
