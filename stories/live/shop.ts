import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'

/** What the emulated Polar sells in the stories: the plans of `scenarioCatalog`. */
export const shop = {
  ...sampleCatalog,
  products: {
    pro: { ...sampleCatalog.products.pro, trial: { interval: 'day', count: 14 } },
    proYearly: sampleCatalog.products.proYearly,
    team: {
      name: 'Team',
      description: 'For studios with several voices.',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_200, minimumSeats: 2 }],
      benefits: ['characters', 'api'],
    },
  },
} as const satisfies EmulatorCatalog
