import { newId } from '../core/ids.js'
import type { Database } from '../core/database.js'
import type { CustomerRow, MemberRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { toOwner } from '../serialize/customer.js'

/** Everybody who belongs to a customer, the owner first. */
export function membersOf(db: Database, customer: CustomerRow): MemberRow[] {
  return [toOwner(customer), ...db.members.of(customer.id)]
}

/** Whoever has the e-mail is taken: who is invited again is the same member. */
export function memberWithEmail(
  world: World,
  customer: CustomerRow,
  email: string,
  externalId: string | null,
): MemberRow {
  const known = membersOf(world.db, customer).find(
    (member) => member.email.toLowerCase() === email.toLowerCase(),
  )
  return known ?? createMember(world, customer, email, externalId)
}

function createMember(
  world: World,
  customer: CustomerRow,
  email: string,
  externalId: string | null,
): MemberRow {
  const member: MemberRow = {
    id: newId(),
    created_at: timestamp(world),
    modified_at: null,
    customer_id: customer.id,
    email,
    name: null,
    external_id: externalId,
    role: 'member',
  }
  world.db.members.set(member.id, member)
  return member
}
