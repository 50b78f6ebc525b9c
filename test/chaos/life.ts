import { createCustomers } from './customers.js'
import type { History } from './history.js'
import type { Polar } from './polar.js'
import type { Random } from './random.js'
import type { ProductKey } from './shop.js'
import { createTally, type Tally } from './tally.js'
import { type Activity, repeat } from './wait.js'

/** What happens to the subscriptions of organizations: at random, and only what is possible at the time. */
export interface Life extends Activity {
  /** What has happened, by name. */
  readonly happened: Tally
}

interface LifeOptions {
  polar: Polar
  history: History
  organizations: readonly string[]
  random: Random
  perSecond: number
}

type Action = readonly [name: string, run: () => Promise<void> | void]

export function startLife({ polar, history, organizations, random, perSecond }: LifeOptions): Life {
  const { controls } = polar.emulator
  const customers = createCustomers(polar)
  const happened = createTally()

  const buy = (organizationId: string, product: ProductKey): void => {
    controls.purchase({ external_customer_id: organizationId, product_id: polar.products[product] ?? '' })
  }
  const setCard = (organizationId: string, declines: boolean): void => {
    controls.setCard({ external_customer_id: organizationId, declines })
  }

  function actionsOf(organizationId: string): Action[] {
    const subscription = controls
      .listSubscriptions({ external_customer_id: organizationId })
      .findLast(({ status }) => status !== 'canceled')
    const purchase: Action = ['purchase', () => buy(organizationId, random.pick(['pro', 'trial', 'team']))]
    if (subscription === undefined) return [purchase]
    const { id, status, cancel_at_period_end, product_id } = subscription
    const revoke: Action = ['revoke', () => customers.revoke(id)]
    const pay: Action = ['recovery', () => customers.portal(organizationId, '/card')]
    if (status === 'past_due') return [pay, pay, revoke]
    if (status === 'paused') return [['resume', () => customers.update(id, { resume: true })]]
    const end = (): void => {
      setCard(organizationId, false)
      customers.endPeriod(id)
    }
    if (cancel_at_period_end) {
      return [
        ['uncancel', () => customers.portal(organizationId, `/subscriptions/${id}/resume`)],
        ['end of canceled', end],
      ]
    }
    const other = product_id === polar.products['team'] ? 'pro' : 'team'
    const actions: Action[] = [
      ['cancel', () => customers.portal(organizationId, `/subscriptions/${id}/cancel`)],
      revoke,
    ]
    if (status === 'trialing')
      return [...actions, ['end of trial', () => customers.update(id, { trial_end: 'now' })]]
    return [
      ...actions,
      ['renewal', end],
      [
        'payment failed',
        () => {
          setCard(organizationId, true)
          customers.endPeriod(id)
        },
      ],
      [
        'plan change',
        () => customers.update(id, { product_id: polar.products[other], proration_behavior: 'prorate' }),
      ],
      [
        'pause',
        async () => {
          await customers.update(id, { pause_at_period_end: true })
          customers.endPeriod(id)
        },
      ],
    ]
  }

  async function step(): Promise<void> {
    const [name, run] = random.pick(actionsOf(random.pick(organizations)))
    try {
      await run()
      happened.add(name)
    } catch (error) {
      // Polar's own limit concerns everybody.
      if (!String(error).includes(' 429')) throw error
      happened.add('refused (429)')
    }
    history.look()
  }

  return { ...repeat(() => random.between(0, 2_000 / perSecond), step), happened }
}
