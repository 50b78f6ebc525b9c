import type { OnEvent } from '../events.js'
import type { Counters } from '../limits/createCounters.js'
import type { Priority } from '../paymentProvider.js'
import { sleep } from '../sleep.js'
import type { PolarOptions } from './createPolarProvider.js'

/** What Polar allows an account in a minute. */
const CALLS_PER_MINUTE = { production: 500, sandbox: 100 }

/**
 * The part of the minute's calls after which calls of a priority are not made any more. What matters less stops earlier, so that it
 * can never use up what matters more: the last 15 % are left to whoever is about to pay.
 */
const SHARES: Readonly<Record<Priority, number>> = {
  checkout: 1,
  read: 0.85,
  usage: 0.7,
  reconciliation: 0.5,
}

/** Milliseconds for which a buyer waits for room, and between two looks. */
const PATIENCE = 2_500
const LOOK_EVERY = 250
/** Milliseconds in which a refusal holds without another look. */
const REFUSAL_TIME = 1_000

export interface Refusal {
  reason: 'no room' | 'barred'
  /** Seconds. */
  retryAfter: number
}

/** The calls that all processes of the app together may make. Minutes are real ones; a bar ends by the app's clock. */
export interface CallBudget {
  readonly callsPerMinute: number
  /** Takes room for so many calls at once, or says why not. */
  take(priority: Priority, calls: number): Promise<Refusal | null>
  /** One more call than room was taken for, which is made whatever the budget says: half a task is worth nothing. */
  countExtra(): Promise<void>
  /** No process makes a call for so many seconds. */
  bar(seconds: number): Promise<void>
  /** Calls of the present minute, and until when all are barred. */
  read(): Promise<{ calls: number; barredUntil: Date | null }>
}

interface CallBudgetOptions {
  counters: Counters
  /** Whether other processes count, too, and are to hear of a bar. */
  isShared: boolean
  now: () => Date
  onEvent: OnEvent
}

export function createCallBudget(polar: PolarOptions, options: CallBudgetOptions): CallBudget {
  const { counters, isShared, onEvent } = options
  const now = (): number => options.now().getTime()
  const callsPerMinute = polar.callsPerMinute ?? defaultOf(polar)
  const account = accountOf(polar)
  const callsKey = account.then((id) => `calls:${id}`)
  const barKey = account.then((id) => `bar:${id}`)
  const refusals = new Map<Priority, { refusal: Refusal; until: number }>()
  const reportedUntil = new Map<Priority, number>()
  let barredUntil = 0

  async function tryTake(priority: Priority, calls: number): Promise<Refusal | null> {
    const known = refusals.get(priority)
    if (known !== undefined && Date.now() < known.until) return known.refusal
    if (isShared) await hearOfBar()
    const bar = ownBar()
    if (bar !== null) return bar
    const { value, endsIn } = await counters.add(await callsKey, calls)
    if (value <= Math.floor(callsPerMinute * SHARES[priority])) return null
    // In the minute's last second it would be taken back from the next minute, if late.
    if (endsIn > 1_000) await counters.add(await callsKey, -calls)
    const refusal: Refusal = { reason: 'no room', retryAfter: toSeconds(endsIn) }
    // Counted and not yet taken back by many at once, calls that are not made could refuse a buyer: he looks again.
    if (priority !== 'checkout')
      refusals.set(priority, { refusal, until: Date.now() + Math.min(endsIn, REFUSAL_TIME) })
    return refusal
  }

  /** Another process may have been told to leave Polar alone. */
  async function hearOfBar(): Promise<void> {
    barredUntil = Math.max(barredUntil, (await counters.get(await barKey)).value)
  }

  function ownBar(): Refusal | null {
    const wait = barredUntil - now()
    return wait > 0 ? { reason: 'barred', retryAfter: toSeconds(wait) } : null
  }

  async function take(priority: Priority, calls: number): Promise<Refusal | null> {
    const bar = ownBar()
    if (bar !== null) return bar
    const end = performance.now() + (priority === 'checkout' ? PATIENCE : 0)
    let refusal = await tryTake(priority, calls)
    while (refusal?.reason === 'no room' && performance.now() < end) {
      await sleep(LOOK_EVERY)
      refusal = await tryTake(priority, calls)
    }
    if (refusal?.reason === 'no room') report(priority, refusal)
    return refusal
  }

  /** Once in a minute. */
  function report(priority: Priority, { retryAfter }: Refusal): void {
    if (Date.now() < (reportedUntil.get(priority) ?? 0)) return
    reportedUntil.set(priority, Date.now() + retryAfter * 1_000)
    onEvent({ type: 'budget_exhausted', priority, callsPerMinute })
  }

  return {
    callsPerMinute,
    take,
    countExtra: async () => {
      await counters.add(await callsKey, 1)
    },
    bar: async (seconds) => {
      barredUntil = now() + seconds * 1_000
      // Not in place of the count: what was called before a short bar counts after it, too.
      if (isShared) await counters.hold(await barKey, barredUntil, seconds)
    },
    read: async () => {
      if (isShared) await hearOfBar()
      const { value } = await counters.get(await callsKey)
      return { calls: value, barredUntil: ownBar() && new Date(barredUntil) }
    },
  }
}

function defaultOf({ environment = 'production', baseUrl }: PolarOptions): number {
  return CALLS_PER_MINUTE[baseUrl === undefined ? environment : 'production']
}

/** Names a token and its place, and tells nothing of the token. */
async function accountOf({ accessToken, environment, baseUrl }: PolarOptions): Promise<string> {
  const account = new TextEncoder().encode(`${baseUrl ?? environment ?? 'production'} ${accessToken}`)
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', account))
  return Array.from(hash.slice(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const toSeconds = (ms: number): number => Math.max(1, Math.ceil(ms / 1_000))
