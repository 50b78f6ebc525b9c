import { BillingError } from '../../contract/index.js'
import type { Queryable } from '../database/database.js'
import type { FreshCache, Reading } from '../freshCache.js'
import { NoRoomError } from '../limits/noRoomError.js'
import type { Priority } from '../paymentProvider.js'
import type { KeptCacheOptions } from '../reader.js'
import { createRefresh, type Refreshed } from './createRefresh.js'
import { isBarred, toError } from './refreshFailure.js'
import { createSnapshotTable, type Snapshot } from './snapshotTable.js'

/**
 * Remembers in the database what was read from the provider, for all processes and over restarts. It keeps the promises of the
 * cache in memory; all processes together read once.
 */
export function createSnapshotCache<Value>(
  database: Queryable,
  options: KeptCacheOptions<Value>,
): FreshCache<Value> {
  const { kind, now, maxAge: defaultMaxAge } = options
  const table = createSnapshotTable<Value>(database, kind)
  const refresh = createRefresh(table, options)

  function isFresh({ known, epoch }: Snapshot<Value>, maxAge: number): boolean {
    if (known === undefined || known.epoch !== epoch) return false
    // The clocks of two processes differ a little. One that was set back proves nothing.
    return Math.abs(now().getTime() - known.readAt.getTime()) <= maxAge
  }

  async function get(
    key: string,
    maxAge = defaultMaxAge,
    priority: Priority = 'read',
  ): Promise<Reading<Value>> {
    const first = await table.find(key)
    let latest: Refreshed<Value> = { snapshot: first }
    while (!isFresh(latest.snapshot, maxAge) && !isBarred(latest.snapshot.failure, now())) {
      latest = await refresh(key, latest.snapshot, priority)
      if (latest.gaveUp === true || latest.error instanceof NoRoomError) break
      if (isNewsSince(first, latest.snapshot)) break
    }
    return toReading(latest, now())
  }

  return {
    get,
    expire: table.expire,
    has: async (key) => (await table.find(key)).known !== undefined,
  }
}

/** Whether a refresh has ended since, and began after the last change of that time: what it brought counts, good or bad. */
function isNewsSince(first: Snapshot<unknown>, { known, failure, revision }: Snapshot<unknown>): boolean {
  const epoch = failure?.epoch ?? known?.epoch ?? -1
  return revision > first.revision && epoch >= first.epoch
}

function toReading<Value>({ snapshot, error, gaveUp = false }: Refreshed<Value>, now: Date): Reading<Value> {
  const { known, failure } = snapshot
  if (known !== undefined) {
    const { value, readAt, answeredAt } = known
    const noRoom = error instanceof NoRoomError ? error : undefined
    return {
      value,
      readAt,
      answeredAt,
      stale: failure !== null || gaveUp || noRoom !== undefined,
      reason: noRoom ?? (failure === null ? undefined : toError(failure, now)),
    }
  }
  if (error !== undefined) throw error
  if (failure !== null) throw toError(failure, now)
  throw new BillingError('SERVICE_UNAVAILABLE', 'The payment provider has not answered yet.', {
    retryAfter: 1,
  })
}
