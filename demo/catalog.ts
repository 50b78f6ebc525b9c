import { defineCatalog } from 'polar-billing-kit'

/** What the demo sells, shared by its browser and its server. */
export const catalog = defineCatalog({
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
    team: { name: 'Team', limits: { characters: null } },
    enterprise: { name: 'Enterprise', contact: 'mailto:sales@example.com' },
  },
  meters: { characters: { name: 'Characters', unit: 'characters', field: 'totalRequests' } },
})
