import type { KeptCacheOptions } from '../reader.js'
import { toRefreshFailure } from './refreshFailure.js'
import { type Lease, RENEWAL_TIME, type Snapshot, type SnapshotTable } from './snapshotTable.js'

/** Milliseconds: a little more than the lease of a process that has died. */
const MAX_WAIT = 6_000
const FIRST_DELAY = 20
const MAX_DELAY = 250

export interface Refreshed<Value> {
  snapshot: Snapshot<Value>
  /** Why the refresh failed, if it was this process' own: with all its causes, for the log. */
  error?: unknown
  /** Another process reads for longer than anybody should wait. */
  gaveUp?: boolean
}

/** Brings a snapshot beyond the one that was seen, by reading or by waiting for the process that does. */
export type Refresh<Value> = (key: string, seen: Snapshot<Value>) => Promise<Refreshed<Value>>

/** Callers in one process share one refresh; among processes the one that has the lease reads. */
export function createRefresh<Value>(
  table: SnapshotTable<Value>,
  { read, now, onRefreshed }: Pick<KeptCacheOptions<Value>, 'read' | 'now' | 'onRefreshed'>,
): Refresh<Value> {
  const running = new Map<string, Promise<Refreshed<Value>>>()

  async function readOrWait(key: string, seen: Snapshot<Value>): Promise<Refreshed<Value>> {
    let delay = FIRST_DELAY
    for (let waited = 0; ; waited += delay) {
      const lease = await table.takeLease(key, seen.revision)
      const error = lease && (await readInto(lease, seen))
      const snapshot = await table.find(key)
      if (lease !== undefined || snapshot.revision !== seen.revision) return { snapshot, error }
      if (waited >= MAX_WAIT) return { snapshot, gaveUp: true }
      delay = Math.min(delay * 1.5, MAX_DELAY)
      await sleep(delay)
    }
  }

  /** Reads, and writes down what came of it. Gives the error of a read that failed. */
  async function readInto(lease: Lease, { known, failure }: Snapshot<Value>): Promise<unknown> {
    const before = known?.value
    const wasExpired = known !== undefined && known.epoch !== lease.epoch
    const tell = (after: Value | undefined, isStale: boolean): Promise<void> | undefined =>
      onRefreshed?.(lease.key, { before, after, wasExpired, wasStale: failure !== null, isStale })
    const renewal = setInterval(() => void table.renew(lease).catch(() => undefined), RENEWAL_TIME)
    try {
      const readAt = now()
      const [result] = await Promise.allSettled([read(lease.key)])
      const answeredAt = now()
      if (result.status === 'fulfilled') {
        await table.succeed(lease, { value: result.value, readAt, answeredAt })
        await tell(result.value, false)
        return undefined
      }
      await table.fail(lease, toRefreshFailure(result.reason, lease.epoch, answeredAt))
      await tell(before, true)
      return result.reason
    } finally {
      clearInterval(renewal)
    }
  }

  return (key, seen) => {
    const shared =
      running.get(key) ??
      readOrWait(key, seen).finally(() => {
        running.delete(key)
      })
    running.set(key, shared)
    return shared
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms)
  })
}
