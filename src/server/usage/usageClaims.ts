import type { Queryable } from '../database/database.js'
import type { AcceptedUsage } from './recentUsage.js'
import { COLUMNS, toAccepted, type UsageRow, WAITING } from './usageTable.js'

// What is compared with the provider's times is written by the app's clock. Leases and retries are the database's own time, the same
// for all processes.

const MAX_EVENTS = 1_000
/** Far below what a provider takes, so that a call also ends within its timeout. */
const MAX_BYTES = 1_000_000
/** Seconds after which somebody else sends what a process has claimed: more than any call takes. */
const LEASE = 60

/** Takes a batch that is due and not being sent by anybody, for one call to the provider. */
export function claimDue(db: Queryable, now: Date): Promise<AcceptedUsage[]> {
  return claim(
    db,
    `select * from polar_billing.usage_events where ${WAITING} and next_attempt_at <= now()
     order by next_attempt_at, accepted_at limit ${MAX_EVENTS} for update skip locked`,
    [now.toISOString()],
  )
}

/** Takes what of these waits, also while it is not due. If somebody else is sending it, it is sent twice and counted once. */
export function claimThese(db: Queryable, ids: readonly string[], now: Date): Promise<AcceptedUsage[]> {
  return claim(
    db,
    `select * from polar_billing.usage_events where id = any($2::text[]) and ${WAITING}
     order by id limit ${MAX_EVENTS} for update`,
    [now.toISOString(), ids],
  )
}

// `sent_at` is written before anything is sent: a process that dies in between leaves an event that may have arrived.
async function claim(db: Queryable, choice: string, params: readonly unknown[]): Promise<AcceptedUsage[]> {
  const rows = await db.query<UsageRow>(
    `with chosen as (${choice}),
     sized as (
       select id, sent_at, row_number() over line as place,
         sum(octet_length(metadata::text) + octet_length(name) + octet_length(organization_id) + 200) over line as bytes
       from chosen window line as (order by accepted_at, id)
     )
     update polar_billing.usage_events e
     set next_attempt_at = now() + interval '${LEASE} seconds', attempts = attempts + 1,
       sent_at = coalesce(e.sent_at, $1::timestamptz)
     from sized where e.id = sized.id and (sized.place = 1 or sized.bytes <= ${MAX_BYTES})
     returning ${COLUMNS}, sized.sent_at`,
    params,
  )
  return rows.map(toAccepted)
}

/** Milliseconds until the next event may be tried; `null`: none waits. */
export async function untilDue(db: Queryable): Promise<number | null> {
  const [row] = await db.query<{ delay: number | null }>(
    `select (extract(epoch from min(next_attempt_at) - now()) * 1000)::float8 as delay
     from polar_billing.usage_events where ${WAITING}`,
  )
  return row?.delay ?? null
}

/** Lets go of what was claimed and did not arrive, until it may be tried again. */
export async function release(
  db: Queryable,
  claimed: readonly AcceptedUsage[],
  delay: number,
): Promise<void> {
  await db.query(
    `update polar_billing.usage_events e
     set next_attempt_at = now() + $3 * interval '1 millisecond', sent_at = tried.sent_at
     from unnest($1::text[], $2::timestamptz[]) as tried(id, sent_at)
     where e.id = tried.id and e.id in (${locked('$1')}) and ${WAITING}`,
    [
      claimed.map(({ event }) => event.id),
      claimed.map(({ sentAt }) => sentAt?.toISOString() ?? null),
      Math.round(delay),
    ],
  )
}

// In one order, so that two statements on the same rows never wait for each other.
export const locked = (ids: string): string =>
  `select id from polar_billing.usage_events where id = any(${ids}::text[]) order by id for update`
