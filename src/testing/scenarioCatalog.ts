import { defineCatalog } from '../contract/catalog.js'
import type { Plans } from '../contract/plans.js'

/** The catalog that the scenarios speak of: a small text-to-speech business. */
export const scenarioCatalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', limits: { characters: 1_000 } },
    pro: {
      name: 'Pro',
      included: { characters: 10_000 },
      limits: { characters: 100_000 },
      recommended: true,
    },
    enterprise: { name: 'Enterprise', contact: 'mailto:sales@example.com' },
  },
  meters: { characters: { name: 'Characters', unit: 'characters' } },
})

/** Its price list. */
export const scenarioPlans: Plans = {
  plans: [
    {
      planType: 'free',
      name: 'Free',
      description: null,
      features: [],
      limits: { characters: 1_000 },
      included: {},
      recommended: false,
      contact: null,
      forSale: false,
      prices: [],
    },
    {
      planType: 'pro',
      name: 'Pro',
      description: null,
      features: [],
      limits: { characters: 100_000 },
      included: { characters: 10_000 },
      recommended: true,
      contact: null,
      forSale: true,
      prices: [
        {
          id: 'price_pro',
          amount: 2_900,
          currency: 'USD',
          type: 'recurring',
          recurringInterval: 'month',
          interval: 'month',
        },
      ],
    },
    {
      planType: 'enterprise',
      name: 'Enterprise',
      description: null,
      features: [],
      limits: {},
      included: {},
      recommended: false,
      contact: 'mailto:sales@example.com',
      forSale: false,
      prices: [],
    },
  ],
}
