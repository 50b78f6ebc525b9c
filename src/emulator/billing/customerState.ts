import type { models } from '@polar-sh/sdk/2026-10'
import { required } from '../core/database.js'
import type { World } from '../core/world.js'
import { toCustomer } from '../serialize/customer.js'
import { toStateGrant } from '../serialize/grant.js'
import { toStateMeter } from '../serialize/meter.js'
import { toStateSubscription } from '../serialize/subscription.js'
import { isActive } from './statuses.js'

/** Everything a customer has. Past due and paused subscriptions are missing, as in Polar. */
export function customerState(world: World, customerId: string): models.CustomerState {
  const { db } = world
  const customer = toCustomer(required(db.customers, customerId))
  return {
    ...customer,
    active_subscriptions: db.subscriptions
      .of(customerId)
      .filter((row) => isActive(row.status))
      .map(toStateSubscription),
    granted_benefits: db.grants
      .of(customerId)
      .filter((row) => row.is_granted)
      .map((row) => toStateGrant(row, db)),
    active_meters: db.customerMeters.of(customerId).map(toStateMeter),
  }
}
