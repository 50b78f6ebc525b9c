import { createTRPCClient, httpBatchLink } from '@trpc/client'
import type { BillingTransport } from 'polar-billing-kit'
import { createRestTransport } from 'polar-billing-kit/rest'
import { createTrpcTransport } from 'polar-billing-kit/trpc'
import type { AppRouter } from '../router.js'

/** The same hooks and components over REST, or with `?transport=trpc` over tRPC. */
export function createTransport(name: string | null): BillingTransport {
  if (name !== 'trpc') return createRestTransport()
  const client = createTRPCClient<AppRouter>({
    links: [httpBatchLink({ url: '/api/trpc' })],
  })
  return createTrpcTransport(client.billing, { procedures: 'all' })
}
