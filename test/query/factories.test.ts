import { focusManager, QueryClient, QueryObserver, skipToken } from '@tanstack/react-query'
import { BillingError } from 'polar-billing-kit/contract'
import {
  billingStatusQueryOptions,
  checkoutMutationOptions,
  ordersQueryOptions,
  plansQueryOptions,
  portalMutationOptions,
  seatsQueryOptions,
  subscriptionQueryOptions,
  usageHistoryQueryOptions,
  usageQueryOptions,
} from 'polar-billing-kit/query'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { BillingStatus, UsageHistory } from 'polar-billing-kit'

const config = {
  transport: createMemoryTransport(scenarios.active),
  organizationId: 'acme',
  catalog: scenarioCatalog,
}
const reads = {
  status: billingStatusQueryOptions,
  subscription: subscriptionQueryOptions,
  usage: usageQueryOptions,
}

const passing = (code: BillingError['code'], retryAfter?: number) =>
  new BillingError(code, 'x', { retryAfter })

describe('option factories', () => {
  it.each(Object.entries(reads))('%s: default', async (_name, factory) => {
    const options = factory(config)
    expect(options).toMatchObject({ staleTime: 30_000, queryKey: ['billing', 'acme', expect.any(String)] })
    expect(options.queryFn).toBeTypeOf('function')
  })

  it.each(Object.entries(reads))('%s: signed out, nothing is fetched', (_name, factory) => {
    expect(factory({ ...config, organizationId: null })).toMatchObject({ queryFn: skipToken })
  })

  it('plans: the same for everybody, signed in or not', () => {
    expect(plansQueryOptions(config).queryKey).toEqual(['billing', null, 'listPlans'])
    expect(plansQueryOptions({ transport: config.transport }).queryFn).toBeTypeOf('function')
  })

  it('usage history: its key holds what is asked', async () => {
    const keyOf = (query: Parameters<typeof usageHistoryQueryOptions>[1]) =>
      usageHistoryQueryOptions(config, query).queryKey
    expect(keyOf({ meter: 'characters' })).toEqual([
      'billing',
      'acme',
      'getUsageHistory',
      { meter: 'characters', range: 'period' },
    ])
    const from = '2026-11-01T00:00:00Z'
    expect(keyOf({ meter: 'characters', range: { from }, interval: 'day' })[3]).toEqual({
      meter: 'characters',
      from,
      interval: 'day',
    })
    const options = usageHistoryQueryOptions(config, { meter: 'characters' })
    const history = await new QueryClient().fetchQuery(options)
    expectTypeOf(history).toEqualTypeOf<UsageHistory>()
    expect(history).toEqual(scenarios.active.getUsageHistory)
    const signedOut = usageHistoryQueryOptions({ ...config, organizationId: null }, { meter: 'characters' })
    expect(signedOut).toMatchObject({ queryFn: skipToken })
  })

  it('run without React, on a server', async () => {
    const client = new QueryClient()
    await client.prefetchQuery(billingStatusQueryOptions(config))
    const data = client.getQueryData(billingStatusQueryOptions(config).queryKey)
    expectTypeOf(data).toEqualTypeOf<BillingStatus | undefined>()
    expect(data).toMatchObject({ planType: 'pro' })
  })

  const fetchFrom = (scenario: Scenario, factory: (typeof reads)[keyof typeof reads]) => {
    const { queryFn } = factory({ ...config, transport: createMemoryTransport(scenario) }) as unknown as {
      queryFn: (context: { signal: AbortSignal }) => Promise<unknown>
    }
    return queryFn(new AbortController())
  }

  it('an answer of part of the fields is completed, whichever part it is', async () => {
    const getStatus = { hasActiveSubscription: true, stale: false, asOf: null }
    expect(await fetchFrom({ getStatus }, reads.status)).toMatchObject({ status: 'active', isActive: true })
    const getSubscription = { status: 'active', stale: false, asOf: null } as const
    expect(await fetchFrom({ getSubscription }, reads.subscription)).toMatchObject({ product: null })
    const getUsage = { totalCost: 29, stale: false }
    expect(await fetchFrom({ getUsage }, reads.usage)).toMatchObject({ meters: [], currency: 'USD' })
  })

  it('an answer of all fields is handed out as it came', async () => {
    const { getStatus, getSubscription, getUsage } = scenarios.active
    expect(await fetchFrom(scenarios.active, reads.status)).toBe(getStatus)
    expect(await fetchFrom(scenarios.active, reads.subscription)).toBe(getSubscription)
    expect(await fetchFrom(scenarios.active, reads.usage)).toBe(getUsage)
  })

  it('an answer that says nothing of what is active is not "none"', async () => {
    await expect(fetchFrom({ getStatus: { customerId: null } }, reads.status)).rejects.toMatchObject({
      code: 'INVALID_RESPONSE',
    })
  })

  it('types: the answer, and what a select makes of it', async () => {
    const options = billingStatusQueryOptions(config)
    expectTypeOf(await new QueryClient().fetchQuery(options)).toEqualTypeOf<BillingStatus>()
  })

  it('what the backend lacks is asked for once, and stays missing while everything else is read again', async () => {
    const empty = { transport: createMemoryTransport({}), organizationId: 'acme' }
    const options = [
      ...Object.values(reads).map((factory) => factory(empty)),
      usageHistoryQueryOptions(empty, { meter: 'characters' }),
      ordersQueryOptions(empty),
      seatsQueryOptions(empty),
      plansQueryOptions(empty),
    ]
    for (const own of options) {
      const client = new QueryClient()
      const observer = new QueryObserver(client, own as never)
      const unsubscribe = observer.subscribe(() => undefined)
      await expect.poll(() => observer.getCurrentResult().error).toMatchObject({ code: 'NOT_IMPLEMENTED' })
      void client.invalidateQueries()
      focusManager.setFocused(false)
      focusManager.setFocused(true)
      expect(observer.getCurrentResult()).toMatchObject({ status: 'error', fetchStatus: 'idle' })
      unsubscribe()
    }
    focusManager.setFocused(undefined)
  })

  it('keys of two organizations differ', () => {
    const keys = ['acme', 'other', null].map(
      (organizationId) => billingStatusQueryOptions({ ...config, organizationId }).queryKey,
    )
    expect(new Set(keys.map((key) => JSON.stringify(key))).size).toBe(3)
  })
})

describe('retry', () => {
  const { retry, retryDelay } = billingStatusQueryOptions(config) as unknown as {
    retry: (failures: number, error: BillingError) => boolean
    retryDelay: (failures: number, error: BillingError) => number
  }

  it.each([
    'NETWORK_ERROR',
    'TIMEOUT',
    'TOO_MANY_REQUESTS',
    'INTERNAL_SERVER_ERROR',
    'SERVICE_UNAVAILABLE',
  ] as const)('%s: twice', (code) => {
    expect([0, 1, 2].map((failures) => retry(failures, passing(code)))).toEqual([true, true, false])
  })

  it.each([
    'BAD_REQUEST',
    'UNAUTHORIZED',
    'FORBIDDEN',
    'NOT_FOUND',
    'CONFLICT',
    'NOT_IMPLEMENTED',
    'ABORTED',
    'INVALID_RESPONSE',
  ] as const)('%s: never', (code) => {
    expect(retry(0, passing(code))).toBe(false)
  })

  it('waits as long as the server asked, or longer and longer, with jitter', () => {
    const delays = (failures: number, retryAfter?: number) =>
      Array.from({ length: 50 }, () => retryDelay(failures, passing('SERVICE_UNAVAILABLE', retryAfter)))
    const within = (values: number[], min: number, max: number) =>
      values.every((value) => value >= min && value <= max)
    expect(within(delays(0), 1_000, 1_500)).toBe(true)
    expect(within(delays(1), 2_000, 3_000)).toBe(true)
    expect(within(delays(0, 9), 9_000, 13_500)).toBe(true)
    expect(within(delays(0, 0), 0, 0)).toBe(true)
    expect(within(delays(0, 60), 60_000, 90_000)).toBe(true)
    expect(within(delays(0, 3_600), 300_000, 450_000)).toBe(true)
    expect(new Set(delays(1)).size).toBeGreaterThan(1)
  })
})

describe('refetchInterval', () => {
  const intervalOf = (options: object, state: object) =>
    (options as { refetchInterval: (query: object) => number | false | undefined }).refetchInterval({ state })

  it('a page that failed heals, if that may help', () => {
    const history = (own: typeof config) => usageHistoryQueryOptions(own, { meter: 'characters' })
    for (const factory of [
      ...Object.values(reads),
      history,
      ordersQueryOptions,
      seatsQueryOptions,
      plansQueryOptions,
    ]) {
      expect(intervalOf(factory(config), { error: passing('SERVICE_UNAVAILABLE') })).toBe(15_000)
      expect(intervalOf(factory(config), { error: passing('FORBIDDEN') })).toBe(false)
      expect(intervalOf(factory(config), { error: null, data: undefined })).toBeFalsy()
    }
  })

  it('usage is looked at again while some of it is pending', () => {
    const state = (pending: number) => ({ error: null, data: { meters: [{ pending: 0 }, { pending }] } })
    expect(intervalOf(usageQueryOptions(config), state(3))).toBe(5_000)
    expect(intervalOf(usageQueryOptions(config), state(0))).toBe(false)
  })
})

describe('mutations', () => {
  it.each([checkoutMutationOptions(config), portalMutationOptions(config)])(
    'are never paused, retried or kept',
    (options) => {
      expect(options).toMatchObject({ networkMode: 'always', retry: false, gcTime: 0 })
    },
  )
})
