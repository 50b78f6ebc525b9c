import type { Changed } from '../../contract/index.js'
import type { Queryable } from '../database/database.js'
import type { Revisions } from './revisions.js'

export const CHANNEL = 'polar_billing_changes'

interface Row extends Revisions {
  organization_id: string
}

/** Counts a change of each organization, and tells whoever listens when that is committed. */
export async function insertChanges(
  db: Queryable,
  organizationIds: readonly string[],
  changed: Changed,
): Promise<void> {
  const column = `${changed}_revision`
  // In order, so that two processes never wait for each other's rows.
  await db.query(
    `with changed as (
       insert into polar_billing.changes as own (organization_id, ${column})
       select id, 1 from unnest($1::text[]) as id order by id
       on conflict (organization_id) do update set ${column} = own.${column} + 1
       returning own.organization_id, own.status_revision, own.usage_revision
     )
     select pg_notify('${CHANNEL}', json_build_array(organization_id, status_revision, usage_revision)::text) from changed`,
    [organizationIds],
  )
}

/** What was told, as `insertChanges` wrote it; `null`: somebody else wrote it. */
export function parseChange(payload: string): [organizationId: string, revisions: Revisions] | null {
  try {
    const [organizationId, status, usage] = JSON.parse(payload) as [string, number, number]
    return [organizationId, { status, usage }]
  } catch {
    return null
  }
}

/** An organization without a row has never changed. */
export async function findRevisions(
  db: Queryable,
  organizationIds: readonly string[],
): Promise<Map<string, Revisions>> {
  const rows = await db.query<Row>(
    `select organization_id, status_revision::float8 as status, usage_revision::float8 as usage
     from polar_billing.changes where organization_id = any($1::text[])`,
    [organizationIds],
  )
  return new Map(rows.map(({ organization_id, status, usage }) => [organization_id, { status, usage }]))
}
