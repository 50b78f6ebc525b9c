import type { PolarEmulator } from 'polar-billing-kit/emulator'
import type { Random } from './random.js'
import { createTally, type Tally } from './tally.js'
import { type Activity, repeat } from './wait.js'

/** Polar's weather, and that of its webhooks. */
export interface Faults extends Activity {
  /** How often there was which weather. */
  readonly weather: Tally
  /** Requests that were struck. */
  struck(): number
  /** Those among them that were answered with 429. */
  throttled(): number
}

type FaultInput = Parameters<PolarEmulator['controls']['addFault']>[0]

/** What the servers ask for; the merchant and the buyers are left alone. */
const SERVERS_CALLS = [{ method: 'GET' }, { path: '/events/ingest' }] as const

const WEATHER = ['calm', 'flaky', 'flaky', 'slow', 'cut', 'throttled', 'down'] as const

/** Changes the weather every few seconds, until it is stopped: then it is calm. */
export function startFaults({ controls }: PolarEmulator, random: Random): Faults {
  const weather = createTally()
  let struck = 0
  let throttled = 0

  function clear(): void {
    for (const { hits, status } of controls.listFaults()) {
      struck += hits
      if (status === 429) throttled += hits
    }
    controls.clearFaults()
  }

  function change(): void {
    clear()
    const kind = random.pick(WEATHER)
    weather.add(kind)
    for (const calls of SERVERS_CALLS)
      for (const fault of faultsOf(kind, random)) controls.addFault({ ...calls, ...fault })
    controls.setWebhookSettings({
      duplicate: random.happens(0.4),
      reorder: random.happens(0.4),
      delays: delaysOf(random),
    })
  }

  change()
  const changing = repeat(() => random.between(1_000, 5_000), change)
  return {
    weather,
    struck: () => struck,
    throttled: () => throttled,
    stop: async () => {
      await changing.stop()
      clear()
      controls.setWebhookSettings({ duplicate: false, reorder: false, delays: {} })
    },
  }
}

function faultsOf(kind: (typeof WEATHER)[number], random: Random): FaultInput[] {
  const retryAfter = random.integer(1, 4)
  switch (kind) {
    case 'calm':
      return []
    case 'flaky':
      return [
        { probability: 0.1, status: 500 },
        { probability: 0.1, status: 502, body: 'html' },
        { probability: 0.05, status: 429, retryAfter },
        { probability: 0.2, latencyMs: random.integer(50, 500) },
      ]
    case 'slow':
      return [{ probability: 0.7, latencyMs: random.integer(200, 3_000) }]
    case 'cut':
      return [
        { probability: 0.2, body: 'cut' },
        { probability: 0.2, status: 500, body: 'cut' },
      ]
    case 'throttled':
      return [{ status: 429, retryAfter }]
    case 'down':
      return [{ status: 503, body: 'html' }]
  }
}

/** Some types wait for longer than others, so that what was sent later overtakes what was sent before. */
function delaysOf(random: Random): Record<string, number> {
  const types = [
    'subscription.updated',
    'subscription.revoked',
    'subscription.active',
    'customer.state_changed',
    '*',
  ]
  return Object.fromEntries(types.map((type) => [type, random.happens(0.5) ? random.integer(0, 4_000) : 0]))
}
