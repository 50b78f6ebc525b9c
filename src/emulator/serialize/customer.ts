import type { models } from '@polar-sh/sdk/2026-10'
import type { CustomerRow } from '../core/rows.js'

export function toCustomer(row: CustomerRow): models.Customer {
  const { card: _card, ownerId: _ownerId, type, email, ...fields } = row
  const shared = { ...fields, billing_name: row.billing_name ?? row.name }
  return type === 'team'
    ? { ...shared, type, email }
    : // Only a team may lack an e-mail.
      { ...shared, type, email: email ?? '' }
}

/** The member that owns the customer: Polar creates it together with the customer. */
export function toOwner(row: CustomerRow): models.Member {
  return {
    created_at: row.created_at,
    modified_at: null,
    id: row.ownerId,
    customer_id: row.id,
    email: row.email ?? '',
    name: row.name,
    external_id: null,
    role: 'owner',
  }
}
