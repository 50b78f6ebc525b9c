import type { QueryClient } from '@tanstack/react-query'
import type { BillingTransport } from '../transports/transport.js'
import type { billingQueryKey } from './config.js'
import type { Invalidate } from './liveRefresh.js'

/**
 * Asks an organization's queries again when somebody comes back to the page, and, if it is `live`, when the server says that something
 * changed. `queryKey` is what all keys of the organization begin with. It shares no module with what every page loads: a bundler would
 * cut that in two.
 */
export function keepFresh(
  queryClient: QueryClient,
  queryKey: ReturnType<typeof billingQueryKey>,
  transport: BillingTransport,
  live: boolean,
  signal: AbortSignal,
): void {
  const invalidate: Invalidate = (operation, cancelRefetch) =>
    queryClient.invalidateQueries({ queryKey: [...queryKey, ...operation] }, { cancelRefetch })
  // Whoever comes back may have been at the portal, in another tab or before "back" brought this page out of its cache.
  const refresh = ({ persisted }: Partial<PageTransitionEvent>): void => {
    // What was on its way when the page was left is from before: a page out of the cache asks anew.
    if (persisted !== false) void invalidate([], persisted === true)
  }
  if (signal.aborted) return
  addEventListener('focus', refresh, { signal })
  addEventListener('pageshow', refresh, { signal })
  const [, organizationId] = queryKey
  if (!live || organizationId === null || !transport.subscribe) return
  import('./live.js')
    .then((module) => module.followChanges(transport, organizationId, invalidate, signal))
    // A page that outlived its deploy does without.
    .catch(() => undefined)
}
