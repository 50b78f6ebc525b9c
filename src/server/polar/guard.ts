import { PolarRateLimitError } from '@polar-sh/sdk'
import {
  BrokenCircuitError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
} from 'cockatiel'
import { BillingError, isBillingError } from '../../contract/index.js'
import type { OnEvent } from '../events.js'
import { NoRoomError } from '../limits/noRoomError.js'
import type { Priority, ProviderHealth } from '../paymentProvider.js'
import type { CallBudget, Refusal } from './callBudget.js'

/** So many calls in a row without an answer, and the next ones are not made. */
const FAILURES = 5
/** Seconds after which one call tries whether Polar is back: doubled at each failure. */
const FIRST_PAUSE = 1
const LONGEST_PAUSE = 30

interface CallCost {
  /** @default 'read' */
  priority?: Priority | undefined
  /** HTTP calls that it usually takes. @default 1 */
  calls?: number | undefined
}

/** Runs a call to Polar, unless Polar has to be left alone. */
export type Guard = <T>(call: () => Promise<T>, cost?: CallCost) => Promise<T>

interface GuardOptions {
  budget: CallBudget
  onEvent: OnEvent
}

/**
 * Leaves Polar alone, for all organizations at once, while it has asked for that (429: the token's limit is the account's), while it
 * does not answer, and while the minute's calls are used up. Calls then fail at once with `SERVICE_UNAVAILABLE`, so that readers get
 * the last known state without waiting.
 */
export function createGuard({ budget, onEvent }: GuardOptions): Guard & { state(): Promise<ProviderHealth> } {
  const circuit: CircuitBreakerPolicy = circuitBreaker(
    // A trial that was not made has not shown that Polar is back.
    handleWhen((error) => isOutage(error) || (error instanceof NotMade && isHalfOpen())),
    {
      breaker: new ConsecutiveBreaker(FAILURES),
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: FIRST_PAUSE * 1_000,
        maxDelay: LONGEST_PAUSE * 1_000,
      }),
    },
  )
  const isHalfOpen = (): boolean => circuit.state === CircuitState.HalfOpen
  circuit.onStateChange((state) => {
    if (state === CircuitState.Open) onEvent({ type: 'provider_lost' })
    if (state === CircuitState.Closed) onEvent({ type: 'provider_back' })
  })

  const guard: Guard = async (call, { priority = 'read', calls = 1 } = {}) => {
    try {
      return await circuit.execute(async () => {
        const refusal = await budget.take(priority, calls)
        if (refusal !== null) throw new NotMade(refusal)
        return call()
      })
    } catch (error) {
      if (error instanceof NotMade) throw explain(error.refusal, priority)
      if (error instanceof BrokenCircuitError) throw leftAlone('Polar does not answer', FIRST_PAUSE)
      if (isRateLimit(error)) await budget.bar(error.retryAfter ?? FIRST_PAUSE)
      throw error
    }
  }

  async function state(): Promise<ProviderHealth> {
    const { calls, barredUntil } = await budget.read()
    return {
      circuit: STATES[circuit.state],
      pausedUntil: barredUntil?.toISOString() ?? null,
      callsPerMinute: budget.callsPerMinute,
      callsUsed: calls,
    }
  }

  return Object.assign(guard, { state })
}

const STATES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half_open',
  // By hand alone, which nobody does.
  [CircuitState.Isolated]: 'open',
} as const

/** Carries a refusal out of the circuit, which is to take it neither for a failure of Polar nor for an answer. */
class NotMade extends Error {
  override readonly name = 'NotMade'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

function explain({ reason, retryAfter }: Refusal, priority: Priority): BillingError {
  if (reason === 'no room') return new NoRoomError(priority, retryAfter)
  return leftAlone('Polar has asked to be left alone', retryAfter)
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
