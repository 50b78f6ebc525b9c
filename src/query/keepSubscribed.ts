import type { BillingChange } from '../contract/changes.js'
import type { BillingError } from '../contract/errors.js'
import { pause } from './pause.js'

/** Milliseconds between looks while nothing is heard. */
const POLL = 30_000
const FIRST_DELAY = 1_000
const MAX_DELAY = 30_000
/** Milliseconds: a subscription that lasts that long was a good one. */
const GOOD = 10_000

/** Whether the backend has no such route, or not for this caller: asking again would not help. */
function isFinal(status: number): boolean {
  return (status >= 400 && status < 500 && status !== 408 && status !== 429) || status === 501
}

interface Subscription {
  subscribe: (onChange: (change: BillingChange) => void) => Promise<void>
  /** A subscription stands. */
  onBegin: () => void
  onChange: (change: BillingChange) => void
  signal: AbortSignal
}

/** Subscribes again and again until the signal, or until the backend says that it is of no use. Meanwhile it polls. */
export async function keepSubscribed({ subscribe, onBegin, onChange, signal }: Subscription): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve())
  })
  let poll: ReturnType<typeof setInterval> | undefined
  // A timer's own time for each browser, so that a crowd that lost its server does not come all at once.
  const startPolling = (): void => {
    poll ??= setInterval(() => onChange({ changed: 'status' }), POLL * (0.8 + Math.random() * 0.4))
  }
  const stopPolling = (): void => {
    clearInterval(poll)
    poll = undefined
  }
  for (let failures = 0; !signal.aborted; failures += 1) {
    const startedAt = performance.now()
    let retryAfter = 0
    let began = false
    const hear = (change: BillingChange): void => {
      if (signal.aborted) return
      stopPolling()
      if (!began) onBegin()
      began = true
      onChange(change)
    }
    try {
      // Whatever a backend's function does, it must not hold up another tab.
      await Promise.race([subscribe(hear), ended])
    } catch (error) {
      const failure = Object(error) as Partial<BillingError>
      if (isFinal(failure.status ?? 0)) break
      retryAfter = failure.retryAfter ?? 0
    }
    if (performance.now() - startedAt > GOOD) failures = 0
    startPolling()
    // Chance keeps a crowd from coming back all at once, and nobody comes sooner than the server asked for.
    const delay = Math.min(FIRST_DELAY * 2 ** failures, MAX_DELAY) * (0.5 + Math.random())
    const asked = retryAfter * 1_000 * (1 + Math.random() / 4)
    await pause(Math.max(delay, asked), signal, 'online')
  }
  stopPolling()
}
