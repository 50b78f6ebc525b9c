import { Hono } from 'hono'
import type { World } from '../core/world.js'
import { mountBenefitGrants } from './benefitGrants.js'
import { mountCheckouts } from './checkouts.js'
import { mountCustomerMeters } from './customerMeters.js'
import { mountCustomerSessions } from './customerSessions.js'
import { mountCustomerSeats } from './customerSeats.js'
import { mountCustomers } from './customers.js'
import { mountEvents } from './events.js'
import { faulty } from './faults.js'
import { mountMembers } from './members.js'
import { mountMeters } from './meters.js'
import {
  authenticated,
  existing,
  knownVersion,
  limitedBody,
  polarHeaders,
  rateLimited,
} from './middleware.js'
import { mountNotEmulated } from './notEmulated.js'
import { mountOrders } from './orders.js'
import { mountProducts } from './products.js'
import { mountSubscriptions } from './subscriptions.js'
import { mountWebhooks } from './webhooks.js'

const RESOURCES = [
  mountBenefitGrants,
  mountCheckouts,
  mountCustomerMeters,
  mountCustomerSeats,
  mountCustomerSessions,
  mountCustomers,
  mountEvents,
  mountMembers,
  mountMeters,
  mountOrders,
  mountProducts,
  mountSubscriptions,
  mountWebhooks,
]

/** Polar's API, to be mounted under `/v1`. */
export function createApi(world: World): Hono {
  const api = new Hono()
  api.use(polarHeaders(world), rateLimited(world), faulty(world, 'api'), knownVersion, existing(world, api))
  // Before a token is asked for: parts of it take other tokens, or none.
  mountNotEmulated(api, world)
  api.use(authenticated, limitedBody)
  for (const mount of RESOURCES) mount(api, world)
  return api
}
