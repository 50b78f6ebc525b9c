import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import {
  BillingProvider,
  type BillingProviderProps,
  type UsageHistory,
  type UsageHistoryInput,
  type UsageTime,
  useUsageHistory,
} from 'polar-billing-kit'
import { createMemoryTransport, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderBillingHook } from '../renderWithBilling.js'

const { getUsageHistory: history } = scenarios.active

/** A backend that says what it was asked, and answers when it is told to. */
function createBackend() {
  const asked: UsageHistoryInput[] = []
  const answers: (() => void)[] = []
  const getUsageHistory = (input: UsageHistoryInput) => {
    asked.push(input)
    return new Promise<UsageHistory>((resolve) => {
      answers.push(() => resolve({ ...history, meter: input.meter, total: answers.length }))
    })
  }
  return { transport: createMemoryTransport({ getUsageHistory }), asked, answers }
}

interface PageProps extends Pick<BillingProviderProps, 'transport'> {
  organizationId?: string
  meter?: string
  range?: UsageTime
}

/** What the hook gives, where organization, meter and range can change. */
function renderPage({ transport }: PageProps) {
  const queryClient = new QueryClient()
  function Total(query: { meter: string; range: UsageTime }) {
    const { data, isPlaceholderData } = useUsageHistory(query)
    return <output>{data ? `${data.total}${isPlaceholderData ? ', for now' : ''}` : 'unknown'}</output>
  }
  const page = ({ organizationId = 'acme', meter = 'characters', range = '7d' }: Partial<PageProps>) => (
    <QueryClientProvider client={queryClient}>
      <BillingProvider transport={transport} organizationId={organizationId}>
        <Total meter={meter} range={range} />
      </BillingProvider>
    </QueryClientProvider>
  )
  const { rerender } = render(page({}))
  return {
    change: (props: Partial<PageProps>) => rerender(page(props)),
    total: () => screen.getByRole('status').textContent,
  }
}

describe('useUsageHistory', () => {
  it('default: the billing period', async () => {
    const asked: UsageHistoryInput[] = []
    const getUsageHistory = async (input: UsageHistoryInput) => {
      asked.push(input)
      return history
    }
    const { result } = renderBillingHook(() => useUsageHistory({ meter: 'characters' }), {
      scenario: { getUsageHistory },
    })
    await waitFor(() => expect(result.current.data).toEqual(history))
    expect(asked[0]).toEqual({ meter: 'characters', range: 'period' })
  })

  it('a time of your own, and an interval', async () => {
    const { transport, asked } = createBackend()
    const from = '2026-11-01T00:00:00Z'
    renderBillingHook(() => useUsageHistory({ meter: 'characters', range: { from }, interval: 'week' }), {
      transport,
    })
    await waitFor(() => expect(asked.at(-1)).toEqual({ meter: 'characters', from, interval: 'week' }))
  })

  it('TanStack’s options: select, enabled', async () => {
    const { result } = renderBillingHook(
      () => ({
        total: useUsageHistory({ meter: 'characters', select: ({ total }) => total }),
        off: useUsageHistory({ meter: 'characters', range: '7d', enabled: false }),
      }),
      { scenario: scenarios.active },
    )
    await waitFor(() => expect(result.current.total.data).toBe(history.total))
    expect(result.current.off.fetchStatus).toBe('idle')
  })

  it('keeps the last answer while the range changes', async () => {
    const { transport, answers } = createBackend()
    const { change, total } = renderPage({ transport })
    await waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.()
    await waitFor(() => expect(total()).toBe('1'))
    change({ range: '30d' })
    await waitFor(() => expect(answers).toHaveLength(2))
    expect(total()).toBe('1, for now')
    answers[1]?.()
    await waitFor(() => expect(total()).toBe('2'))
  })

  it('never keeps another meter’s, nor another organization’s', async () => {
    const { transport, answers } = createBackend()
    const { change, total } = renderPage({ transport })
    await waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.()
    await waitFor(() => expect(total()).toBe('1'))
    change({ meter: 'voices' })
    expect(total()).toBe('unknown')
    change({})
    expect(total()).toBe('1')
    change({ organizationId: 'other' })
    expect(total()).toBe('unknown')
  })

  it('signed out: nothing is fetched', () => {
    const { transport, asked } = createBackend()
    const { result } = renderBillingHook(() => useUsageHistory({ meter: 'characters' }), {
      transport,
      organizationId: null,
    })
    expect(result.current).toMatchObject({ data: undefined, fetchStatus: 'idle' })
    expect(asked).toEqual([])
  })

  it('a backend without history', async () => {
    const { result } = renderBillingHook(() => useUsageHistory({ meter: 'characters' }), {
      scenario: { getStatus: scenarios.free.getStatus },
    })
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'NOT_IMPLEMENTED' }))
  })
})
