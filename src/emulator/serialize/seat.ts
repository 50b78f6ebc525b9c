import type { models } from '@polar-sh/sdk/2026-10'
import { type Database, required } from '../core/database.js'
import type { MemberRow, SeatRow } from '../core/rows.js'
import { toOwner } from './customer.js'

export function toSeat(row: SeatRow, db: Database): models.CustomerSeat {
  const { invitationToken: _token, invitedAt: _invitedAt, ...fields } = row
  return { ...fields, member: memberOf(row, db), customer_email: row.email }
}

/** Who a seat or a grant is for; `null`: nobody in particular. */
export function memberOf(
  { customer_id: customerId, member_id: memberId }: Pick<SeatRow, 'customer_id' | 'member_id'>,
  db: Database,
): MemberRow | null {
  if (customerId === null || memberId === null) return null
  return db.members.get(memberId) ?? toOwner(required(db.customers, customerId))
}
