import { QueryClient } from '@tanstack/react-query'
import { configure, screen, waitFor, within } from '@testing-library/react'
import {
  type BillingChange,
  type BillingTransport,
  CheckoutReturn,
  createTransport,
  PlanBadge,
  type SubscribeOptions,
  UsageMeter,
} from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { createRestTransport, type RestTransportOptions } from 'polar-billing-kit/rest'
import { scenarios } from 'polar-billing-kit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme')
  loop.emulator.controls.addWebhookEndpoint({
    url: `${location.origin}/api/billing/webhooks/polar`,
    secret: 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK',
  })
})
afterEach(async () => {
  vi.useRealTimers()
  configure({ reactStrictMode: false })
  setHidden(false)
  history.replaceState(null, '', location.pathname)
  await loop.close()
})

const buy = () =>
  loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: sampleCatalog.products.pro.id })
const count = (route: string) => loop.requests.filter((request) => request === route).length
const subscribed = (times: number) => waitFor(() => expect(count('GET /events')).toBe(times))

function setHidden(hidden: boolean): void {
  Object.defineProperty(document, 'hidden', { configurable: true, value: hidden })
  document.dispatchEvent(new Event('visibilitychange'))
}

/** A network of its own, which can be cut. Behind it is the real server. */
function createNetwork(options: RestTransportOptions = {}) {
  let broken = new AbortController()
  const network = {
    /** The headers of each subscription. */
    subscriptions: [] as Headers[],
    cut: () => broken.abort(),
    restore: () => {
      broken = new AbortController()
    },
    transport: createRestTransport({ ...options, baseUrl: `${location.origin}/api/billing`, fetch }),
  }
  async function fetch(url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.any([broken.signal, ...(init.signal ? [init.signal] : [])])
    const request = new Request(url, { ...init, signal })
    if (request.url.endsWith('/events')) network.subscriptions.push(request.headers)
    if (broken.signal.aborted) throw new TypeError('Failed to fetch')
    return loop.billing.fetch(request)
  }
  return network
}

const useFakeTimers = () =>
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })

/** Waits while the fake time passes. */
const eventually = (check: () => void) => vi.waitFor(check, 15_000)
const see = (text: string) => eventually(() => expect(screen.getByText(text)).toBeTruthy())

/** A backend of somebody else's, whose subscription the test drives. */
function createBackend() {
  const backend = {
    getStatus: vi.fn(async () => backend.status),
    status: scenarios.free.getStatus,
    subscriptions: [] as (SubscribeOptions & {
      tell: (change: BillingChange) => void
      end: (error?: unknown) => void
    })[],
  }
  const transport: BillingTransport = createTransport({
    getStatus: backend.getStatus,
    subscribe: (tell, options) =>
      new Promise((resolve, reject) => {
        const end = (error?: unknown): void => (error === undefined ? resolve() : reject(error))
        backend.subscriptions.push({ ...options, tell, end })
      }),
  })
  return { backend, transport }
}

/** Another tab, as far as locks and channels know. */
function openTab() {
  const { container, unmount } = renderWithBilling(<PlanBadge />, {
    transport: loop.transport,
    queryClient: new QueryClient(),
  })
  return { findByText: (text: string) => within(container).findByText(text), close: unmount }
}

describe('live changes', () => {
  it.each([
    ['', false],
    [', also in StrictMode, which mounts everything twice', true],
  ])('a webhook turns the badge, over one stream%s', async (_name, reactStrictMode) => {
    configure({ reactStrictMode })
    const tab = openTab()
    expect(await tab.findByText('Free')).toBeTruthy()
    await subscribed(1)
    buy()
    expect(await tab.findByText('Pro')).toBeTruthy()
    expect(count('GET /events')).toBe(1)
  })

  it('usage that the server records moves the meter', async () => {
    renderWithBilling(<UsageMeter meter="characters" />, { transport: loop.transport })
    const meter = await screen.findByRole('meter')
    await subscribed(1)
    await loop.billing.usage.track({
      organizationId: 'acme',
      name: 'tts_generation',
      metadata: { characters: 42 },
    })
    await waitFor(() => expect(meter.getAttribute('aria-valuetext')).toMatch(/42/))
  })

  it('tabs share one stream; when the leader closes, another takes over', async () => {
    const tabs = [openTab(), openTab(), openTab()]
    for (const tab of tabs) expect(await tab.findByText('Free')).toBeTruthy()
    await subscribed(1)
    // One request of each, and none for all the waiting.
    expect(count('GET /events')).toBe(1)
    tabs[0]?.close()
    await subscribed(2)
    buy()
    for (const tab of tabs.slice(1)) expect(await tab.findByText('Pro')).toBeTruthy()
    expect(count('GET /events')).toBe(2)
  })

  it('what changes while the network is away is heard when it is back', async () => {
    const network = createNetwork()
    renderWithBilling(<PlanBadge />, { transport: network.transport })
    expect(await screen.findByText('Free')).toBeTruthy()
    await waitFor(() => expect(network.subscriptions).toHaveLength(1))
    await loop.billing.usage.track({ organizationId: 'acme', name: 'tts_generation' })
    network.cut()
    await waitFor(() => expect(network.subscriptions.length).toBeGreaterThan(1))
    buy()
    await loop.emulator.controls.settle()
    network.restore()
    window.dispatchEvent(new Event('online'))
    expect(await screen.findByText('Pro')).toBeTruthy()
    // From where it stood.
    expect(network.subscriptions.map((headers) => headers.get('last-event-id'))).toEqual([
      null,
      ...network.subscriptions.slice(1).map(() => expect.stringMatching(/^\d+\.\d+$/)),
    ])
  })

  it('headers of the transport go with it, asked for each time', async () => {
    const network = createNetwork({ headers: async () => ({ authorization: 'Bearer token' }) })
    renderWithBilling(<PlanBadge />, { transport: network.transport })
    await waitFor(() => expect(network.subscriptions[0]?.get('authorization')).toBe('Bearer token'))
  })

  it('while nothing is heard it polls, and stops when the subscription stands again', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await screen.findByText('Free')
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    useFakeTimers()
    backend.status = scenarios.active.getStatus
    backend.subscriptions[0]?.end(new TypeError('Failed to fetch'))
    await vi.advanceTimersByTimeAsync(36_000)
    await see('Pro')
    const last = () => backend.subscriptions.at(-1)
    await eventually(() => expect(backend.subscriptions.length).toBeGreaterThan(1))
    last()?.tell({ id: '7' })
    backend.getStatus.mockClear()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(backend.getStatus).not.toHaveBeenCalled()
    last()?.end()
    await eventually(() => expect(last()?.lastEventId).toBe('7'))
  })

  it('a server that names a time is left alone for so long', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    useFakeTimers()
    backend.subscriptions[0]?.end(Object.assign(new Error('busy'), { status: 429, retryAfter: 100 }))
    await vi.advanceTimersByTimeAsync(99_000)
    expect(backend.subscriptions).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(27_000)
    expect(backend.subscriptions).toHaveLength(2)
  })

  it('a crowd of failures is answered by longer and longer waits; the network being back, by none', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    useFakeTimers()
    for (let time = 0; time < 600; time += 1) {
      backend.subscriptions.at(-1)?.end(new TypeError('Failed to fetch'))
      await vi.advanceTimersByTimeAsync(1_000)
    }
    const tries = backend.subscriptions.length
    expect(tries).toBeGreaterThan(15)
    expect(tries).toBeLessThan(40)
    // The last try may have come in the last second: it fails too, so that the next one is waited for.
    backend.subscriptions.at(-1)?.end(new TypeError('Failed to fetch'))
    await vi.advanceTimersByTimeAsync(0)
    window.dispatchEvent(new Event('online'))
    await eventually(() => expect(backend.subscriptions.length).toBe(tries + 1))
  })

  it.each([
    ['401', () => new Response(null, { status: 401 })],
    ['403', () => new Response(null, { status: 403 })],
    ['404', () => new Response(null, { status: 404 })],
    ['405', () => new Response(null, { status: 405 })],
    ['501', () => new Response(null, { status: 501 })],
    [
      'the page of the app',
      () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
    ],
  ])('a backend that answers with %s is not asked again, and nothing is polled', async (_name, answer) => {
    const getStatus = vi.fn(async () => scenarios.free.getStatus)
    const ask = vi.fn(async () => answer())
    const subscribe = { url: '/api/billing/events', fetch: ask }
    renderWithBilling(<PlanBadge />, { transport: createTransport({ getStatus, subscribe }) })
    await screen.findByText('Free')
    await waitFor(() => expect(ask).toHaveBeenCalled())
    useFakeTimers()
    getStatus.mockClear()
    await vi.advanceTimersByTimeAsync(300_000)
    expect(ask).toHaveBeenCalledOnce()
    expect(getStatus).not.toHaveBeenCalled()
  })

  it('a hidden page hears nothing; when it is seen again it catches up once', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await screen.findByText('Free')
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    setHidden(true)
    expect(backend.subscriptions[0]?.signal.aborted).toBe(true)
    backend.getStatus.mockClear()
    backend.status = scenarios.active.getStatus
    backend.subscriptions[0]?.tell({ changed: 'status' })
    useFakeTimers()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(backend.getStatus).not.toHaveBeenCalled()
    vi.useRealTimers()
    setHidden(false)
    await screen.findByText('Pro')
    await waitFor(() => expect(backend.subscriptions).toHaveLength(2))
    expect(backend.getStatus).toHaveBeenCalledOnce()
  })

  it('a page that is left lets go, so that it can be kept for "back"', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    expect(backend.subscriptions[0]?.signal.aborted).toBe(true)
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await waitFor(() => expect(backend.subscriptions).toHaveLength(2))
  })

  it('many changes are answered by one request after the other', async () => {
    const { backend, transport } = createBackend()
    renderWithBilling(<PlanBadge />, { transport })
    await screen.findByText('Free')
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    useFakeTimers()
    backend.getStatus.mockClear()
    for (let change = 0; change < 100; change += 1) {
      if (change === 99) backend.status = scenarios.active.getStatus
      backend.subscriptions[0]?.tell({ changed: 'usage' })
      await vi.advanceTimersByTimeAsync(50)
    }
    await see('Pro')
    expect(backend.getStatus.mock.calls.length).toBeLessThan(8)
  })

  it('another organization is another subscription; signed out there is none', async () => {
    const { backend, transport } = createBackend()
    const first = renderWithBilling(<PlanBadge />, { transport, organizationId: 'acme' })
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    first.unmount()
    expect(backend.subscriptions[0]?.signal.aborted).toBe(true)
    renderWithBilling(<PlanBadge />, { transport, organizationId: null })
    renderWithBilling(<PlanBadge />, { transport, organizationId: 'off', live: false })
    renderWithBilling(<PlanBadge />, { transport, organizationId: 'other' })
    await screen.findAllByText('Free')
    await waitFor(() => expect(backend.subscriptions).toHaveLength(2))
    expect(backend.subscriptions[1]).toMatchObject({ lastEventId: undefined })
  })

  it('the wait after a checkout turns at once', async () => {
    const { backend, transport } = createBackend()
    history.replaceState(null, '', '?billing=checkout&checkout_id=co_1')
    backend.status = { ...scenarios.free.getStatus, checkout: 'confirmed' }
    renderWithBilling(<CheckoutReturn />, { transport })
    await waitFor(() => expect(backend.subscriptions).toHaveLength(1))
    await waitFor(() => expect(backend.getStatus).toHaveBeenCalled())
    // No timer rings any more: not the one that asks every second, either.
    useFakeTimers()
    backend.status = { ...scenarios.active.getStatus, checkout: 'succeeded' }
    backend.subscriptions[0]?.tell({ changed: 'status' })
    await expect.poll(() => screen.queryByText(/You are on Pro/)).toBeTruthy()
  })
})
