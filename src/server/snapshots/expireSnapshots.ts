import type { Queryable } from '../database/database.js'

/** Makes all that is known of an organization old, as part of a transaction. In one order, so that no two wait for each other. */
export async function expireSnapshots(tx: Queryable, organizationId: string): Promise<void> {
  await tx.query(
    `with known as (
       select kind, key from polar_billing.snapshots where key = $1 order by kind for update
     )
     update polar_billing.snapshots s set epoch = epoch + 1 from known where s.kind = known.kind and s.key = known.key`,
    [organizationId],
  )
}
