import type { Queryable } from '../database/database.js'
import type { Webhook } from '../provider.js'
import type { HandledWebhook } from './callHandler.js'

/** What is done about a webhook: `refresh` reads its organization again, `hook` is the app's. */
export type Todo = 'refresh' | 'hook'

const DONE = (todo: Todo): string =>
  `awaits = array_remove(awaits, '${todo}'),
   processed_at = case when array_remove(awaits, '${todo}') = '{}' then coalesce(processed_at, now()) end`

/** `false`: it is here already. */
export async function insertWebhook(
  db: Queryable,
  webhook: Webhook,
  awaits: readonly Todo[],
): Promise<boolean> {
  const { id, type, organizationId, occurredAt, subject, data } = webhook
  const rows = await db.query(
    `insert into polar_billing.webhooks
       (webhook_id, type, organization_id, occurred_at, subject, changed_at, payload, awaits, processed_at)
     values ($1, $2, $3, $4::timestamptz, $5, $6::timestamptz, $7::jsonb, $8::text[],
       case when $8::text[] = '{}' then now() end)
     on conflict (webhook_id) do nothing
     returning 1`,
    [
      id,
      type,
      organizationId,
      occurredAt,
      subject?.id ?? null,
      subject?.changedAt ?? null,
      JSON.stringify(data),
      awaits,
    ],
  )
  return rows.length > 0
}

/**
 * Makes all that is known of its organization old, and notes from which epoch on a reading was asked for after it. In one order, so that no
 * two webhooks wait for each other.
 */
export async function beginEpoch(db: Queryable, id: string, organizationId: string): Promise<void> {
  await db.query(
    `with known as (
       select kind, key from polar_billing.snapshots where key = $2 order by kind for update
     ), begun as (
       update polar_billing.snapshots s set epoch = epoch + 1 from known
       where s.kind = known.kind and s.key = known.key
       returning s.kind, s.epoch
     )
     update polar_billing.webhooks set epoch = begun.epoch from begun
     where webhook_id = $1 and begun.kind = 'customer'`,
    [id, organizationId],
  )
}

/** The webhooks for which the organization has still to be read. */
export async function findUnread(db: Queryable, organizationId: string): Promise<string[]> {
  const rows = await db.query<{ webhook_id: string }>(
    `select webhook_id from polar_billing.webhooks
     where organization_id = $1 and processed_at is null and 'refresh' = any(awaits)`,
    [organizationId],
  )
  return rows.map(({ webhook_id }) => webhook_id)
}

/** Several processes may have read the organization: they settle its webhooks in the same order, so that none waits for another. */
export async function settleRead(db: Queryable, ids: readonly string[]): Promise<void> {
  await db.query(
    `update polar_billing.webhooks set ${DONE('refresh')}
     where webhook_id in (
       select webhook_id from polar_billing.webhooks where webhook_id = any($1::text[]) and 'refresh' = any(awaits)
       order by webhook_id for update
     )`,
    [ids],
  )
}

/** `undefined`: the hook has done it, or it was forgotten. */
export async function findUnhandled(db: Queryable, id: string): Promise<HandledWebhook | undefined> {
  const [row] = await db.query<{
    type: string
    organization_id: string | null
    occurred_at: Date
    payload: unknown
  }>(
    `select type, organization_id, occurred_at, payload from polar_billing.webhooks
     where webhook_id = $1 and processed_at is null and 'hook' = any(awaits)`,
    [id],
  )
  return (
    row && {
      id,
      type: row.type,
      organizationId: row.organization_id,
      occurredAt: new Date(row.occurred_at).toISOString(),
      data: row.payload,
    }
  )
}

export async function settleHandled(db: Queryable, id: string, attempts: number): Promise<void> {
  await db.query(
    `update polar_billing.webhooks set ${DONE('hook')}, attempts = $2, error = null where webhook_id = $1`,
    [id, attempts],
  )
}

export async function noteFailure(db: Queryable, id: string, attempts: number, error: string): Promise<void> {
  await db.query(`update polar_billing.webhooks set attempts = $2, error = $3 where webhook_id = $1`, [
    id,
    attempts,
    error,
  ])
}

export interface DeadWebhook {
  type: string
  organizationId: string | null
  attempts: number
  error: string
}

/** Its hook will not be asked again. The error stays; who never came to an end has noted none. */
export async function giveUp(db: Queryable, id: string): Promise<DeadWebhook | undefined> {
  const [row] = await db.query<DeadWebhook>(
    `update polar_billing.webhooks set ${DONE('hook')}, error = coalesce(error, 'it did not end in time')
     where webhook_id = $1 and 'hook' = any(awaits)
     returning type, organization_id as "organizationId", attempts, error`,
    [id],
  )
  return row
}

const FORGET_AT_ONCE = 5_000

/** Deletes a part of what was settled long ago, so that nobody waits for its locks. `true`: that was all. */
export async function forgetSome(db: Queryable): Promise<boolean> {
  const rows = await db.query(
    `delete from polar_billing.webhooks where webhook_id in (
       select webhook_id from polar_billing.webhooks
       where received_at < now() - interval '90 days' and processed_at is not null
       limit ${FORGET_AT_ONCE} for update skip locked
     ) returning 1`,
  )
  return rows.length < FORGET_AT_ONCE
}

export async function countUnprocessed(db: Queryable): Promise<number> {
  const [row] = await db.query<{ unprocessed: number }>(
    `select count(*)::int as unprocessed from polar_billing.webhooks where processed_at is null`,
  )
  return row?.unprocessed ?? 0
}
