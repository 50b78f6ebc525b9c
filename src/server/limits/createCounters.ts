import type { RateLimiterRes } from 'rate-limiter-flexible'
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import RateLimiterPostgres from 'rate-limiter-flexible/lib/RateLimiterPostgres.js'
import type { Queryable } from '../database/database.js'

/** Seconds. */
const DURATION = 60
/** Milliseconds. */
const FORGET_EVERY = 600_000

/** How much was counted in a minute, which began with the first that was. */
export interface Count {
  value: number
  /** Milliseconds until the next minute, which begins at 0. */
  endsIn: number
}

/**
 * Counts by the minute, on real time. With a database all processes count together; while it is away each one counts alone, for what
 * only limits must not stop anything. So no method ever rejects.
 */
export interface Counters {
  add(key: string, value: number): Promise<Count>
  /** Holds a count at a value for so many seconds. */
  hold(key: string, value: number, seconds: number): Promise<void>
  get(key: string): Promise<Count>
}

export function createCounters(database: Queryable | undefined): Counters {
  // What the limit is, and whether it was passed, is for the caller to say, so that several limits may share one count.
  const options = { points: Number.MAX_SAFE_INTEGER, duration: DURATION, keyPrefix: '' }
  const memory = new RateLimiterMemory(options)
  const limiter =
    database === undefined
      ? memory
      : new RateLimiterPostgres({
          ...options,
          storeClient: toClient(database),
          storeType: 'client',
          schemaName: 'polar_billing',
          tableName: 'rate_limits',
          tableCreated: true,
          // Its timer needs Node's `unref`.
          clearExpiredByTimeout: false,
          insuranceLimiter: memory,
        })
  let forgottenAt = performance.now()

  async function forgetOld(): Promise<void> {
    if (database === undefined || performance.now() - forgottenAt < FORGET_EVERY) return
    forgottenAt = performance.now()
    await database
      .query('delete from polar_billing.rate_limits where expire < $1', [Date.now()])
      .catch(() => undefined)
  }

  return {
    add: async (key, value) => {
      await forgetOld()
      // A penalty counts as `consume` does, and leaves the verdict to us. `reward` takes back.
      return toCount(await (value < 0 ? limiter.reward(key, -value) : limiter.penalty(key, value)))
    },
    hold: async (key, value, seconds) => {
      await limiter.set(key, value, seconds)
    },
    get: async (key) => {
      const found = await limiter.get(key)
      return found === null ? { value: 0, endsIn: 0 } : toCount(found)
    },
  }
}

function toCount({ consumedPoints, msBeforeNext }: RateLimiterRes): Count {
  return { value: consumedPoints, endsIn: msBeforeNext }
}

interface Row {
  points: number | string
  expire: number | string
}

/** The part of a `pg` client that the library asks. */
function toClient(database: Queryable): unknown {
  return {
    query: async ({ text, values }: { text: string; values: unknown[] }) => {
      const rows = await database.query<Row>(text, values)
      // `pg` gives a bigint as text.
      return { rows: rows.map(({ points, expire }) => ({ points: Number(points), expire: Number(expire) })) }
    },
  }
}
