import type { Database, Queryable } from '../database/database.js'
import type { Delivered } from './deliver.js'
import type { OutboxOptions } from './outbox.js'
import { reportDelivered } from './reportDelivered.js'
import { locked } from './usageClaims.js'
import { WAITING } from './usageTable.js'

/** Writes down what became of events, and tells it. */
export async function settleUsage(
  database: Database,
  delivered: Delivered,
  options: OutboxOptions,
): Promise<void> {
  const { events, rejected, old } = delivered
  const idsOf = (keep: (event: (typeof events)[number]) => boolean): string[] =>
    events.filter(keep).map(({ event }) => event.id)
  const taken = idsOf((accepted) => !rejected.has(accepted.event.id) && !old.has(accepted))
  // The provider has had them for long: as if nobody had sent them again.
  const known = idsOf((accepted) => old.has(accepted))
  await database.transaction(async (tx) => {
    if (taken.length > 0) await markDelivered(tx, taken, options.now())
    if (rejected.size > 0) await markRejected(tx, rejected, options.now())
    if (known.length > 0) await remove(tx, known)
  })
  reportDelivered(delivered, options)
}

async function markDelivered(db: Queryable, ids: readonly string[], deliveredAt: Date): Promise<void> {
  await db.query(
    `update polar_billing.usage_events set delivered_at = $2::timestamptz
     where id in (${locked('$1')}) and ${WAITING}`,
    [ids, deliveredAt.toISOString()],
  )
}

/** Keeps what the provider will never take, with its reason. */
async function markRejected(
  db: Queryable,
  rejected: ReadonlyMap<string, string>,
  rejectedAt: Date,
): Promise<void> {
  await db.query(
    `update polar_billing.usage_events e set rejected_at = $3::timestamptz, rejection = bad.reason
     from unnest($1::text[], $2::text[]) as bad(id, reason)
     where e.id = bad.id and ${WAITING}`,
    [[...rejected.keys()], [...rejected.values()], rejectedAt.toISOString()],
  )
}

async function remove(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query('delete from polar_billing.usage_events where id = any($1::text[])', [ids])
}
