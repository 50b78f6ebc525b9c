import type { Database, Queryable } from '../database/database.js'
import { assertFresh } from '../freshCache.js'
import type { JobHandlers } from '../jobs/jobs.js'
import type { Reader } from '../reader.js'
import { findUnread, settleRead } from '../webhooks/inboxTable.js'

/** Organizations that one run reads, so that it never takes more than a few of the calls that readers need. */
const AT_ONCE = 50
/** Hours after which an organization that pays, or paid, is read again although no webhook asked for it. */
const MAX_AGE = 24
/** A webhook that waits for longer has lost its job. */
const LOST_AFTER = '1 hour'

/**
 * Reads again what webhooks may have missed: the provider's endpoint was disabled, or nobody answered for so long that it gave up. There
 * is nothing to remember between two runs, for the oldest readings come first. It ends when the provider cannot be asked; the next
 * run goes on from there.
 */
export function createReconcile(
  database: Database,
  { reader, now }: { reader: Reader; now: () => Date },
): JobHandlers['reconcile'] {
  return async ({ mayGoOn }) => {
    const organizationIds = await findNeglected(database, now())
    for (const organizationId of organizationIds) {
      if (!mayGoOn()) return
      const unread = await findUnread(database, organizationId)
      try {
        assertFresh(await reader.reconcile(organizationId))
      } catch {
        // Its row says why, and it comes last in the next run. Where the provider is away, so will the others' reads be.
        return
      }
      if (unread.length > 0) await settleRead(database, unread)
    }
  }
}

async function findNeglected(db: Queryable, now: Date): Promise<string[]> {
  const readBefore = new Date(now.getTime() - MAX_AGE * 3_600_000).toISOString()
  const rows = await db.query<{ key: string }>(
    `select key from polar_billing.snapshots s
     where kind = 'customer' and (
       (read_at < $1::timestamptz and reading->>'customerId' is not null)
       or exists (
         select from polar_billing.webhooks w
         where w.organization_id = s.key and w.processed_at is null and 'refresh' = any(w.awaits)
           and w.received_at < now() - interval '${LOST_AFTER}'
       )
     )
     order by failure is not null, read_at
     limit ${AT_ONCE}`,
    [readBefore],
  )
  return rows.map(({ key }) => key)
}
