import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, renderHook, screen, waitFor } from '@testing-library/react'
import {
  BillingError,
  BillingProvider,
  CheckoutReturn,
  PlanBadge,
  type StatusInput,
  useBillingStatus,
  useCheckoutReturn,
} from 'polar-billing-kit'
import type { PartialStatus } from 'polar-billing-kit/contract'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { createMemoryTransport, scenarios } from 'polar-billing-kit/testing'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BillingSetup, renderBillingHook, renderWithBilling } from '../renderWithBilling.js'
import { startLoop } from '../startLoop.js'

const FREE = scenarios.free.getStatus
const PRO = scenarios.active.getStatus

/** The browser comes back from the checkout. */
const comeBack = (query: string) => history.replaceState({ theirs: 1 }, '', `?${query}`)
const goNowhere = () => history.replaceState(null, '', location.pathname)
beforeEach(goNowhere)
afterEach(goNowhere)

/** A backend whose answer a test changes, and that remembers what it was asked and from which address. */
function backend(first: PartialStatus | BillingError) {
  const state = { answer: first, asked: [] as (StatusInput & { address: string })[] }
  const getStatus = async (input: StatusInput) => {
    state.asked.push({ ...input, address: location.search })
    if (state.answer instanceof Error) throw state.answer
    return state.answer
  }
  return { state, scenario: { getStatus } }
}

const renderReturn = (setup: BillingSetup, options: Parameters<typeof useCheckoutReturn>[0] = {}) =>
  renderBillingHook(() => useCheckoutReturn(options), setup)

describe('useCheckoutReturn', () => {
  it('idle: nothing was bought just now', async () => {
    const { state, scenario } = backend(FREE)
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(state.asked).not.toHaveLength(0))
    expect(result.current.state).toBe('idle')
    expect(state.asked[0]).toEqual({ address: '' })
  })

  it('cleans the address before any request, and leaves the rest of it alone', async () => {
    comeBack('tab=billing&billing=checkout&checkout_id=chk_1&customer_session_token=polar_cst_secret')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    renderReturn({ scenario })
    await waitFor(() => expect(state.asked.length).toBeGreaterThan(0))
    expect(state.asked[0]).toEqual({ fresh: true, checkoutId: 'chk_1', address: '?tab=billing' })
    expect(location.search).toBe('?tab=billing')
    expect(history.state).toEqual({ theirs: 1 })
    expect(JSON.stringify(Object.entries(sessionStorage))).not.toContain('secret')
  })

  it.each([
    ['billing=portal&tab=1', '?tab=1'],
    ['billing=canceled', ''],
    ['billing=yearly', '?billing=yearly'],
    ['customer_session_token=polar_cst_secret&a=b%20c', '?a=b+c'],
    ['a=b%20c', '?a=b%20c'],
    ['checkout_id=42&view=loan', '?checkout_id=42&view=loan'],
    ['billing=portal&checkout_id=42', '?checkout_id=42'],
  ])('%s: what the provider’s pages added goes, what is the app’s stays', async (query, left) => {
    comeBack(query)
    const { state, scenario } = backend(FREE)
    const { result } = renderReturn({ scenario, organizationId: 'visitor' })
    await waitFor(() => expect(result.current.status).toBeDefined())
    // The strict mode of React 18 asks twice.
    expect(new Set(state.asked.map((asked) => JSON.stringify(asked)))).toEqual(
      new Set([JSON.stringify({ address: left })]),
    )
    expect(result.current.state).toBe('idle')
  })

  it('waiting, then active: asks again by itself, and then about the plain status', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(result.current.state).toBe('waiting'))
    state.answer = { ...PRO, checkout: 'succeeded' }
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 10_000 })
    expect(result.current.status).toMatchObject({ planType: 'pro' })
    await waitFor(() => expect(state.asked.at(-1)).toEqual({ address: '' }))
  })

  it('a plan that was active before the purchase does not count', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { scenario } = backend({ ...PRO, checkout: 'confirmed' })
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(result.current.status).toMatchObject({ isActive: true }))
    expect(result.current.state).toBe('waiting')
  })

  it('paid_pending: paid, and not usable yet; it does not time out', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'succeeded' })
    const { result } = renderReturn({ scenario }, { timeout: 300 })
    await waitFor(() => expect(result.current.state).toBe('paid_pending'))
    state.answer = { ...PRO, checkout: 'succeeded' }
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 10_000 })
  })

  it('failed: the checkout expired', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { scenario } = backend({ ...FREE, checkout: 'expired' })
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(result.current.state).toBe('failed'))
  })

  it('failed: somebody else’s checkout; the page shows the own status again', async () => {
    comeBack('billing=checkout&checkout_id=chk_of_another')
    const getStatus = async ({ checkoutId }: StatusInput) => {
      if (checkoutId !== undefined)
        throw new BillingError('NOT_FOUND', 'This organization has no such checkout.')
      return PRO
    }
    const { result } = renderReturn({ scenario: { getStatus } })
    await waitFor(() => expect(result.current.state).toBe('failed'))
    await waitFor(() => expect(result.current.status).toMatchObject({ planType: 'pro' }))
    expect(result.current.state).toBe('failed')
  })

  it('timed_out: no news is no failure, and retry waits once more', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { result } = renderReturn({ scenario }, { timeout: 200 })
    await waitFor(() => expect(result.current.state).toBe('timed_out'))
    state.answer = { ...PRO, checkout: 'succeeded' }
    act(() => result.current.retry())
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 10_000 })
  })

  it('timed_out: an answer that comes late still turns it, and is the last that is asked about the purchase', async () => {
    comeBack('billing=checkout&checkout_id=chk_late')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { result } = renderReturn({ scenario, organizationId: 'late' }, { timeout: 200 })
    await waitFor(() => expect(result.current.state).toBe('timed_out'))
    state.answer = { ...PRO, checkout: 'succeeded' }
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(result.current.state).toBe('active'))
    await waitFor(() => expect(state.asked.at(-1)).toEqual({ address: '' }))
  })

  it('timed_out, not failed: an open checkout of which nothing more is heard', async () => {
    comeBack('billing=checkout&checkout_id=chk_open')
    const { state, scenario } = backend({ ...FREE, checkout: 'open' })
    const { result, rerender } = renderReturn({ scenario, organizationId: 'open' }, { timeout: 3_000 })
    await waitFor(() => expect(result.current.status).toMatchObject({ checkout: 'open' }))
    state.answer = new BillingError('UNAUTHORIZED', 'Sign in first.')
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(result.current.error).not.toBeNull())
    rerender()
    await waitFor(() => expect(result.current.state).toBe('timed_out'))
  })

  it('parameters: a timeout that is longer than timers can be', async () => {
    comeBack('billing=checkout&checkout_id=chk_long')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { result } = renderReturn({ scenario, organizationId: 'long' }, { timeout: Infinity })
    await waitFor(() => expect(state.asked.length).toBeGreaterThan(1))
    expect(result.current.state).toBe('waiting')
  })

  it('goes on asking while the page around it renders again and again', async () => {
    comeBack('billing=checkout&checkout_id=chk_busy')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { result, rerender } = renderReturn({ scenario, organizationId: 'busy' })
    await waitFor(() => expect(result.current.state).toBe('waiting'))
    const ticking = setInterval(rerender, 100)
    await waitFor(() => expect(state.asked.length).toBeGreaterThan(4))
    clearInterval(ticking)
  })

  it('active: what it says of the plan is not taken back by an answer from a cache', async () => {
    comeBack('billing=checkout&checkout_id=chk_cache')
    const getStatus = vi.fn(async ({ fresh }: StatusInput) =>
      fresh ? { ...PRO, checkout: 'succeeded' as const } : FREE,
    )
    const { result } = renderReturn({ scenario: { getStatus }, organizationId: 'cache' })
    await waitFor(() => expect(result.current.state).toBe('active'))
    await waitFor(() => expect(getStatus.mock.lastCall?.[0]).toEqual({}))
    expect(result.current.status).toMatchObject({ planName: 'Pro' })
  })

  it('active: says no more of the plan once another one was chosen', async () => {
    comeBack('billing=checkout&checkout_id=chk_replaced')
    const { state, scenario } = backend({ ...PRO, checkout: 'succeeded' })
    const { result } = renderReturn({ scenario, organizationId: 'replaced' })
    await waitFor(() => expect(result.current.state).toBe('active'))
    state.answer = scenarios.team.getStatus
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(result.current.status).toMatchObject({ planType: 'team' }))
    expect(result.current.state).toBe('idle')
  })

  it('active: another plan that was read before the purchase replaces nothing', async () => {
    comeBack('billing=checkout&checkout_id=chk_behind')
    const getStatus = vi.fn(async ({ fresh }: StatusInput) =>
      fresh
        ? { ...PRO, checkout: 'succeeded' as const, asOf: '2026-11-21T09:00:10.000Z' }
        : { ...scenarios.team.getStatus, asOf: '2026-11-21T09:00:00.000Z' },
    )
    const { result } = renderBillingHook(
      () => ({ ...useCheckoutReturn(), latest: useBillingStatus().data }),
      { scenario: { getStatus }, organizationId: 'behind' },
    )
    await waitFor(() => expect(result.current.latest).toMatchObject({ planType: 'team' }))
    expect(result.current).toMatchObject({ state: 'active', status: { planType: 'pro' } })
  })

  it('a switch to an organization that cannot be read does not lose the purchase of the first', async () => {
    comeBack('billing=checkout&checkout_id=chk_first')
    let isRefused = false
    const transport = createMemoryTransport({
      getStatus: async ({ fresh }) => {
        if (fresh) return { ...FREE, checkout: 'confirmed' }
        if (isRefused) throw new BillingError('NOT_FOUND', 'There is no such organization.')
        return PRO
      },
    })
    const queryClient = new QueryClient()
    const show = (organizationId: string, child: ReactNode) => (
      <QueryClientProvider client={queryClient}>
        <BillingProvider transport={transport} organizationId={organizationId}>
          <PlanBadge />
          {child}
        </BillingProvider>
      </QueryClientProvider>
    )
    const { rerender } = render(show('second', null))
    await screen.findByText('Pro')
    isRefused = true
    await queryClient.invalidateQueries()
    rerender(show('first', <CheckoutReturn />))
    await screen.findByText('Confirming…')
    rerender(show('second', <CheckoutReturn />))
    await screen.findByText('Pro')
    expect(screen.queryByText('This checkout was not completed')).toBeNull()
    rerender(show('first', <CheckoutReturn />))
    expect(await screen.findByText('Confirming your purchase…')).toBeTruthy()
  })

  it('failed: a checkout that is still open when the time is up', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { scenario } = backend({ ...FREE, checkout: 'open' })
    const { result } = renderReturn({ scenario }, { timeout: 200 })
    await waitFor(() => expect(result.current.state).toBe('failed'))
  })

  it('the server is down while waiting: it goes on waiting', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend(new BillingError('SERVICE_UNAVAILABLE', 'Later.', { retryAfter: 0 }))
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(state.asked.length).toBeGreaterThan(1))
    expect(result.current.state).toBe('waiting')
    state.answer = { ...PRO, checkout: 'succeeded' }
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 15_000 })
  })

  it('a backend that knows nothing of checkouts: what becomes active was bought', async () => {
    comeBack('billing=checkout')
    const { state, scenario } = backend({ hasActiveSubscription: false })
    const { result } = renderReturn({ scenario })
    await waitFor(() => expect(result.current.status).toMatchObject({ checkout: 'confirmed' }))
    expect(result.current.state).toBe('waiting')
    state.answer = { hasActiveSubscription: true }
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 10_000 })
  })

  it('parameters: planType, where several are sold', async () => {
    comeBack('billing=checkout')
    const { state, scenario } = backend({ isActive: true, planType: 'pro' })
    const { result } = renderReturn({ scenario }, { planType: 'enterprise' })
    await waitFor(() => expect(result.current.status).toBeDefined())
    expect(result.current.state).toBe('paid_pending')
    state.answer = { isActive: true, planType: 'enterprise' }
    await waitFor(() => expect(result.current.state).toBe('active'), { timeout: 10_000 })
  })

  it('belongs to the organization that bought', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const { unmount } = renderReturn({ scenario })
    await waitFor(() => expect(state.asked).not.toHaveLength(0))
    unmount()
    const other = backend(FREE)
    const { result } = renderReturn({ scenario: other.scenario, organizationId: 'other' })
    await waitFor(() => expect(other.state.asked).not.toHaveLength(0))
    expect(other.state.asked[0]).toEqual({ address: '' })
    expect(result.current.state).toBe('idle')
    const again = renderReturn({ scenario })
    expect(again.result.current.state).toBe('waiting')
  })

  it('who comes back before being signed in waits once signed in; the address is clean at once', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const transport = createMemoryTransport(scenario)
    const queryClient = new QueryClient()
    let organizationId: string | null = null
    const wrapper = ({ children }: { children: ReactNode }) => (
      <QueryClientProvider client={queryClient}>
        <BillingProvider transport={transport} organizationId={organizationId}>
          {children}
        </BillingProvider>
      </QueryClientProvider>
    )
    const { result, rerender } = renderHook(() => useCheckoutReturn(), { wrapper })
    expect([result.current.state, location.search]).toEqual(['idle', ''])
    // Signing in may leave the page and come back.
    expect(sessionStorage.getItem('polar-billing-kit:checkout')).toContain('chk_1')
    organizationId = 'acme'
    rerender()
    await waitFor(() => expect(state.asked[0]).toMatchObject({ checkoutId: 'chk_1' }))
    expect(result.current.state).toBe('waiting')
  })
})

describe('a page while a purchase waits', () => {
  it('never shows "Free", and turns by itself', async () => {
    comeBack('billing=checkout&checkout_id=chk_1')
    const { state, scenario } = backend({ ...FREE, checkout: 'confirmed' })
    const seen = vi.fn()
    const { container } = renderWithBilling(
      <>
        <PlanBadge />
        <CheckoutReturn />
      </>,
      { scenario },
    )
    const observer = new MutationObserver(() =>
      seen(container.querySelector('[data-billing-part="plan-name"]')?.textContent),
    )
    observer.observe(container, { subtree: true, childList: true, characterData: true })
    expect(await screen.findByText('Confirming…')).toBeTruthy()
    state.answer = { ...PRO, checkout: 'succeeded' }
    expect(await screen.findByText('You are on Pro', {}, { timeout: 10_000 })).toBeTruthy()
    expect(await screen.findByText('Pro')).toBeTruthy()
    expect(seen.mock.calls.flat()).not.toContain('Free')
    observer.disconnect()
  })

  it('never shows "Free" out of the cache, nor out of an answer that was on its way', async () => {
    comeBack('billing=checkout&checkout_id=chk_cached')
    const queryClient = new QueryClient()
    queryClient.setQueryData(['billing', 'cached', 'getStatus'], FREE)
    let answer = (): void => undefined
    const getStatus = ({ fresh }: StatusInput): Promise<PartialStatus> =>
      new Promise((resolve) => (answer = () => resolve(fresh ? { ...FREE, checkout: 'confirmed' } : FREE)))
    const ui = (child: ReactNode) => (
      <>
        <PlanBadge />
        {child}
      </>
    )
    const { rerender } = renderWithBilling(ui(null), {
      scenario: { getStatus },
      organizationId: 'cached',
      queryClient,
    })
    await screen.findByText('Free')
    window.dispatchEvent(new Event('focus'))
    const early = answer
    rerender(ui(<CheckoutReturn />))
    early()
    await waitFor(() => expect(screen.queryByText('Free')).toBeNull())
    answer()
    expect(await screen.findByText('Confirming…')).toBeTruthy()
  })

  it('over the real server and the emulator, without any webhook', async () => {
    const loop = await startLoop('acme')
    const { checkoutId } = await loop.billing.service.createCheckout(
      { organizationId: 'acme' },
      { planType: 'pro' },
    )
    comeBack(`billing=checkout&checkout_id=${checkoutId}`)
    renderWithBilling(
      <>
        <PlanBadge />
        <CheckoutReturn />
      </>,
      { transport: loop.transport },
    )
    expect(await screen.findByText('Confirming…')).toBeTruthy()
    const secret = await clientSecretOf(checkoutId)
    await fetch(`https://polar.test/v1/checkouts/client/${secret}/confirm`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ confirmation_token_id: 'token', customer_email: 'ada@example.com' }),
    })
    expect(await screen.findByText('You are on Pro', {}, { timeout: 10_000 })).toBeTruthy()
    await loop.close()
  })
})

async function clientSecretOf(checkoutId: string | undefined): Promise<string> {
  const response = await fetch(`https://polar.test/v1/checkouts/${checkoutId}`, {
    headers: { authorization: 'Bearer polar_oat_test', 'polar-version': '2026-10' },
  })
  const { client_secret: secret, product_id: product } = (await response.json()) as {
    client_secret: string
    product_id: string
  }
  expect(product).toBe(sampleCatalog.products.pro.id)
  return secret
}
