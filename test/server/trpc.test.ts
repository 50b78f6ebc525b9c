import { createTRPCClient, httpBatchLink } from '@trpc/client'
import { initTRPC } from '@trpc/server'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { BillingError } from 'polar-billing-kit/contract'
import type { Identity } from 'polar-billing-kit/server'
import { createBillingRouter } from 'polar-billing-kit/server/trpc'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'

interface AppContext {
  session: { orgId: string | null; email: string } | null
}

let running: Running
beforeAll(async () => {
  running = await startBilling()
  running.emulator.controls.purchase({
    external_customer_id: 'acme',
    product_id: running.products['pro'] ?? '',
  })
})
afterAll(() => running.close())

/** The app's own router, with billing nested in it. */
function createAppRouter() {
  const t = initTRPC.context<AppContext>().create()
  const billing = createBillingRouter<AppContext>(running.billing, {
    identify: ({ session }): Identity | null =>
      session && { organizationId: session.orgId, email: session.email },
  })
  return t.router({ hello: t.procedure.query(() => 'world'), billing })
}

/** A client whose requests go straight into the handler. */
function linkTo(router: ReturnType<typeof createAppRouter>, session: AppContext['session']) {
  return httpBatchLink({
    url: 'http://app.test/api/trpc',
    fetch: (url, init) =>
      fetchRequestHandler({
        endpoint: '/api/trpc',
        req: new Request(url, init as RequestInit),
        router,
        createContext: () => ({ session }),
      }),
  })
}

const signedIn = (orgId: string | null) => ({ orgId, email: `${orgId}@example.com` })

describe('createBillingRouter', () => {
  const clientFor = (session: AppContext['session']) => {
    const router = createAppRouter()
    return createTRPCClient<ReturnType<typeof createAppRouter>>({ links: [linkTo(router, session)] })
  }

  it('nests in the app’s router and answers what REST answers', async () => {
    const client = clientFor(signedIn('acme'))
    expect(await client.hello.query()).toBe('world')
    const rest = running.as('acme')
    expect(await client.billing.getStatus.query()).toEqual((await rest.get('/status')).body)
    expect(await client.billing.getSubscription.query()).toEqual((await rest.get('/subscription')).body)
    expect(await client.billing.getUsage.query()).toEqual((await rest.get('/usage')).body)
    expect(await client.billing.listPlans.query()).toEqual((await rest.get('/plans')).body)
    expect(await client.billing.createPortalSession.mutate()).toHaveProperty('portalUrl')
  })

  it('opens a checkout, with and without input', async () => {
    const client = clientFor(signedIn('buyer'))
    expect(await client.billing.createCheckout.mutate({ planType: 'pro' })).toHaveProperty('checkoutUrl')
    await expect(client.billing.createCheckout.mutate()).rejects.toMatchObject({
      data: { code: 'BAD_REQUEST' },
    })
  })

  it.each([
    ['signed out', null, 'UNAUTHORIZED'],
    ['no organization', signedIn(null), 'FORBIDDEN'],
    ['a path for an organization', signedIn('..'), 'BAD_REQUEST'],
  ])('%s: %s', async (_name, session, code) => {
    await expect(clientFor(session).billing.getStatus.query()).rejects.toMatchObject({ data: { code } })
  })

  it('smuggled input is refused', async () => {
    const smuggled = { planType: 'pro', organizationId: 'acme' }
    await expect(
      clientFor(signedIn('attacker')).billing.createCheckout.mutate(smuggled),
    ).rejects.toMatchObject({
      data: { code: 'BAD_REQUEST' },
      message: expect.stringContaining('organizationId'),
    })
  })

  it('a failure of identify hides its reason', async () => {
    const t = initTRPC.context<AppContext>().create()
    const router = t.router({
      hello: t.procedure.query(() => 'world'),
      billing: createBillingRouter<AppContext>(running.billing, {
        identify: () => {
          throw new Error('postgres://user:hunter2@db')
        },
      }),
    })
    const client = createTRPCClient<typeof router>({ links: [linkTo(router, null)] })
    await expect(client.billing.getStatus.query()).rejects.toMatchObject({
      message: 'The billing server failed.',
    })
  })
})

describe('a client of Resonance', () => {
  // The router as Resonance types it: its client knows nothing of ours.
  const t = initTRPC.create()
  const resonance = t.router({
    billing: t.router({
      getStatus: t.procedure.query(
        (): { hasActiveSubscription: boolean; customerId: string | null; estimatedCostCents: number } => {
          throw new Error('only a type')
        },
      ),
      createCheckout: t.procedure.mutation((): { checkoutUrl: string } => {
        throw new Error('only a type')
      }),
      createPortalSession: t.procedure.mutation((): { portalUrl: string } => {
        throw new Error('only a type')
      }),
    }),
  })

  const clientOf = async (orgId: string, single: Running) => {
    const app = initTRPC.context<AppContext>().create()
    const router = app.router({
      billing: createBillingRouter<AppContext>(single.billing, {
        identify: ({ session }) => session && { organizationId: session.orgId },
      }),
    })
    return createTRPCClient<typeof resonance>({
      links: [
        httpBatchLink({
          url: 'http://app.test/api/trpc',
          fetch: (url, init) =>
            fetchRequestHandler({
              endpoint: '/api/trpc',
              req: new Request(url, init as RequestInit),
              router,
              createContext: () => ({ session: signedIn(orgId) }),
            }),
        }),
      ],
    })
  }

  it('calls ours: status, checkout without input, portal', async () => {
    const single = await startBilling({ billing: { products: { pro: running.products['pro'] ?? '' } } })
    const client = await clientOf('acme', single)

    const before = await client.billing.getStatus.query()
    expectTypeOf(before).toEqualTypeOf<{
      hasActiveSubscription: boolean
      customerId: string | null
      estimatedCostCents: number
    }>()
    expect(before).toMatchObject({ hasActiveSubscription: false, customerId: null, estimatedCostCents: 0 })

    const { checkoutUrl } = await client.billing.createCheckout.mutate()
    expect(checkoutUrl).toContain('/polar/checkout/')

    single.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: single.products['pro'] ?? '',
    })
    await single.emulator.controls.settle()
    const after = await client.billing.getStatus.query()
    expect(after).toMatchObject({
      hasActiveSubscription: true,
      customerId: expect.any(String),
      estimatedCostCents: 0,
    })
    expect((await client.billing.createPortalSession.mutate()).portalUrl).toContain('customer_session_token=')
    await single.close()
  })

  it('what fails has one of tRPC’s own codes', async () => {
    const identify = () => {
      throw new BillingError('TIMEOUT', 'The session store took too long.')
    }
    const caller = createBillingRouter(running.billing, { identify }).createCaller({})
    await expect(caller.getStatus()).rejects.toMatchObject({ code: 'INTERNAL_SERVER_ERROR' })
    await expect(caller.listPlans({ more: 1 } as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})
