import { act, screen, waitFor } from '@testing-library/react'
import { type Usage, UsageMeter, useUsage } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { CompleteMeterUsage, CompleteUsage } from 'polar-billing-kit'
import { renderBillingHook, renderWithBilling } from '../renderWithBilling.js'
import { startLoop } from '../startLoop.js'

const { getUsage: free } = scenarios.free

describe('useUsage({ meter })', () => {
  it('default: that meter alone', async () => {
    const { result } = renderBillingHook(() => useUsage({ meter: 'characters' }))
    await waitFor(() => expect(result.current.data).toEqual(free.meters[0]))
    expectTypeOf(result.current.data).toEqualTypeOf<CompleteMeterUsage | undefined>()
  })

  it('a meter that the answer does not have', async () => {
    const { result } = renderBillingHook(() => useUsage({ meter: 'storage' }))
    await waitFor(() => expect(result.current.isSuccess).toBe(true))
    expect(result.current.data).toBeUndefined()
  })

  it('without a meter: everything, and options as before', async () => {
    const { result } = renderBillingHook(() => ({
      all: useUsage(),
      currency: useUsage({ select: ({ currency }) => currency }),
    }))
    await waitFor(() => expect(result.current.all.data).toEqual(free))
    expect(result.current.currency.data).toBe('USD')
    expectTypeOf(result.current.all.data).toEqualTypeOf<CompleteUsage | undefined>()
    expect('consume' in result.current.all).toBe(false)
  })

  it('consume: everything that shows the meter shows it, until it is taken back', async () => {
    let takeBack: () => void = () => undefined
    function Generate() {
      const { data, consume } = useUsage({ meter: 'characters' })
      return <button onClick={() => (takeBack = consume(250))}>{data?.remaining ?? '…'} left</button>
    }
    renderWithBilling(
      <>
        <UsageMeter meter="characters" />
        <Generate />
      </>,
    )
    ;(await screen.findByText('680 left')).click()
    await screen.findByText('430 left')
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe(
      '570 of 1,000 characters, 250 pending',
    )
    act(() => takeBack())
    await screen.findByText('680 left')
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe('320 of 1,000 characters')
  })

  it('consume: taken back before it was added', async () => {
    const { result } = renderBillingHook(() => useUsage({ meter: 'characters' }))
    await waitFor(() => expect(result.current.data?.pending).toBe(0))
    act(() => result.current.consume(250)())
    act(() => void result.current.consume(10))
    await waitFor(() => expect(result.current.data?.pending).toBe(10))
  })

  it('consume: the server knows better, and is asked by itself', async () => {
    let answer: Usage = free
    const { result } = renderBillingHook(() => useUsage({ meter: 'characters' }), {
      scenario: { getUsage: async () => answer },
    })
    await waitFor(() => expect(result.current.data?.used).toBe(320))
    answer = { ...free, meters: free.meters.map((meter) => ({ ...meter, used: 520, remaining: 480 })) }
    act(() => void result.current.consume(250))
    await waitFor(() => expect(result.current.data).toMatchObject({ used: 320, pending: 250 }))
    await waitFor(() => expect(result.current.data).toMatchObject({ used: 520, pending: 0 }))
  })

  it('signed out: nothing is known, and nothing is counted', async () => {
    const { result } = renderBillingHook(() => useUsage({ meter: 'characters' }), { organizationId: null })
    act(() => result.current.consume(1)())
    expect(result.current.data).toBeUndefined()
  })

  it('over REST, the real server and the emulator: what the server accepts takes the place of what was shown before', async () => {
    const loop = await startLoop('acme')
    try {
      const { result } = renderBillingHook(() => useUsage({ meter: 'characters' }), {
        transport: loop.transport,
      })
      await waitFor(() => expect(result.current.data).toMatchObject({ used: 0, pending: 0 }))
      act(() => void result.current.consume(42))
      await waitFor(() => expect(result.current.data).toMatchObject({ pending: 42, remaining: 958 }))
      await loop.billing.usage.track({
        organizationId: 'acme',
        name: 'tts_generation',
        metadata: { characters: 40 },
      })
      await act(() => result.current.refetch())
      expect(result.current.data).toMatchObject({ used: 0, pending: 40, remaining: 960 })
    } finally {
      await loop.close()
    }
  })
})
