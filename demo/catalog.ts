import { defineCatalog } from 'polar-billing-kit'

/** What the demo sells, shared by its browser and its server. */
export const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', description: 'Try every voice.', limits: { characters: 1_000 } },
    pro: {
      name: 'Pro',
      description: 'For creators who publish every week.',
      included: { characters: { month: 10_000, year: 120_000 } },
      limits: { characters: { month: 100_000, year: 1_200_000 } },
      recommended: true,
    },
    team: { name: 'Team', description: 'For studios with several voices.', limits: { characters: null } },
    enterprise: {
      name: 'Enterprise',
      description: 'For everybody else.',
      contact: 'mailto:sales@example.com',
    },
  },
  meters: { characters: { name: 'Characters', unit: 'characters', field: 'totalRequests' } },
})
