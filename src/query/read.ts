import { type QueryFunction, type queryOptions, skipToken } from '@tanstack/react-query'
import type { Answers, Completable } from '../contract/complete.js'
import { BillingError } from '../contract/errors.js'
import { isMissing } from '../contract/isMissing.js'
import type { Operations } from '../contract/operations.js'
import { billingQueryKey, type BillingQueryConfig, callTransport } from './config.js'

/** Milliseconds after which a page whose read failed tries to heal by itself. */
export const HEAL_INTERVAL = 15_000

/** Whether asking again may help: no answer, too many requests, or a server in trouble. */
export function isPassing({ code }: BillingError): boolean {
  return /_ERROR|TIMEOUT|TOO_MANY|UNAVAILABLE/.test(code)
}

/** TanStack's `enabled`, of a query whatever it reads. */
type Enabled = boolean | ((query: { state: { error: BillingError | null } }) => boolean)

/** How every read behaves: patient with a server in trouble, and never hammering it. */
export const readPolicy = {
  staleTime: 30_000,
  // It stays missing, and would flash each time that it is asked for.
  enabled: (({ state: { error } }) => !isMissing(error)) as Enabled,
  retry: (failures: number, error: BillingError): boolean => failures < 2 && isPassing(error),
  // As long as the server asks for, up to five minutes. With jitter, so that the browsers of a crowd do not come back all at once.
  retryDelay: (failures: number, error: BillingError): number =>
    Math.min(error.retryAfter ?? 2 ** failures, 300) * (1_000 + Math.random() * 500),
}

type Key = ReturnType<typeof billingQueryKey>

/** What TanStack's `queryOptions()` makes of options: the same object, whose key knows the type of its data. */
export type ReadQueryOptions<Answer> = ReturnType<typeof queryOptions<Answer, BillingError, Answer, Key>>

interface Read<Name extends Completable> {
  /** The field that, with `stale`, only the kit's own server answers, which answers all the others too. */
  whole: keyof Answers[Name]
  input?: () => Operations[Name]['input'] | undefined
  /** Milliseconds until the answer is looked at again; `false`: not before somebody asks. */
  interval?: (answer: Answers[Name]) => number | false
}

/** A read of the organization. Without one nothing is fetched. */
export function readOptions<Name extends Completable>(
  config: BillingQueryConfig,
  operation: Name,
  { whole, input, interval }: Read<Name>,
): ReadQueryOptions<Answers[Name]> {
  const { organizationId } = config
  const queryKey = billingQueryKey(organizationId, operation)
  const read: QueryFunction<Answers[Name], Key> = async ({ signal }) => {
    const asked = input?.()
    const answer = await callTransport(config, operation, asked, signal)
    // What completes another backend's answers is loaded only for another.
    if (whole in answer && 'stale' in answer) return answer as Answers[Name]
    const completed = (await import('../contract/complete.js')).complete(
      operation,
      answer,
      config.catalog,
      asked,
    )
    if (completed) return completed
    throw new BillingError('INVALID_RESPONSE', 'Nothing says what is active.')
  }
  return {
    ...readPolicy,
    queryKey,
    queryFn: organizationId === null ? skipToken : read,
    refetchInterval: ({ state: { data, error } }) =>
      error ? isPassing(error) && HEAL_INTERVAL : data && interval?.(data),
  } as ReadQueryOptions<Answers[Name]>
}
