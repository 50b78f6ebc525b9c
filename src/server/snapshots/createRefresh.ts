import { pollFor, whileRenewing } from '../database/lease.js'
import { NoRoomError } from '../limits/noRoomError.js'
import type { Priority } from '../paymentProvider.js'
import type { KeptCacheOptions } from '../reader.js'
import { toRefreshFailure } from './refreshFailure.js'
import type { Lease, Snapshot, SnapshotTable } from './snapshotTable.js'

/** Milliseconds: a little more than the lease of a process that has died. */
const MAX_WAIT = 6_000

export interface Refreshed<Value> {
  snapshot: Snapshot<Value>
  /** Why the refresh failed, if it was this process' own: with all its causes, for the log. */
  error?: unknown
  /** Another process reads for longer than anybody should wait. */
  gaveUp?: boolean
}

/** Brings a snapshot beyond the one that was seen, by reading or by waiting for the process that does. */
export type Refresh<Value> = (
  key: string,
  seen: Snapshot<Value>,
  priority: Priority,
) => Promise<Refreshed<Value>>

/** Callers of one priority in one process share one refresh; of all others the one that has the lease reads. */
export function createRefresh<Value>(
  table: SnapshotTable<Value>,
  { read, now, onRefreshed }: Pick<KeptCacheOptions<Value>, 'read' | 'now' | 'onRefreshed'>,
): Refresh<Value> {
  const running = new Map<string, Promise<Refreshed<Value>>>()

  async function readOrWait(
    key: string,
    seen: Snapshot<Value>,
    priority: Priority,
  ): Promise<Refreshed<Value>> {
    const refreshed = await pollFor(MAX_WAIT, async () => {
      const lease = await table.takeLease(key, seen.revision)
      const error = lease && (await readInto(lease, seen, priority))
      const snapshot = await table.find(key)
      return lease !== undefined || snapshot.revision !== seen.revision ? { snapshot, error } : undefined
    })
    return refreshed ?? { snapshot: await table.find(key), gaveUp: true }
  }

  /** Reads, and writes down what came of it. Gives the error of a read that failed. */
  async function readInto(
    lease: Lease,
    { known, failure }: Snapshot<Value>,
    priority: Priority,
  ): Promise<unknown> {
    const before = known?.value
    const wasExpired = known !== undefined && known.epoch !== lease.epoch
    const tell = (after: Value | undefined, isStale: boolean): Promise<void> | undefined =>
      onRefreshed?.(lease.key, { before, after, wasExpired, wasStale: failure !== null, isStale })
    return whileRenewing(
      () => table.renew(lease),
      async () => {
        const readAt = now()
        const [result] = await Promise.allSettled([read(lease.key, priority)])
        const answeredAt = now()
        if (result.status === 'fulfilled') {
          await table.succeed(lease, { value: result.value, readAt, answeredAt })
          await tell(result.value, false)
          return undefined
        }
        if (result.reason instanceof NoRoomError) {
          await table.release(lease)
        } else {
          await table.fail(lease, toRefreshFailure(result.reason, lease.epoch, answeredAt))
          await tell(before, true)
        }
        return result.reason
      },
    )
  }

  return (key, seen, priority) => {
    const id = `${priority} ${key}`
    const shared =
      running.get(id) ??
      readOrWait(key, seen, priority).finally(() => {
        running.delete(id)
      })
    running.set(id, shared)
    return shared
  }
}
