import { dehydrate, hydrate, QueryClient } from '@tanstack/react-query'
import { BillingError, type StatusInput } from 'polar-billing-kit'
import { billingStatusQueryOptions, prefetchBilling } from 'polar-billing-kit/query'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'

/** What a server would hand to the browser, by the operation. */
async function prefetched(scenario: Scenario, options: { organizationId?: null; checkoutId?: string } = {}) {
  const queryClient = new QueryClient()
  await prefetchBilling(queryClient, {
    transport: createMemoryTransport(scenario),
    organizationId: 'acme',
    catalog: scenarioCatalog,
    ...options,
  })
  const state = JSON.parse(JSON.stringify(dehydrate(queryClient))) as ReturnType<typeof dehydrate>
  const read = state.queries.map(({ queryKey, state: { data } }) => [queryKey.at(-1), data])
  return { state, read: Object.fromEntries(read) as Record<string, unknown> }
}

describe('prefetchBilling', () => {
  it('default: status, subscription, usage and plans', async () => {
    const { read } = await prefetched(scenarios.active)
    expect(Object.keys(read).toSorted()).toEqual(['getStatus', 'getSubscription', 'getUsage', 'listPlans'])
    expect(read['getStatus']).toMatchObject({ planName: 'Pro' })
  })

  it('a browser that takes it over asks nothing', async () => {
    const { state } = await prefetched(scenarios.active)
    const queryClient = new QueryClient()
    hydrate(queryClient, state)
    const getStatus = vi.fn()
    const config = { transport: createMemoryTransport({ getStatus }), organizationId: 'acme' }
    expect(await queryClient.fetchQuery(billingStatusQueryOptions(config))).toMatchObject({ planName: 'Pro' })
    expect(getStatus).not.toHaveBeenCalled()
  })

  it('what the transport lacks is left out', async () => {
    const { getStatus } = scenarios.active
    expect(Object.keys((await prefetched({ getStatus })).read)).toEqual(['getStatus'])
  })

  it('completes the answers of another backend', async () => {
    const { read } = await prefetched({ getStatus: { hasActiveSubscription: false } })
    expect(read['getStatus']).toMatchObject({ status: 'none', planName: 'Free', stale: false })
  })

  it('signed out: the public plans alone', async () => {
    const { read } = await prefetched(scenarios.active, { organizationId: null })
    expect(Object.keys(read)).toEqual(['listPlans'])
  })

  it('a failure is tried once, and nothing of it is handed on', async () => {
    const getStatus = vi.fn(async () => {
      throw new BillingError('SERVICE_UNAVAILABLE', 'Later.', { retryAfter: 60 })
    })
    const { read } = await prefetched({ ...scenarios.active, getStatus })
    expect(Object.keys(read).toSorted()).toEqual(['getSubscription', 'getUsage', 'listPlans'])
    expect(getStatus).toHaveBeenCalledOnce()
  })

  it.each([
    ['chk_1', { fresh: true, checkoutId: 'chk_1' }],
    ['', {}],
  ])('parameters: checkoutId %j asks for the status with %j', async (checkoutId, expected) => {
    const asked: StatusInput[] = []
    const getStatus = async (input: StatusInput) => {
      asked.push(input)
      return scenarios.free.getStatus
    }
    await prefetched({ getStatus }, { checkoutId })
    expect(asked).toEqual([expected])
  })
})
