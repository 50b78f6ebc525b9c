import type { PolarEmulator } from 'polar-billing-kit/emulator'
import { createCustomers } from './customers.js'
import type { Polar } from './polar.js'
import type { Random } from './random.js'
import type { ProductKey } from './shop.js'

/** Something that can happen to an organization at Polar. */
export interface Action {
  name: string
  run(): Promise<void> | void
}

type Subscription = ReturnType<PolarEmulator['controls']['listSubscriptions']>[number]

/** Gives what may happen to an organization that stands as it does. */
export function createActions(polar: Polar, random: Random): (organizationId: string) => Action[] {
  const { controls } = polar.emulator
  const customers = createCustomers(polar)

  function buy(organizationId: string): void {
    const product: ProductKey = random.pick(['pro', 'trial', 'team'])
    controls.purchase({ external_customer_id: organizationId, product_id: polar.products[product] ?? '' })
  }

  /** The card is charged, or not, by what the clock does when a period ends. */
  function endPeriod(organizationId: string, id: string, declines: boolean): void {
    controls.setCard({ external_customer_id: organizationId, declines })
    customers.endPeriod(id)
  }

  async function pause(id: string): Promise<void> {
    await customers.update(id, { pause_at_period_end: true })
    customers.endPeriod(id)
  }

  function change({ id, product_id }: Subscription): Promise<void> {
    const other = product_id === polar.products['team'] ? 'pro' : 'team'
    return customers.update(id, { product_id: polar.products[other], proration_behavior: 'prorate' })
  }

  return (organizationId) => {
    const subscription = controls
      .listSubscriptions({ external_customer_id: organizationId })
      .findLast(({ status }) => status !== 'canceled')
    if (subscription === undefined) return [{ name: 'purchase', run: () => buy(organizationId) }]
    const { id, status, cancel_at_period_end } = subscription
    const page = `/subscriptions/${id}`
    const renewal: Action = { name: 'renewal', run: () => endPeriod(organizationId, id, false) }
    const revoke: Action = { name: 'revoke', run: () => customers.revoke(id) }
    const cancel: Action = { name: 'cancel', run: () => customers.portal(organizationId, `${page}/cancel`) }
    const recovery: Action = { name: 'recovery', run: () => customers.portal(organizationId, '/card') }
    if (status === 'past_due') return [recovery, recovery, revoke]
    if (status === 'paused')
      return [{ name: 'resume', run: () => customers.update(id, { resume: true }) }, revoke]
    if (cancel_at_period_end) {
      const uncancel = () => customers.portal(organizationId, `${page}/resume`)
      return [
        { name: 'uncancel', run: uncancel },
        { ...renewal, name: 'end of canceled' },
      ]
    }
    if (status === 'trialing')
      return [cancel, revoke, { name: 'end of trial', run: () => customers.update(id, { trial_end: 'now' }) }]
    return [
      cancel,
      revoke,
      renewal,
      { name: 'payment failed', run: () => endPeriod(organizationId, id, true) },
      { name: 'plan change', run: () => change(subscription) },
      { name: 'pause', run: () => pause(id) },
    ]
  }
}
