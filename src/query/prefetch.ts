import type { QueryClient } from '@tanstack/react-query'
import type { StatusInput } from '../contract/status.js'
import type { BillingTransport } from '../transports/transport.js'
import type { BillingQueryConfig } from './config.js'
import { plansQueryOptions } from './plans.js'
import { billingStatusQueryOptions } from './status.js'
import { subscriptionQueryOptions } from './subscription.js'
import { usageQueryOptions } from './usage.js'

export interface PrefetchOptions extends BillingQueryConfig {
  /**
   * `checkout_id` of the page's address. A server does not know what the browser bought a moment ago: with it the page that the
   * checkout returns to says "confirming" from its first byte, not "Free".
   */
  checkoutId?: string | null | undefined
}

/**
 * Puts what the components need into the QueryClient, so that a server can render them: status, subscription, usage and plans, as far
 * as the transport has them; the plans alone where nobody is signed in. Orders, seats and history are left to the browser. It never throws:
 * what could not be read is not in the cache, is not dehydrated, and the browser asks for it. Every read is tried once.
 */
export async function prefetchBilling(
  queryClient: QueryClient,
  { checkoutId, ...given }: PrefetchOptions,
): Promise<void> {
  const isReturning = checkoutId !== undefined && checkoutId !== null && checkoutId !== ''
  const transport = isReturning ? asking(given.transport, checkoutId) : given.transport
  const config = { ...given, transport }
  // A server that waits to ask again holds up the page.
  const once = { retry: false }
  const reads: Promise<void>[] = []
  if (transport.listPlans) reads.push(queryClient.prefetchQuery({ ...plansQueryOptions(config), ...once }))
  if (config.organizationId !== null) {
    if (transport.getStatus)
      reads.push(queryClient.prefetchQuery({ ...billingStatusQueryOptions(config), ...once }))
    if (transport.getSubscription)
      reads.push(queryClient.prefetchQuery({ ...subscriptionQueryOptions(config), ...once }))
    if (transport.getUsage) reads.push(queryClient.prefetchQuery({ ...usageQueryOptions(config), ...once }))
  }
  await Promise.all(reads)
}

/** The transport, whose status speaks of this checkout too. */
function asking(transport: BillingTransport, checkoutId: string): BillingTransport {
  const { getStatus } = transport
  const input: StatusInput = { fresh: true, checkoutId }
  return { ...transport, getStatus: getStatus && ((_input, options) => getStatus(input, options)) }
}
