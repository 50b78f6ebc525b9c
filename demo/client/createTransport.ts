import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { BillingTransport } from 'polar-billing-kit'
import { createRestTransport } from 'polar-billing-kit/rest'
import { createTrpcTransport } from 'polar-billing-kit/trpc'
import type { AppRouter } from '../router.js'

const KEY = 'transport'

/** The same hooks and components over REST, or with `?transport=trpc` over tRPC: the tab remembers it on the way to Polar and back. */
export function createTransport(): BillingTransport {
  const asked = new URLSearchParams(location.search).get('transport')
  if (asked !== null) sessionStorage.setItem(KEY, asked)
  if (sessionStorage.getItem(KEY) !== 'trpc') return createRestTransport()
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc' })],
  })
  return {
    ...createTrpcTransport(client.billing, { procedures: 'all' }),
    subscribe: { url: '/api/billing/events' },
  }
}
