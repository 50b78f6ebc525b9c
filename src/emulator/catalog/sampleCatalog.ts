import type { EmulatorCatalog } from './types.js'

/**
 * A small text-to-speech business: Free, Pro (29 USD a month or 290 a year, 10,000 characters included, then
 * 0.03 cents each), Team (12 USD a seat, from 11 seats on 10 USD each) and Enterprise, with the meter
 * "Characters". Ids never change, so that a demo can name `sampleCatalog.products.pro.id`.
 */
export const sampleCatalog = {
  organization: { name: 'Acme Voices', slug: 'acme' },
  meters: {
    characters: {
      id: '2f6a4c1e-8d53-4b7a-9e10-5c3d7a9b1f04',
      name: 'Characters',
      event: 'tts_generation',
      sum: 'characters',
    },
  },
  benefits: {
    characters: {
      id: '7b1d9e52-3c48-4f6a-8a27-0d5e6f7c8b91',
      type: 'meter_credit',
      meter: 'characters',
      units: 10_000,
      description: '10,000 characters a month',
    },
    api: {
      id: 'c4e8f203-6a1b-4d97-b5c2-3e9f8a7d6054',
      type: 'feature_flag',
      description: 'API access',
      metadata: { feature: 'api' },
    },
    support: {
      id: 'e93a5b7c-1f24-4086-9d3b-7a6c5e4f8d12',
      type: 'feature_flag',
      description: 'Priority support',
      metadata: { feature: 'support' },
    },
    yearlyCharacters: {
      id: '58c0d7f1-94b6-4e3a-a1d8-2b7f6e5c4a39',
      type: 'meter_credit',
      meter: 'characters',
      units: 120_000,
      description: '120,000 characters a year',
    },
  },
  products: {
    free: {
      id: '1a7c3e50-2b94-4d68-8f01-6e5d4c3b2a19',
      name: 'Free',
      description: 'Try every voice.',
      interval: 'month',
      prices: [{ type: 'fixed', amount: 0 }],
    },
    pro: {
      id: '9d2f6b84-5e17-4c3a-b0d9-8a7f6e5d4c3b',
      name: 'Pro',
      description: 'For creators who publish every week.',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 2_900 },
        { type: 'metered', meter: 'characters', unitAmount: '0.03' },
      ],
      benefits: ['characters', 'api'],
      metadata: { plan: 'pro' },
    },
    proYearly: {
      id: '3e8b5d71-0c46-4fa2-9b8e-1d2c3f4a5b6c',
      name: 'Pro (yearly)',
      description: 'Twelve months for the price of ten.',
      interval: 'year',
      prices: [
        { type: 'fixed', amount: 29_000 },
        { type: 'metered', meter: 'characters', unitAmount: '0.03' },
      ],
      benefits: ['yearlyCharacters', 'api'],
      metadata: { plan: 'pro' },
    },
    team: {
      id: 'b7e2d9c4-1a58-4f36-9c07-2e8d5b6a4f13',
      name: 'Team',
      description: 'For studios with several voices, by the seat.',
      interval: 'month',
      prices: [{ type: 'seat', amount: 1_200, minimumSeats: 2, tiers: [{ from: 11, amount: 1_000 }] }],
      benefits: ['api'],
      metadata: { plan: 'team' },
    },
    enterprise: {
      id: '6c4a9f32-7d81-4b5e-8c60-4f3e2d1c0b9a',
      name: 'Enterprise',
      description: 'For studios with their own voices.',
      interval: 'month',
      prices: [
        { type: 'fixed', amount: 49_900 },
        { type: 'metered', meter: 'characters', unitAmount: '0.01' },
      ],
      benefits: ['characters', 'api', 'support'],
      metadata: { plan: 'enterprise' },
    },
  },
} as const satisfies EmulatorCatalog
