import type { Queryable } from '../database/database.js'
import { MIGRATIONS } from '../database/migrations.js'
import { NotMigratedError } from '../openDatabase.js'
import { MAX_COUNTED } from '../usage/usageTable.js'

export interface Inbox {
  waiting: number
  lastReceivedAt: Date | null
}

/** The webhooks of a database; `null`: it lacks tables, or is older than this release needs. Newer is fine while a release rolls out. */
export async function readDatabase(db: Queryable): Promise<Inbox | null> {
  try {
    const [row] = await db.query<Inbox & { version: number }>(
      `select (select max(version) from polar_billing.migrations)::int as version,
         (select max(received_at) from polar_billing.webhooks) as "lastReceivedAt",
         (select count(*) from (
           select 1 from polar_billing.webhooks where processed_at is null limit ${MAX_COUNTED}
         ) waiting)::int as waiting`,
    )
    return row === undefined || row.version < (MIGRATIONS.at(-1)?.version ?? 0) ? null : row
  } catch (error) {
    if (error instanceof NotMigratedError) return null
    throw error
  }
}
