import { defineCatalog } from 'polar-billing-kit/contract'
import type { EmulatorCatalog } from 'polar-billing-kit/emulator'

export const WEBHOOK_SECRET = 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK'

/** The header that says, in place of a session, which organization is asking. */
export const ORGANIZATION_HEADER = 'x-organization'

/** What the emulated Polar sells. */
export const polarCatalog = {
  meters: { requests: { name: 'Requests', event: 'request', sum: 'units' } },
  benefits: { requests: { type: 'meter_credit', meter: 'requests', units: 1_000, description: 'Requests' } },
  products: {
    pro: {
      name: 'Pro',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 2_900 },
        { type: 'metered', meter: 'requests', unitAmount: '0.01' },
      ],
      benefits: ['requests'],
    },
    trial: {
      name: 'Pro with trial',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 2_900 }],
      trial: { interval: 'day', count: 14 },
    },
    team: { name: 'Team', interval: 'month', prices: [{ type: 'fixed', amount: 9_900 }] },
  },
} as const satisfies EmulatorCatalog

export type ProductKey = keyof (typeof polarCatalog)['products']

/** Polar's product ids by the keys above. */
export type ProductIds = Readonly<Record<string, string>>

export const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: { free: { name: 'Free' }, pro: { name: 'Pro' }, team: { name: 'Team' } },
  meters: { requests: { name: 'Requests', unit: 'requests' } },
})

/** Which plan a product is, for the judge of the answers: written down apart from what the servers are told. */
export const PLAN_OF_PRODUCT: Readonly<Record<ProductKey, 'pro' | 'team'>> = {
  pro: 'pro',
  trial: 'pro',
  team: 'team',
}
