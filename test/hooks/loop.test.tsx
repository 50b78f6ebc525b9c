import { act, waitFor } from '@testing-library/react'
import {
  useBillingStatus,
  useCheckout,
  usePlans,
  usePortal,
  useSubscription,
  useUsage,
} from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderBillingHook } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme')
})
afterEach(() => loop.close())

const buy = () =>
  loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: sampleCatalog.products.pro.id })

describe('hooks over REST, the real server and the emulator', () => {
  it('useBillingStatus', async () => {
    buy()
    const { result } = renderBillingHook(() => useBillingStatus(), { transport: loop.transport })
    await waitFor(() =>
      expect(result.current.data).toMatchObject({ status: 'active', planType: 'pro', planName: 'Pro' }),
    )
    const reads = loop.requests.filter((route) => route !== 'GET /events')
    expect(new Set(reads)).toEqual(new Set(['GET /status']))
  })

  it('useSubscription', async () => {
    buy()
    const { result } = renderBillingHook(() => useSubscription(), { transport: loop.transport })
    await waitFor(() =>
      expect(result.current.data).toMatchObject({
        amount: 2900,
        product: { name: 'Pro' },
        latestOrder: { paid: true },
      }),
    )
  })

  it('useUsage: pending at once, then counted', async () => {
    const { result } = renderBillingHook(() => useUsage(), { transport: loop.transport })
    await waitFor(() => expect(result.current.data?.meters[0]).toMatchObject({ used: 0, pending: 0 }))
    await loop.billing.usage.track({
      organizationId: 'acme',
      name: 'tts_generation',
      metadata: { characters: 42 },
    })
    await act(() => result.current.refetch())
    expect(result.current.data?.meters[0]).toMatchObject({ used: 0, pending: 42 })
    await loop.billing.usage.flush()
    await loop.emulator.controls.advanceClock({ seconds: 31 })
    // It looks again by itself while something is pending.
    await waitFor(() => expect(result.current.data?.meters[0]).toMatchObject({ used: 42, pending: 0 }), {
      timeout: 15_000,
    })
  })

  it('usePlans: signed out too', async () => {
    const { result } = renderBillingHook(() => usePlans(), {
      transport: loop.transport,
      organizationId: null,
    })
    await waitFor(() =>
      expect(result.current.data?.plans[1]).toMatchObject({
        planType: 'pro',
        prices: [{ amount: 2900 }, { unitAmount: '0.03' }],
      }),
    )
  })

  it('useCheckout and usePortal with redirect: false hand back the URL', async () => {
    const { result } = renderBillingHook(
      () => ({ checkout: useCheckout({ redirect: false }), portal: usePortal({ redirect: false }) }),
      {
        transport: loop.transport,
      },
    )
    await act(() => result.current.checkout.mutateAsync({ planType: 'pro' }))
    await waitFor(() =>
      expect(result.current.checkout.data?.checkoutUrl).toMatch(/^https:\/\/polar\.test\/checkout\//),
    )
    buy()
    await loop.emulator.controls.settle()
    await act(() => result.current.portal.mutateAsync())
    await waitFor(() => expect(result.current.portal.data?.portalUrl).toContain('customer_session_token='))
  })

  it('the provider is down: the error is typed, and nothing reads as free', async () => {
    loop.emulator.controls.takeDown()
    const { result } = renderBillingHook(() => useBillingStatus({ retry: false }), {
      transport: loop.transport,
    })
    await waitFor(() =>
      expect(result.current.error).toMatchObject({
        name: 'BillingError',
        code: 'SERVICE_UNAVAILABLE',
        retryAfter: 5,
      }),
    )
    expect(result.current.data).toBeUndefined()
  })
})
