import type { Queryable } from '../database/database.js'
import { LEASE_END } from '../database/lease.js'
import type { RefreshFailure } from './refreshFailure.js'

/** What all processes know of one thing. */
export interface Snapshot<Value> {
  known: { value: Value; readAt: Date; answeredAt: Date; epoch: number } | undefined
  failure: RefreshFailure | null
  /** Counts how often something changed; a reading belongs to the epoch in which it was asked for. */
  epoch: number
  /** Counts the refreshes that have ended, well or not. */
  revision: number
}

/** The right to refresh, for as long as it is renewed. */
export interface Lease {
  key: string
  id: string
  epoch: number
}

export interface SnapshotTable<Value> {
  find(key: string): Promise<Snapshot<Value>>
  /** `undefined`: somebody else has the lease, or has refreshed since this revision. */
  takeLease(key: string, revision: number): Promise<Lease | undefined>
  renew(lease: Lease): Promise<void>
  /** Ends a refresh. Whoever has lost the lease writes nothing: another one asks later than he did. */
  succeed(lease: Lease, reading: { value: Value; readAt: Date; answeredAt: Date }): Promise<void>
  fail(lease: Lease, failure: RefreshFailure): Promise<void>
  /** Ends a refresh as if it had never begun. */
  release(lease: Lease): Promise<void>
  expire(key: string): Promise<void>
}

interface Row<Value> {
  reading: Value
  read_at: Date | null
  answered_at: Date
  read_epoch: number
  failure: RefreshFailure | null
  epoch: number
  revision: number
}

/** The statements on the snapshots of one kind. */
export function createSnapshotTable<Value>(database: Queryable, kind: string): SnapshotTable<Value> {
  const ofLease = ({ key, id }: Lease): string[] => [kind, key, id]

  return {
    find: async (key) => {
      const [row] = await database.query<Row<Value>>(
        `select reading, read_at, answered_at, read_epoch, failure, epoch, revision
         from polar_billing.snapshots where kind = $1 and key = $2`,
        [kind, key],
      )
      return row === undefined ? NOTHING : toSnapshot(row)
    },
    takeLease: async (key, revision) => {
      const id = crypto.randomUUID()
      const [row] = await database.query<{ epoch: number }>(
        `insert into polar_billing.snapshots as own (kind, key, refreshed_by, lease_until)
         values ($1, $2, $3, ${LEASE_END})
         on conflict (kind, key) do update
           set refreshed_by = excluded.refreshed_by, lease_until = excluded.lease_until
           where own.revision = $4 and (own.lease_until is null or own.lease_until <= clock_timestamp())
         returning epoch`,
        [kind, key, id, revision],
      )
      return row && { key, id, epoch: row.epoch }
    },
    renew: async (lease) => {
      await database.query(
        `update polar_billing.snapshots set lease_until = ${LEASE_END}
         where kind = $1 and key = $2 and refreshed_by = $3`,
        ofLease(lease),
      )
    },
    succeed: async (lease, { value, readAt, answeredAt }) => {
      await database.query(
        `update polar_billing.snapshots
         set reading = $4::jsonb, read_at = $5::timestamptz, answered_at = $6::timestamptz, read_epoch = $7::int, failure = null,
           revision = revision + 1, refreshed_by = null, lease_until = null
         where kind = $1 and key = $2 and refreshed_by = $3`,
        [...ofLease(lease), JSON.stringify(value), readAt, answeredAt, lease.epoch],
      )
    },
    fail: async (lease, failure) => {
      await database.query(
        `update polar_billing.snapshots
         set failure = $4::jsonb, revision = revision + 1, refreshed_by = null, lease_until = null
         where kind = $1 and key = $2 and refreshed_by = $3`,
        [...ofLease(lease), JSON.stringify(failure)],
      )
    },
    release: async (lease) => {
      await database.query(
        `update polar_billing.snapshots set refreshed_by = null, lease_until = null
         where kind = $1 and key = $2 and refreshed_by = $3`,
        ofLease(lease),
      )
    },
    // Where there is no row, nobody reads yet: there is nothing to expire.
    expire: async (key) => {
      await database.query(
        `update polar_billing.snapshots set epoch = epoch + 1 where kind = $1 and key = $2`,
        [kind, key],
      )
    },
  }
}

const NOTHING = { known: undefined, failure: null, epoch: 0, revision: 0 }

function toSnapshot<Value>(row: Row<Value>): Snapshot<Value> {
  const { reading, read_at, answered_at, read_epoch, ...rest } = row
  // A driver may be set up to give timestamps as text.
  const known =
    read_at === null
      ? undefined
      : {
          value: reading,
          readAt: new Date(read_at),
          answeredAt: new Date(answered_at),
          epoch: read_epoch,
        }
  return { known, failure: rest.failure, epoch: rest.epoch, revision: rest.revision }
}
