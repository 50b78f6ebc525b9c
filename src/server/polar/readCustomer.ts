import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { getStateExternalCustomers } from '@polar-sh/sdk/2026-10/services/customers'
import { iterListSubscriptions } from '@polar-sh/sdk/2026-10/services/subscriptions'
import type { CustomerReading, ProviderSubscription } from '../provider.js'
import { callPolar, findInPolar } from './callPolar.js'
import { expectString } from './expect.js'
import { iso, toSubscription } from './mapping.js'

/**
 * One refresh: customer state and all subscriptions. The state comes from a cache and hides past due, paused and canceled
 * subscriptions; the list reads Polar's database. So the list wins for subscriptions, the state gives customer and counters.
 */
export async function readCustomer(core: PolarCore, organizationId: string): Promise<CustomerReading> {
  const [customer, subscriptions] = await Promise.all([
    findInPolar('Reading the customer', async () =>
      toCustomer(await getStateExternalCustomers(core)(organizationId)),
    ),
    callPolar('Reading the subscriptions', () => readSubscriptions(core, organizationId)),
  ])
  return { ...(customer ?? { customerId: null, counters: [] }), subscriptions }
}

function toCustomer({ id, active_meters }: models.CustomerState): Omit<CustomerReading, 'subscriptions'> {
  return {
    customerId: expectString(id),
    counters: active_meters.map((meter) => ({
      meterId: meter.meter_id,
      used: meter.consumed_units,
      credited: meter.credited_units,
      countedAt: iso(meter.modified_at ?? meter.created_at),
    })),
  }
}

async function readSubscriptions(core: PolarCore, organizationId: string): Promise<ProviderSubscription[]> {
  const subscriptions: ProviderSubscription[] = []
  for await (const subscription of iterListSubscriptions(core)({
    external_customer_id: organizationId,
    limit: 100,
  })) {
    subscriptions.push(toSubscription(subscription))
  }
  return subscriptions
}
