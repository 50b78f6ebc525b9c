import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, renderHook, waitFor } from '@testing-library/react'
import {
  BillingError,
  BillingProvider,
  type Subscription,
  useBillingStatus,
  useSubscription,
  useUpdateSubscription,
} from 'polar-billing-kit'
import { createMemoryTransport, type Scenario, scenarios } from 'polar-billing-kit/testing'
import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { renderBillingHook } from '../renderWithBilling.js'

/** A promise that the test settles. */
function deferred<T>() {
  let resolve: (value: T) => void = () => undefined
  let reject: (reason: unknown) => void = () => undefined
  const promise = new Promise<T>((...settle) => ([resolve, reject] = settle))
  return { promise, resolve, reject }
}

/** A backend whose answers to an update the test gives, and whose reads it can watch and change. */
function backend(of: Scenario = scenarios.active) {
  const answer = deferred<Subscription>()
  const status = { ...(of.getStatus as typeof scenarios.active.getStatus) }
  const subscription = { ...(of.getSubscription as Subscription) }
  const scenario = {
    ...of,
    getStatus: vi.fn(async () => ({ ...status })),
    getSubscription: vi.fn(async () => ({ ...subscription })),
    updateSubscription: vi.fn(() => answer.promise),
  } satisfies Scenario
  return { scenario, answer, status, subscription }
}

function useAll() {
  return { status: useBillingStatus(), subscription: useSubscription(), update: useUpdateSubscription() }
}

async function renderAll(scenario: Scenario, queryClient = new QueryClient()) {
  const { result } = renderBillingHook(useAll, { scenario, queryClient })
  await waitFor(() => {
    expect(result.current.status.data).toBeDefined()
    expect(result.current.subscription.data).toBeDefined()
  })
  const isCanceling = () => [
    result.current.subscription.data?.cancelAtPeriodEnd,
    result.current.status.data?.cancelAtPeriodEnd,
  ]
  return { result, isCanceling }
}

const refused = new BillingError('CONFLICT', 'The server’s own words.')

describe('useUpdateSubscription', () => {
  it('cancel: shows before the answer, and then what the server says', async () => {
    const { scenario, answer, status, subscription } = backend()
    const { result, isCanceling } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action: 'cancel', reason: 'unused' }))
    await waitFor(() => expect(isCanceling()).toEqual([true, true]))
    expect(result.current.update.isPending).toBe(true)
    expect(scenario.updateSubscription).toHaveBeenCalledWith(
      { action: 'cancel', reason: 'unused' },
      expect.anything(),
    )
    status.cancelAtPeriodEnd = subscription.cancelAtPeriodEnd = true
    answer.resolve(subscription)
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true))
    expect(isCanceling()).toEqual([true, true])
    expect(result.current.update.data?.cancelAtPeriodEnd).toBe(true)
  })

  it.each([
    ['cancel', scenarios.active, true],
    ['resume', scenarios.canceling, false],
  ] as const)('%s: undone when the server refuses', async (action, of, shown) => {
    const { scenario, answer } = backend(of)
    const { result, isCanceling } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action }))
    await waitFor(() => expect(isCanceling()).toEqual([shown, shown]))
    // Reads fail from now on: what is shown is what was undone.
    scenario.getStatus.mockRejectedValue(refused)
    scenario.getSubscription.mockRejectedValue(refused)
    answer.reject(refused)
    await waitFor(() => expect(result.current.update.error).toBe(refused))
    expect(isCanceling()).toEqual([!shown, !shown])
  })

  it('resume: takes a planned pause back at once', async () => {
    const { scenario, subscription } = backend()
    subscription.pauseAtPeriodEnd = true
    const { result } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action: 'resume' }))
    await waitFor(() => expect(result.current.subscription.data?.pauseAtPeriodEnd).toBe(false))
  })

  it.each([
    ['cancel', 'paused'],
    ['cancel', 'canceled'],
    ['resume', 'paused'],
  ] as const)('%s: shows nothing early on what is %s', async (action, name) => {
    const { scenario, answer } = backend(scenarios[name])
    const { result } = await renderAll(scenario)
    const { data } = result.current.subscription
    act(() => result.current.update.mutate({ action }))
    await waitFor(() => expect(scenario.updateSubscription).toHaveBeenCalled())
    expect(result.current.subscription.data).toBe(data)
    answer.reject(refused)
    await waitFor(() => expect(result.current.update.isError).toBe(true))
  })

  it('behavior: what was read since is not undone: it may have happened in spite of the failure', async () => {
    const { scenario, answer, status, subscription } = backend()
    const { result, isCanceling } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action: 'cancel' }))
    await waitFor(() => expect(isCanceling()).toEqual([true, true]))
    status.cancelAtPeriodEnd = subscription.cancelAtPeriodEnd = true
    await act(() => Promise.all([result.current.status.refetch(), result.current.subscription.refetch()]))
    const failed = new BillingError('TIMEOUT', 'No answer.')
    scenario.getStatus.mockRejectedValue(refused)
    scenario.getSubscription.mockRejectedValue(refused)
    answer.reject(failed)
    await waitFor(() => expect(result.current.update.error).toBe(failed))
    expect(isCanceling()).toEqual([true, true])
  })

  it('behavior: an answer from before that is still on its way does not undo what shows', async () => {
    const { scenario, answer } = backend()
    const queryClient = new QueryClient()
    const { result, isCanceling } = await renderAll(scenario, queryClient)
    const late = deferred<Subscription>()
    scenario.getSubscription.mockImplementation(() => late.promise)
    act(() => void result.current.subscription.refetch())
    await waitFor(() => expect(queryClient.isFetching()).toBe(1))
    act(() => result.current.update.mutate({ action: 'cancel' }))
    await waitFor(() => expect(isCanceling()).toEqual([true, true]))
    await act(async () => late.resolve(scenarios.active.getSubscription))
    expect(isCanceling()).toEqual([true, true])
    answer.resolve({ ...scenarios.active.getSubscription, cancelAtPeriodEnd: true })
    await waitFor(() => expect(result.current.update.isSuccess).toBe(true))
  })

  it('change: nothing shows before the answer, and all of it after', async () => {
    const { scenario, answer, status, subscription } = backend()
    const { result } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action: 'change', planType: 'team', when: 'now' }))
    await waitFor(() => expect(scenario.updateSubscription).toHaveBeenCalled())
    expect(result.current.update.isPending).toBe(true)
    expect(result.current.subscription.data?.planType).toBe('pro')
    Object.assign(status, { planType: 'team', planName: 'Team' })
    Object.assign(subscription, { planType: 'team', planName: 'Team' })
    answer.resolve(subscription)
    await waitFor(() => expect(result.current.subscription.data?.planType).toBe('team'))
    await waitFor(() => expect(result.current.status.data?.planType).toBe('team'))
  })

  it('change: a declined card changes nothing', async () => {
    const { scenario, answer } = backend()
    const { result } = await renderAll(scenario)
    act(() => result.current.update.mutate({ action: 'change', planType: 'team' }))
    answer.reject(new BillingError('PAYMENT_REQUIRED', 'Declined.'))
    await waitFor(() =>
      expect(result.current.update.error).toMatchObject({ code: 'PAYMENT_REQUIRED', status: 402 }),
    )
    expect(result.current.subscription.data?.planType).toBe('pro')
  })

  it.each([true, false])('behavior: a double click asks once; success: %s', async (succeeds) => {
    const { scenario, answer } = backend()
    const { result, isCanceling } = await renderAll(scenario)
    act(() => {
      result.current.update.mutate({ action: 'cancel' })
      result.current.update.mutate({ action: 'cancel' })
    })
    await waitFor(() => expect(isCanceling()).toEqual([true, true]))
    scenario.getStatus.mockRejectedValue(refused)
    scenario.getSubscription.mockRejectedValue(refused)
    if (succeeds) answer.resolve({ ...scenarios.active.getSubscription, cancelAtPeriodEnd: true })
    else answer.reject(refused)
    await waitFor(() => expect(result.current.update.isPending).toBe(false))
    expect(scenario.updateSubscription).toHaveBeenCalledOnce()
    expect(isCanceling()).toEqual([succeeds, succeeds])
  })

  it.each([
    ['both fail', 'fails', [false, false]],
    ['the first one alone succeeds', 'succeeds', [true, true]],
  ] as const)('behavior: a second update waits for the first: %s', async (_name, first, shown) => {
    const { scenario } = backend()
    const [cancel, resume] = [deferred<Subscription>(), deferred<Subscription>()]
    scenario.updateSubscription.mockReturnValueOnce(cancel.promise).mockReturnValueOnce(resume.promise)
    const { result, isCanceling } = await renderAll(scenario)
    act(() => {
      result.current.update.mutate({ action: 'cancel' })
      result.current.update.mutate({ action: 'resume' })
    })
    await waitFor(() => expect(isCanceling()).toEqual([true, true]))
    expect(scenario.updateSubscription).toHaveBeenCalledOnce()
    expect(result.current.update.isPending).toBe(true)
    // Reads fail from now on: what is shown is what was undone.
    scenario.getStatus.mockRejectedValue(refused)
    scenario.getSubscription.mockRejectedValue(refused)
    if (first === 'succeeds') cancel.resolve({ ...scenarios.active.getSubscription, cancelAtPeriodEnd: true })
    else cancel.reject(refused)
    await waitFor(() => expect(scenario.updateSubscription).toHaveBeenCalledTimes(2))
    expect(isCanceling()).toEqual([false, false])
    resume.reject(refused)
    await waitFor(() => expect(result.current.update.error).toBe(refused))
    expect(isCanceling()).toEqual(shown)
  })

  it.each([true, false])(
    'behavior: everything of the organization is read again; success: %s',
    async (succeeds) => {
      const { scenario, answer } = backend()
      const queryClient = new QueryClient()
      const { result } = await renderAll(scenario, queryClient)
      const others = ['getUsage', 'listOrders', 'listSeats'].map((name) => ['billing', 'acme', name])
      const elsewhere = ['billing', 'globex', 'getUsage']
      for (const queryKey of [...others, elsewhere]) queryClient.setQueryData(queryKey, {})
      const reads = [scenario.getStatus, scenario.getSubscription].map((read) => ({
        read,
        before: read.mock.calls.length,
      }))
      act(() => result.current.update.mutate({ action: 'change', planType: 'team' }))
      if (succeeds) answer.resolve(scenarios.active.getSubscription)
      else answer.reject(refused)
      await waitFor(() => expect(result.current.update.isPending).toBe(false))
      await waitFor(() => {
        for (const { read, before } of reads) expect(read.mock.calls.length).toBeGreaterThan(before)
      })
      expect(others.map((key) => queryClient.getQueryState(key)?.isInvalidated)).toEqual([true, true, true])
      expect(queryClient.getQueryState(elsewhere)?.isInvalidated).toBe(false)
    },
  )

  it.each([true, false])('behavior: another organization in between; success: %s', async (succeeds) => {
    const { scenario, answer } = backend()
    const queryClient = new QueryClient()
    const transport = createMemoryTransport(scenario)
    let organizationId = 'acme'
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queryClient}>
        <BillingProvider transport={transport} organizationId={organizationId}>
          {children}
        </BillingProvider>
      </QueryClientProvider>
    )
    const { result, rerender } = renderHook(useAll, { wrapper })
    await waitFor(() => expect(result.current.subscription.data && result.current.status.data).toBeDefined())
    const cached = (id: string) =>
      queryClient.getQueryData<Subscription>(['billing', id, 'getSubscription'])?.cancelAtPeriodEnd
    act(() => result.current.update.mutate({ action: 'cancel' }))
    await waitFor(() => expect(cached('acme')).toBe(true))
    organizationId = 'globex'
    rerender()
    await waitFor(() => expect(result.current.subscription.data && result.current.status.data).toBeDefined())
    expect(result.current.update.isIdle).toBe(true)
    if (succeeds) answer.resolve({ ...scenarios.active.getSubscription, cancelAtPeriodEnd: true })
    else answer.reject(refused)
    await waitFor(() =>
      expect(queryClient.getQueryState(['billing', 'acme', 'getSubscription'])?.isInvalidated).toBe(true),
    )
    expect([cached('acme'), cached('globex')]).toEqual([succeeds, false])
    expect(result.current.update.isIdle).toBe(true)
  })

  it('behavior: before anything has been read', async () => {
    const updateSubscription = vi.fn(async () => scenarios.canceling.getSubscription)
    const { result } = renderBillingHook(() => useUpdateSubscription(), {
      scenario: { ...scenarios.loading, updateSubscription },
    })
    act(() => result.current.mutate({ action: 'cancel' }))
    await waitFor(() => expect(result.current.data?.cancelAtPeriodEnd).toBe(true))
  })

  it('behavior: part of the fields is completed from the catalog', async () => {
    const { result } = renderBillingHook(() => useUpdateSubscription(), {
      scenario: { updateSubscription: { status: 'active', planType: 'team' } },
    })
    act(() => result.current.mutate({ action: 'change', planType: 'team' }))
    await waitFor(() =>
      expect(result.current.data).toMatchObject({ planName: 'Team', amount: null, pendingChange: null }),
    )
  })

  it('behavior: a backend without updates says so, and nothing stays changed', async () => {
    const { getStatus, getSubscription } = scenarios.active
    const { result, isCanceling } = await renderAll({ getStatus, getSubscription })
    act(() => result.current.update.mutate({ action: 'cancel' }))
    await waitFor(() => expect(result.current.update.error).toMatchObject({ code: 'NOT_IMPLEMENTED' }))
    expect(isCanceling()).toEqual([false, false])
  })
})
