import type { Queryable } from '../database/database.js'
import type { OutgoingUsage, UsageMetadata } from '../provider.js'
import type { UsageBacklog } from './outbox.js'
import { type AcceptedUsage, REMEMBER_TIME } from './recentUsage.js'

/** Above it an organization shows less as pending than is: summing up more would take longer than anybody waits. */
const MAX_RECENT = 100_000

/** Counting stops here: who watches a queue needs its size, not its exact size. */
export const MAX_COUNTED = 10_000

/** What the provider has not answered for. */
export const WAITING = 'delivered_at is null and rejected_at is null'

export interface UsageRow {
  id: string
  organization_id: string
  name: string
  metadata: UsageMetadata
  occurred_at: Date
  accepted_at: Date
  sent_at: Date | null
  delivered_at: Date | null
}

export const COLUMNS =
  'e.id, e.organization_id, e.name, e.metadata, e.occurred_at, e.accepted_at, e.delivered_at'

export async function insertUsage(
  db: Queryable,
  events: readonly OutgoingUsage[],
  acceptedAt: Date,
): Promise<void> {
  await db.query(
    `insert into polar_billing.usage_events (id, organization_id, name, metadata, occurred_at, accepted_at)
     select id, "organizationId", name, metadata, timestamp, $2::timestamptz
     from jsonb_to_recordset($1::jsonb)
       as event(id text, "organizationId" text, name text, metadata jsonb, timestamp timestamptz)
     order by id
     on conflict (id) do nothing`,
    [JSON.stringify(events), acceptedAt.toISOString()],
  )
}

/** Those of the ids that wait no more. One that is not found may belong to a transaction that has not ended. */
export async function findSettled(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id from polar_billing.usage_events where id = any($1::text[]) and not (${WAITING})`,
    [ids],
  )
  return rows.map(({ id }) => id)
}

export async function readRecent(
  db: Queryable,
  organizationId: string,
  since: Date,
  now: Date,
): Promise<AcceptedUsage[]> {
  const deliveredAfter = new Date(Math.max(since.getTime(), now.getTime() - REMEMBER_TIME))
  const rows = await db.query<UsageRow>(
    `select ${COLUMNS}, e.sent_at from polar_billing.usage_events e
     where organization_id = $1 and rejected_at is null and (delivered_at is null or delivered_at >= $2::timestamptz)
     limit ${MAX_RECENT}`,
    [organizationId, deliveredAfter.toISOString()],
  )
  return rows.map(toAccepted)
}

export async function countWaiting(db: Queryable): Promise<number> {
  const [row] = await db.query<{ waiting: number }>(
    `select count(*)::int as waiting from polar_billing.usage_events where ${WAITING}`,
  )
  return row?.waiting ?? 0
}

export async function readBacklog(db: Queryable): Promise<UsageBacklog> {
  const [row] = await db.query<{ waiting: number; oldest: Date | null; rejected: number }>(
    `select (select count(*) from (
         select 1 from polar_billing.usage_events where ${WAITING} limit ${MAX_COUNTED}
       ) waiting)::int as waiting,
       (select min(accepted_at) from polar_billing.usage_events where ${WAITING}) as oldest,
       (select count(*) from (
         select 1 from polar_billing.usage_events where rejected_at is not null limit ${MAX_COUNTED}
       ) rejected)::int as rejected`,
  )
  return {
    waiting: row?.waiting ?? 0,
    oldestUndeliveredAt: row?.oldest?.toISOString() ?? null,
    deadLettered: row?.rejected ?? 0,
  }
}

const REJECTED_KEPT = 7 * 24 * 3_600_000
const FORGET_AT_ONCE = 5_000

/** Deletes what no sum needs any more, in parts, so that nobody waits for its locks. */
export async function forgetOld(db: Queryable, now: Date): Promise<void> {
  const [deliveredBefore, rejectedBefore] = [REMEMBER_TIME, REJECTED_KEPT].map((time) =>
    new Date(now.getTime() - time).toISOString(),
  )
  let forgotten = FORGET_AT_ONCE
  while (forgotten === FORGET_AT_ONCE) {
    const rows = await db.query(
      `delete from polar_billing.usage_events where id in (
         select id from polar_billing.usage_events
         where delivered_at < $1::timestamptz or rejected_at < $2::timestamptz
         limit ${FORGET_AT_ONCE} for update skip locked
       ) returning 1`,
      [deliveredBefore, rejectedBefore],
    )
    forgotten = rows.length
  }
}

export function toAccepted(row: UsageRow): AcceptedUsage {
  return {
    event: {
      id: row.id,
      organizationId: row.organization_id,
      name: row.name,
      metadata: row.metadata,
      timestamp: row.occurred_at.toISOString(),
    },
    acceptedAt: row.accepted_at,
    sentAt: row.sent_at,
    deliveredAt: row.delivered_at,
  }
}
