import type { Catalog } from '../contract/catalog.js'
import { BillingError } from '../contract/errors.js'
import type { Operation, OperationFunction, Operations } from '../contract/operations.js'
import type { BillingTransport } from '../transports/transport.js'
import type { LoadEmbed } from './embed.js'

/** What the option factories need; the provider's props hold it. */
export interface BillingQueryConfig {
  transport: BillingTransport
  /** Only names the cache: the server alone decides who is asking. `null` = signed out, nothing is fetched. */
  organizationId: string | null
  catalog?: Catalog | undefined
  /** Loads what shows a checkout over the page (`mode: 'embed'`): `() => import('@polar-sh/checkout/embed')`. */
  embed?: LoadEmbed | undefined
  /** Holds the organization as long as its page is there; the provider says. Nobody is sent to a checkout or portal of one they have left. */
  shown?: ReadonlySet<string | null> | undefined
}

/** Every key of an organization starts with `['billing', organizationId]`: invalidate that, and all of it is asked again. */
export function billingQueryKey(
  organizationId: string | null,
  ...rest: readonly string[]
): readonly ['billing', string | null, ...string[]] {
  return ['billing', organizationId, ...rest]
}

/**
 * Calls one operation of the transport.
 *
 * @throws BillingError `NOT_IMPLEMENTED` if the transport lacks it
 */
export async function callTransport<Name extends Operation>(
  { transport }: Pick<BillingQueryConfig, 'transport'>,
  operation: Name,
  input: Operations[Name]['input'] = {},
  signal?: AbortSignal,
): Promise<Operations[Name]['answer']> {
  const call = transport[operation] as OperationFunction<Name> | undefined
  if (!call) throw new BillingError('NOT_IMPLEMENTED', `The transport has no ${operation}: add it.`)
  return call(input, { signal })
}

/** @throws BillingError `ABORTED` if the page has left the organization: nothing of it may open any more */
export function assertShown({ shown, organizationId }: BillingQueryConfig): void {
  if (shown && !shown.has(organizationId)) throw new BillingError('ABORTED', 'The organization was left.')
}
