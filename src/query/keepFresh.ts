import type { QueryClient, QueryKey } from '@tanstack/react-query'
import type { BillingQueryConfig } from './config.js'
import type { Invalidate } from './liveRefresh.js'

interface Page extends Pick<BillingQueryConfig, 'transport' | 'organizationId'> {
  queryClient: QueryClient
  /** What all keys of the organization begin with. */
  queryKey: QueryKey
  /** Whether it hears of changes as they happen. */
  live: boolean
}

/**
 * Asks an organization's queries again when somebody comes back to the page, and when the server says that something changed. It shares
 * no module with what every page loads: a bundler would cut that in two.
 */
export function keepFresh(
  { queryClient, queryKey, transport, organizationId, live }: Page,
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
  if (!live || organizationId === null || !transport.subscribe) return
  import('./live.js')
    .then((module) => module.followChanges(transport, organizationId, invalidate, signal))
    // A page that outlived its deploy does without.
    .catch(() => undefined)
}
