import { BillingError } from '../../contract/index.js'
import type { Database, Queryable } from '../database/database.js'
import { explainFailures } from '../database/explainFailures.js'
import { LEASE_END, whileRenewing } from '../database/lease.js'

/**
 * Runs what changes an organization's subscription, one thing at a time: a second tab decides by what the first one has made of it.
 *
 * @throws BillingError `CONFLICT` while somebody else changes it. Nobody waits: what he wanted rests on what he saw before.
 */
export type ChangeLock = <T>(organizationId: string, work: () => Promise<T>) => Promise<T>

/** For the processes that share the database; without one, for this process. */
export function createChangeLock(database: Database | undefined): ChangeLock {
  return database === undefined ? createMemoryLock() : createDatabaseLock(explainFailures(database))
}

function createMemoryLock(): ChangeLock {
  const running = new Set<string>()

  return async (organizationId, work) => {
    if (running.has(organizationId)) throw isBusy()
    running.add(organizationId)
    try {
      return await work()
    } finally {
      running.delete(organizationId)
    }
  }
}

function createDatabaseLock(database: Queryable): ChangeLock {
  async function take(key: string, holder: string): Promise<boolean> {
    const rows = await database.query(
      `insert into polar_billing.leases as own (key, holder, lease_until) values ($1, $2, ${LEASE_END})
       on conflict (key) do update set holder = excluded.holder, lease_until = excluded.lease_until
         where own.lease_until <= clock_timestamp()
       returning key`,
      [key, holder],
    )
    return rows.length > 0
  }

  async function renew(key: string, holder: string): Promise<void> {
    await database.query(
      `update polar_billing.leases set lease_until = ${LEASE_END} where key = $1 and holder = $2`,
      [key, holder],
    )
  }

  async function release(key: string, holder: string): Promise<void> {
    await database.query('delete from polar_billing.leases where key = $1 and holder = $2', [key, holder])
  }

  return async (organizationId, work) => {
    const [key, holder] = [`subscription of ${organizationId}`, crypto.randomUUID()]
    if (!(await take(key, holder))) throw isBusy()
    try {
      return await whileRenewing(() => renew(key, holder), work)
    } finally {
      // If the database is away now, the lease ends by itself.
      await release(key, holder).catch(() => undefined)
    }
  }
}

function isBusy(): BillingError {
  return new BillingError(
    'CONFLICT',
    'The subscription is being changed right now. Wait a moment, load it again, then try again.',
  )
}
