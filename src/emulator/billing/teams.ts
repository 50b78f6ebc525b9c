import type { CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { updateCustomer } from './customers.js'

/** Whoever buys seats is a team from then on, which has members. */
export function becomeTeam(world: World, customer: CustomerRow): void {
  if (customer.type !== 'team') updateCustomer(world, customer, { type: 'team' })
}
