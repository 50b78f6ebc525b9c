import type { BillingChange } from '../contract/changes.js'
import {
  BILLING_ERROR_STATUS,
  BillingError,
  type BillingErrorCode,
  isBillingError,
  type WireErrorCode,
} from '../contract/errors.js'
import type { Operation, OperationFunction } from '../contract/operations.js'

export interface SubscribeOptions {
  /** Ends the subscription. */
  signal: AbortSignal
  /** The last `id` that was heard: what has changed since is told at once. */
  lastEventId?: string | undefined
}

/**
 * Hears of an organization's changes. It calls back once without `changed` when the subscription stands, and then at every change. It
 * resolves when the subscription has ended, and rejects if it could not be had: a `BillingError` says why and how long to wait.
 */
export type Subscribe = (
  onChange: (change: BillingChange) => void,
  options: SubscribeOptions,
) => Promise<void>

type HeaderFields = Record<string, string>

export interface RequestOptions {
  /** For example a token; a function is asked before each request. */
  headers?: HeaderFields | (() => HeaderFields | Promise<HeaderFields>) | undefined
  fetch?: typeof fetch | undefined
}

/** Where a server of the kit tells of changes: `/api/billing/events`. */
export interface ChangeSource extends RequestOptions {
  url: string
}

/** Any backend: one function for each operation it has. */
export type BillingFunctions = { readonly [Name in Operation]?: OperationFunction<Name> | undefined } & {
  /** Live changes. Without it, pages see changes when they ask: on focus, after 30 seconds, after a checkout. */
  readonly subscribe?: Subscribe | ChangeSource | undefined
}

declare const isTransport: unique symbol

/** What hooks and query factories speak to. Made by `createTransport` and its kin: its functions throw `BillingError` alone. */
export type BillingTransport = BillingFunctions & { readonly [isTransport]: true }

/** Looks at an answer before anybody uses it; throws what is wrong with it. */
export type ValidateAnswer = (operation: Operation, answer: unknown) => void | Promise<void>

export interface TransportOptions {
  /**
   * Checks every answer: pass `validateAnswer` from `polar-billing-kit/contract`. Without it development checks all the same, and
   * production trusts the backend and stays 10 kB smaller.
   */
  validate?: ValidateAnswer | undefined
}

/**
 * A transport over any object of functions. A backend may have a part of the operations and answer a part of their fields; what it
 * lacks, components leave out. What a function throws becomes a `BillingError`; a `BillingError` of its own passes as it is.
 *
 * ```ts
 * createTransport({ getStatus: () => api.billing.status(), createCheckout: (input, { signal }) => api.billing.checkout(input) })
 * ```
 */
export function createTransport(
  { subscribe, ...functions }: BillingFunctions,
  options?: TransportOptions,
): BillingTransport {
  const present = Object.entries(functions).filter(([, run]) => run) as [Operation, AnyFunction][]
  return toTransport(
    present.map(([operation, run]) => [operation, nameBugs(operation, run)]),
    options,
    subscribe,
  )
}

export interface CallOptions {
  signal?: AbortSignal | undefined
}

type AnyFunction = (input: object, options: CallOptions) => Promise<unknown>

/** In the app's own function a TypeError may be any bug, not only a `fetch` without a network: it must not send anybody to CORS. */
function nameBugs(operation: Operation, run: AnyFunction): AnyFunction {
  return async (input, options) => {
    try {
      return await run(input, options)
    } catch (error) {
      if (options.signal?.aborted || (error as Error | undefined)?.name !== 'TypeError') throw error
      const { message } = error as TypeError
      throw new BillingError('INTERNAL_SERVER_ERROR', `${operation}: ${message}`, { cause: error })
    }
  }
}

/** What all transports share: looking at the answer, and naming the failure. */
export function toTransport(
  functions: [Operation, AnyFunction][],
  { validate }: TransportOptions = {},
  subscribe?: BillingFunctions['subscribe'],
): BillingTransport {
  const wrap =
    (operation: Operation, run: AnyFunction) =>
    async (input: object, options: CallOptions = {}): Promise<unknown> => {
      try {
        const answer = await run(input, options)
        if (Object(answer) !== answer) {
          throw new SyntaxError(`not a JSON object: ${String(answer).slice(0, 50)}`)
        }
        if (validate) {
          await validate(operation, answer)
        } else if (process.env.NODE_ENV !== 'production') {
          ;(await import('../contract/validate.js')).validateAnswer(operation, answer)
        }
        return answer
      } catch (error) {
        throw toBillingError(error, operation, options.signal)
      }
    }
  return {
    ...Object.fromEntries(functions.map(([operation, run]) => [operation, wrap(operation, run)])),
    ...(subscribe && { subscribe }),
  } as BillingTransport
}

/** The code that stands for an HTTP status. */
export function codeOfStatus(status: unknown): WireErrorCode {
  const codes = Object.keys(BILLING_ERROR_STATUS) as WireErrorCode[]
  const code = codes.find((candidate) => BILLING_ERROR_STATUS[candidate] === status)
  return code ?? ((status as number) < 500 ? 'BAD_REQUEST' : 'INTERNAL_SERVER_ERROR')
}

/** What `fetch`, its signals and `response.json()` throw, by name. */
const NO_ANSWER: Record<string, [code: BillingErrorCode, advice?: string]> = {
  TimeoutError: ['TIMEOUT'],
  AbortError: ['ABORTED'],
  SyntaxError: ['INVALID_RESPONSE', ' (check the URL)'],
  TypeError: ['NETWORK_ERROR', ' (check the network, the URL and CORS)'],
}

/** Names whatever a backend's function threw. */
function toBillingError(error: unknown, operation: Operation, signal?: AbortSignal): BillingError {
  if (isBillingError(error)) return error
  const {
    name,
    message = String(error),
    status,
  } = Object(error) as {
    name: string
    message?: string
    status?: unknown
  }
  const [code, advice = ''] = NO_ANSWER[signal?.aborted ? 'AbortError' : name] ?? [codeOfStatus(status)]
  return new BillingError(code, `${operation}: ${message}${advice}`, { cause: error })
}
