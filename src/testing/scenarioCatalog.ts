import { allowancesIn } from '../contract/allowances.js'
import { type CatalogPlan, defineCatalog } from '../contract/catalog.js'
import type { Plan, PlanPrice, Plans, Trial } from '../contract/plans.js'

/** The catalog that the scenarios speak of: a small text-to-speech business. */
export const scenarioCatalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', description: 'For trying it out.', limits: { characters: 1_000 } },
    pro: {
      name: 'Pro',
      description: 'For creators who publish every week.',
      included: { characters: { month: 10_000, year: 120_000 } },
      limits: { characters: { month: 100_000, year: 1_200_000 } },
      features: ['api'],
      recommended: true,
    },
    team: {
      name: 'Team',
      description: 'For studios with several voices.',
      included: { characters: 10_000 },
      limits: { characters: null },
      features: ['api', 'voices'],
    },
    enterprise: {
      name: 'Enterprise',
      description: 'For everybody else.',
      limits: { characters: null },
      features: ['api', 'voices', 'support'],
      contact: 'mailto:sales@example.com',
    },
  },
  meters: { characters: { name: 'Characters', unit: 'characters' } },
  features: {
    api: { name: 'API access' },
    voices: { name: 'Custom voices' },
    support: { name: 'Priority support' },
  },
})

const fixed = (id: string, amount: number, interval: 'month' | 'year'): PlanPrice => ({
  id,
  amount,
  currency: 'USD',
  type: 'recurring',
  recurringInterval: interval,
  interval,
})

const PRICES: Record<string, PlanPrice[]> = {
  pro: [
    fixed('price_pro', 2_900, 'month'),
    {
      id: 'price_pro_characters',
      amount: null,
      currency: 'USD',
      type: 'metered',
      recurringInterval: 'month',
      interval: 'month',
      unitAmount: '0.03',
      meter: 'characters',
    },
    fixed('price_pro_year', 29_000, 'year'),
  ],
  team: [
    {
      id: 'price_team',
      amount: null,
      currency: 'USD',
      type: 'seat',
      recurringInterval: 'month',
      interval: 'month',
      unitAmount: '1200',
      minimumSeats: 2,
      unitAmountUpTo: null,
    },
  ],
}

/** By the month and by the year. */
const TRIAL: Trial = { interval: 'day', count: 14 }

/** Its price list. */
export const scenarioPlans: Plans = {
  plans: Object.entries<CatalogPlan>(scenarioCatalog.plans).map(([planType, plan]): Plan => {
    const { name, description = null, features = [], recommended = false, contact = null } = plan
    return {
      planType,
      name,
      description,
      features: [...features],
      ...allowancesIn(plan, 'month'),
      ...(planType === 'pro' && { yearly: { ...allowancesIn(plan, 'year'), trial: TRIAL } }),
      recommended,
      contact,
      forSale: planType in PRICES,
      trial: planType === 'pro' ? TRIAL : null,
      prices: PRICES[planType] ?? [],
    }
  }),
}
