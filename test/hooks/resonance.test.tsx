import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { initTRPC, TRPCError } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { act, screen, waitFor } from '@testing-library/react'
import {
  PlanBadge,
  PortalButton,
  UpgradeButton,
  useBillingStatus,
  useCheckout,
  usePortal,
  UsageMeter,
} from 'polar-billing-kit'
import { createTrpcTransport } from 'polar-billing-kit/trpc'
import { beforeEach, describe, expect, it } from 'vitest'
import { renderBillingHook, renderWithBilling } from '../renderWithBilling.js'

// The router of Resonance, as its own code has it: organization-scoped, three procedures, no input.

interface Context {
  orgId: string | null
}

/** It sells one thing. */
const catalog = {
  currency: 'USD',
  defaultPlan: 'free',
  plans: { free: { name: 'Free' }, pro: { name: 'Pro' } },
}

let hasBought = false
const t = initTRPC.context<Context>().create({ allowOutsideOfServer: true })
const orgProcedure = t.procedure.use(({ ctx, next }) => {
  if (ctx.orgId === null) throw new TRPCError({ code: 'FORBIDDEN', message: 'Organization required' })
  return next()
})
const router = t.router({
  billing: t.router({
    getStatus: orgProcedure.query(() =>
      hasBought
        ? { hasActiveSubscription: true, customerId: 'cus_1', estimatedCostCents: 120 }
        : { hasActiveSubscription: false, customerId: null, estimatedCostCents: 0 },
    ),
    createCheckout: orgProcedure.mutation(() => ({ checkoutUrl: 'https://polar.sh/checkout/polar_c_1' })),
    createPortalSession: orgProcedure.mutation(() => {
      if (!hasBought) {
        throw new TRPCError({
          code: 'INTERNAL_SERVER_ERROR',
          message: 'Failed to create customer portal session',
        })
      }
      return { portalUrl: 'https://polar.sh/resonance/portal' }
    }),
  }),
})

function transportFor(orgId: string | null) {
  const client = createTRPCClient<typeof router>({
    links: [
      httpBatchLink({
        url: 'https://resonance.test/api/trpc',
        fetch: (url, init) =>
          fetchRequestHandler({
            endpoint: '/api/trpc',
            req: new Request(url, init as RequestInit),
            router,
            createContext: () => ({ orgId }),
          }),
      }),
    ],
  })
  return createTrpcTransport(client.billing)
}

describe('hooks and components over a router of Resonance', () => {
  beforeEach(() => {
    hasBought = false
  })

  it('nothing bought', async () => {
    const { result } = renderBillingHook(() => useBillingStatus(), {
      catalog,
      transport: transportFor('acme'),
    })
    await waitFor(() =>
      expect(result.current.data).toMatchObject({
        status: 'none',
        planName: 'Free',
        customerId: null,
        estimatedCostCents: 0,
      }),
    )
  })

  it('subscribed: the one plan that is sold', async () => {
    hasBought = true
    const { result } = renderBillingHook(() => useBillingStatus(), {
      catalog,
      transport: transportFor('acme'),
    })
    await waitFor(() =>
      expect(result.current.data).toMatchObject({
        status: 'active',
        planType: 'pro',
        planName: 'Pro',
        estimatedCostCents: 120,
      }),
    )
  })

  it('checkout and portal, without input', async () => {
    hasBought = true
    const { result } = renderBillingHook(
      () => ({ checkout: useCheckout({ redirect: false }), portal: usePortal({ redirect: false }) }),
      { catalog, transport: transportFor('acme') },
    )
    await act(() => result.current.checkout.mutateAsync())
    await act(() => result.current.portal.mutateAsync())
    await waitFor(() =>
      expect(result.current.checkout.data?.checkoutUrl).toBe('https://polar.sh/checkout/polar_c_1'),
    )
    expect(result.current.portal.data?.portalUrl).toBe('https://polar.sh/resonance/portal')
  })

  it('its errors keep their code', async () => {
    const { result } = renderBillingHook(() => useBillingStatus(), { catalog, transport: transportFor(null) })
    await waitFor(() =>
      expect(result.current.error).toMatchObject({ code: 'FORBIDDEN', message: 'Organization required' }),
    )
  })

  it('components: what it has no usage for is left out', async () => {
    hasBought = true
    const { container } = renderWithBilling(
      <>
        <PlanBadge />
        <UsageMeter />
        <UpgradeButton planType="pro" />
        <PortalButton />
      </>,
      { catalog, transport: transportFor('acme') },
    )
    expect(await screen.findByText('Pro')).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(await screen.findByRole('button', { name: 'Manage billing' })).toBeTruthy()
    await expect.poll(() => container.querySelector('.billing-meter')).toBeNull()
  })
})
