import type { PolarEmulator } from 'polar-billing-kit/emulator'

export const ORGANIZATION = 'acme'

/** What happened at Polar before a story begins. */
export interface Situation {
  /** How many days ago the emulated Polar starts: everything that happens brings it to now. */
  daysAgo: number
  happen: (polar: Polar) => Promise<void> | void
  /** What happens once the server has read it. */
  after?: ((polar: Polar) => Promise<void>) | undefined
}

/** The emulated Polar, in the words of the situations. */
interface Polar {
  buy: (product: 'pro' | 'team', options?: { trial?: boolean; seats?: number }) => string
  spend: (characters: readonly number[]) => Promise<void>
  days: (days: number) => Promise<void>
  emulator: PolarEmulator
}

const DAILY = [420, 380, 0, 910, 640, 520, 0, 120, 760, 830]

/** The situations of the toolbar, by their names there. */
export const situations = {
  free: { daysAgo: 10, happen: ({ spend }) => spend(DAILY.map((characters) => Math.round(characters / 12))) },
  trial: {
    daysAgo: 12,
    happen: async ({ buy, spend, days }) => {
      buy('pro', { trial: true })
      await spend(DAILY)
      await days(2)
    },
  },
  active: {
    daysAgo: 10,
    happen: async ({ buy, spend }) => {
      buy('pro')
      await spend(DAILY)
    },
  },
  team: {
    daysAgo: 10,
    happen: async ({ buy, spend, emulator }) => {
      const id = buy('team', { seats: 5 })
      const give = (email: string, more = {}) =>
        send(emulator, 'POST', '/v1/customer-seats', { subscription_id: id, email, ...more })
      await give('ada@acme.example', { immediate_claim: true })
      await give('eds@acme.example', { immediate_claim: true })
      await spend(DAILY.map((characters) => characters * 5))
      await give('grace@acme.example')
    },
  },
  canceling: {
    daysAgo: 10,
    happen: async ({ buy, spend, emulator }) => {
      const id = buy('pro')
      await spend(DAILY)
      await patch(emulator, id, { cancel_at_period_end: true })
    },
  },
  'past due': {
    daysAgo: 33,
    happen: async ({ buy, days, emulator }) => {
      buy('pro')
      emulator.controls.setCard({ external_customer_id: ORGANIZATION, declines: true })
      await days(33)
    },
  },
  paused: {
    daysAgo: 33,
    happen: async ({ buy, days, emulator }) => {
      await patch(emulator, buy('pro'), { pause_at_period_end: true })
      await days(33)
    },
  },
  canceled: {
    daysAgo: 33,
    happen: async ({ buy, days, emulator }) => {
      await patch(emulator, buy('pro'), { cancel_at_period_end: true })
      await days(33)
    },
  },
  'over limit': { daysAgo: 10, happen: ({ spend }) => spend(DAILY.map((characters) => characters / 4)) },
  stale: {
    daysAgo: 10,
    happen: async ({ buy, spend }) => {
      buy('pro')
      await spend(DAILY)
    },
    // Old enough to be asked again, which fails.
    after: async ({ emulator }) => {
      emulator.controls.takeDown()
      await emulator.controls.advanceClock({ minutes: 10 })
    },
  },
  'Polar down': { daysAgo: 0, happen: ({ emulator }) => void emulator.controls.takeDown() },
  slow: {
    daysAgo: 10,
    happen: async ({ buy, spend, emulator }) => {
      buy('pro')
      await spend(DAILY)
      emulator.controls.addFault({ latencyMs: 3_000 })
    },
  },
} as const satisfies Record<string, Situation>

export type SituationName = keyof typeof situations

/** Speaks to the emulator as its situations do. */
export function polarFor(emulator: PolarEmulator): Polar {
  const days = async (count: number): Promise<void> => {
    await emulator.controls.advanceClock({ days: count })
  }
  return {
    emulator,
    days,
    buy: (product, options = {}) =>
      emulator.controls.purchase({
        external_customer_id: ORGANIZATION,
        product_id: emulator.controls.catalog().products[product] ?? '',
        trial: false,
        ...options,
      }).subscription_id ?? '',
    spend: async (characters) => {
      for (const count of characters) {
        await ingest(emulator, count)
        await days(1)
      }
    },
  }
}

const ingest = (emulator: PolarEmulator, characters: number): Promise<Response> =>
  send(emulator, 'POST', '/v1/events/ingest', {
    events: [{ name: 'tts_generation', external_customer_id: ORGANIZATION, metadata: { characters } }],
  })

const patch = (emulator: PolarEmulator, id: string, change: object): Promise<Response> =>
  send(emulator, 'PATCH', `/v1/subscriptions/${id}`, change)

async function send(emulator: PolarEmulator, method: string, path: string, body: object): Promise<Response> {
  const response = await emulator.fetch(
    new Request(`https://polar.test${path}`, {
      method,
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer polar_oat_story',
        'polar-version': '2026-10',
      },
    }),
  )
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
  return response
}
