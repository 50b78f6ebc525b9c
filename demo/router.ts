import { initTRPC } from '@trpc/server'
import type { Billing, Identity } from 'polar-billing-kit/server'
import { createBillingRouter } from 'polar-billing-kit/server/trpc'

/** The app's own router, with billing nested in it. */
// oxlint-disable-next-line typescript/explicit-function-return-type -- a tRPC router is typed by inference
export function createAppRouter(billing: Billing, identity: Identity) {
  return initTRPC.create().router({ billing: createBillingRouter(billing, { identify: () => identity }) })
}

export type AppRouter = ReturnType<typeof createAppRouter>
