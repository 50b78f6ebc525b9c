import { newId, newToken } from '../core/ids.js'
import type { CustomerRow, SessionRow } from '../core/rows.js'
import { HOUR, at, iso } from '../core/time.js'
import { type World, publicUrl, timestamp } from '../core/world.js'

const LIFETIME = HOUR

/** Opens the portal for a customer, or for one of its members. The token is a credential: whoever has it can act for the customer. */
export function createSession(
  world: World,
  customer: CustomerRow,
  returnUrl: string | null,
  memberId: string | null = null,
): SessionRow {
  const row: SessionRow = {
    id: newId(),
    created_at: timestamp(world),
    token: newToken('polar_mst_'),
    expires_at: iso(world.clock.now() + LIFETIME),
    return_url: returnUrl,
    customer_id: customer.id,
    memberId,
  }
  world.db.sessions.set(row.token, row)
  return row
}

/** The session of a token, unless it has expired or its customer is gone. */
export function validSession(world: World, token: string | undefined): SessionRow | undefined {
  const row = token === undefined ? undefined : world.db.sessions.get(token)
  if (row === undefined || at(row.expires_at) <= world.clock.now()) return undefined
  const customer = world.db.customers.get(row.customer_id)
  return customer === undefined || customer.deleted_at !== null ? undefined : row
}

export function portalUrl(world: World, token: string, email: string | null): string {
  const query = new URLSearchParams({ customer_session_token: token })
  if (email !== null) query.set('email', email)
  return `${publicUrl(world)}/${world.organization.slug}/portal?${query.toString()}`
}
