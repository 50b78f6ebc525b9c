import { PolarRateLimitError } from '@polar-sh/sdk'
import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
} from 'cockatiel'
import { BillingError, isBillingError } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import type { CircuitReading } from '../provider.js'

/** So many calls in a row without an answer, and the next ones are not made. */
const FAILURES = 5
/** Seconds after which one call tries whether Polar is back: doubled at each failure. */
const FIRST_PAUSE = 1
const LONGEST_PAUSE = 30

/** Runs a call to Polar, unless Polar has to be left alone. */
export type Guard = <T>(call: () => Promise<T>) => Promise<T>

interface GuardWithState extends Guard {
  state(): CircuitReading
}

const CIRCUITS = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.HalfOpen]: 'half_open',
  [CircuitState.Open]: 'open',
  [CircuitState.Isolated]: 'open',
} as const

/**
 * Leaves Polar alone, for all organizations at once, while it has asked for that (429: the token's limit is the account's) and while
 * it does not answer. Calls then fail at once with `SERVICE_UNAVAILABLE`, so that readers get the last known state without waiting.
 */
export function createGuard({ now, onEvent }: { now: () => Date; onEvent: OnEvent }): GuardWithState {
  let barredUntil = 0
  const circuit = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(FAILURES),
    halfOpenAfter: new ExponentialBackoff({
      initialDelay: FIRST_PAUSE * 1_000,
      maxDelay: LONGEST_PAUSE * 1_000,
    }),
  })
  circuit.onStateChange((state) => {
    if (state === CircuitState.Open) onEvent({ type: 'provider_lost' })
    if (state === CircuitState.Closed) onEvent({ type: 'provider_back' })
  })

  async function guard<T>(call: () => Promise<T>): Promise<T> {
    const wait = barredUntil - now().getTime()
    if (wait > 0) throw leftAlone('Polar has asked to be left alone', Math.ceil(wait / 1_000))
    try {
      return await circuit.execute(call)
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw leftAlone('Polar does not answer', FIRST_PAUSE)
      if (isRateLimit(error)) barredUntil = now().getTime() + (error.retryAfter ?? FIRST_PAUSE) * 1_000
      throw error
    }
  }

  return Object.assign(guard, {
    state: (): CircuitReading => ({
      circuit: CIRCUITS[circuit.state],
      pausedUntil: barredUntil > now().getTime() ? new Date(barredUntil).toISOString() : null,
    }),
  })
}

function isRateLimit(error: unknown): error is BillingError {
  return isBillingError(error) && error.cause instanceof PolarRateLimitError
}

/** No answer, or one of a server in trouble. A refusal is an answer. */
function isOutage(error: unknown): boolean {
  return isBillingError(error) && error.code === 'SERVICE_UNAVAILABLE' && !isRateLimit(error)
}

function leftAlone(message: string, retryAfter: number): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', `${message}: the call was not made`, { retryAfter })
}
