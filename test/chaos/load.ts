import { setTimeout as sleep } from 'node:timers/promises'
import type { Random } from './random.js'
import { ORGANIZATION_HEADER } from './shop.js'
import { createTally, type Tally } from './tally.js'
import { type Activity, atRate } from './wait.js'

/** The callers of the app, who record usage. */
export interface Load extends Activity {
  /** Events that somebody wanted to record, by their key. */
  readonly wanted: ReadonlyMap<string, LoadEvent>
  /** Keys of those that a process has acknowledged. */
  readonly acknowledged: ReadonlySet<string>
  /** Attempts that failed, by reason. All of them were made again. */
  readonly errors: Tally
  /** Keys that were refused for good. */
  readonly refused: ReadonlyMap<string, string>
  /** Milliseconds of the attempts that were acknowledged. */
  readonly latencies: readonly number[]
}

interface LoadEvent {
  organizationId: string
  key: string
  units: number
}

interface LoadOptions {
  urls: readonly string[]
  organizations: readonly string[]
  random: Random
  perSecond: number
}

/** A caller does not wait for longer than that. */
const TIMEOUT = 10_000

export function startLoad({ urls, organizations, random, perSecond }: LoadOptions): Load {
  const wanted = new Map<string, LoadEvent>()
  const acknowledged = new Set<string>()
  const refused = new Map<string, string>()
  const errors = createTally()
  const latencies: number[] = []

  /** Tries, at one process after another, until one of them has it. */
  async function record(): Promise<void> {
    const event: LoadEvent = {
      organizationId: random.pick(organizations),
      key: `event-${wanted.size}`,
      units: random.integer(1, 10),
    }
    wanted.set(event.key, event)
    for (let tries = 1; ; tries += 1) {
      const began = performance.now()
      const outcome = await post(`${random.pick(urls)}/usage`, event)
      if (outcome === '202') {
        acknowledged.add(event.key)
        latencies.push(performance.now() - began)
        return
      }
      errors.add(outcome)
      if (outcome.startsWith('4')) {
        refused.set(event.key, outcome)
        return
      }
      await sleep(Math.min(50 * 2 ** tries, 1_000))
    }
  }

  return { ...atRate(perSecond, record), wanted, acknowledged, errors, refused, latencies }
}

/** The status, or the name of what went wrong on the way. */
async function post(url: string, { organizationId, key, units }: LoadEvent): Promise<string> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { [ORGANIZATION_HEADER]: organizationId, 'content-type': 'application/json' },
      body: JSON.stringify({ key, units }),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    const text = await response.text()
    return response.ok ? String(response.status) : `${response.status} ${text}`
  } catch (error) {
    return networkErrorOf(error)
  }
}

/** `ECONNREFUSED` says more than `TypeError: fetch failed`. */
export function networkErrorOf(error: unknown): string {
  const { cause, name } = error as Error & { cause?: { code?: string } }
  return cause?.code ?? name
}
