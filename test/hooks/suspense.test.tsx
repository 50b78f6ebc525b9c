import { QueryClient, QueryErrorResetBoundary } from '@tanstack/react-query'
import { fireEvent, screen, waitFor } from '@testing-library/react'
import {
  BillingError,
  useSuspenseBillingStatus,
  useSuspenseOrders,
  useSuspensePlans,
  useSuspenseSeats,
  useSuspenseSubscription,
  useSuspenseUsage,
  useSuspenseUsageHistory,
  type UsageHistoryInput,
  type UsageRange,
} from 'polar-billing-kit'
import { type Scenario, scenarios } from 'polar-billing-kit/testing'
import { Component, type ReactNode, Suspense } from 'react'
import { afterEach, beforeEach, describe, expect, expectTypeOf, it, type MockInstance, vi } from 'vitest'
import { type BillingSetup, renderWithBilling } from '../renderWithBilling.js'

// React reports what a boundary catches.
let log: MockInstance
beforeEach(() => {
  log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
})
afterEach(() => log.mockRestore())

interface Caught {
  error?: Partial<BillingError>
}

class ErrorBoundary extends Component<{ onReset: () => void; children: ReactNode }, Caught> {
  override state: Caught = {}
  static getDerivedStateFromError = (error: BillingError): Caught => ({ error })
  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    const reset = () => {
      this.props.onReset()
      this.setState({ error: undefined as never })
    }
    return (
      <>
        <p role="alert">{`${error.name} ${error.code}: ${error.message}`}</p>
        <button onClick={reset}>Again</button>
      </>
    )
  }
}

const Status = () => useSuspenseBillingStatus().data.planName
const Subscription = () => useSuspenseSubscription().data.status
const Usage = () => useSuspenseUsage().data.meters[0]?.name
const Plans = () => useSuspensePlans().data.plans.map(({ name }) => name)

const History = ({ range }: { range?: UsageRange }) => {
  const { data } = useSuspenseUsageHistory({ meter: 'characters', range })
  return `${data.total} ${data.unit}`
}
const Orders = () => useSuspenseOrders().data.pages[0]?.orders.map(({ description }) => description)
const Seats = () => `${useSuspenseSeats().data.total} seats`

const HOOKS = [
  ['useSuspenseBillingStatus', 'getStatus', <Status key="" />, 'Pro'],
  ['useSuspenseSubscription', 'getSubscription', <Subscription key="" />, 'active'],
  ['useSuspenseUsage', 'getUsage', <Usage key="" />, 'Characters'],
  ['useSuspenseUsageHistory', 'getUsageHistory', <History key="" />, /characters/],
  ['useSuspenseOrders', 'listOrders', <Orders key="" />, /Pro/],
  ['useSuspenseSeats', 'listSeats', <Seats key="" />, '0 seats'],
  ['useSuspensePlans', 'listPlans', <Plans key="" />, /Pro/],
] as const

const renderReader = (reader: ReactNode, setup: BillingSetup) =>
  renderWithBilling(
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary onReset={reset}>
          <Suspense fallback={<p>Loading</p>}>
            <p>{reader}</p>
          </Suspense>
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>,
    setup,
  )

describe.each(HOOKS)('%s', (_name, operation, reader, expected) => {
  it('suspends, then gives the answer', async () => {
    renderReader(reader, { scenario: scenarios.active })
    expect(screen.getByText('Loading')).toBeTruthy()
    expect(await screen.findByText(expected)).toBeTruthy()
    expect(log).not.toHaveBeenCalled()
  })

  it('a failure goes to the error boundary as a BillingError, and trying again heals', async () => {
    const scenario: { -readonly [Name in keyof Scenario]: Scenario[Name] } = { ...scenarios.active }
    let isDown = true
    const answer = scenario[operation]
    scenario[operation] = (async () => {
      if (isDown) throw new BillingError('FORBIDDEN', 'Not yours.')
      return answer
    }) as never
    renderReader(reader, { scenario })
    expect((await screen.findByRole('alert')).textContent).toBe('BillingError FORBIDDEN: Not yours.')
    isDown = false
    fireEvent.click(screen.getByText('Again'))
    expect(await screen.findByText(expected)).toBeTruthy()
  })

  it('an operation that the backend lacks is NOT_IMPLEMENTED', async () => {
    renderReader(reader, { scenario: {} })
    expect((await screen.findByRole('alert')).textContent).toContain('NOT_IMPLEMENTED')
  })

  it('what is known stays when a later read fails', async () => {
    const queryClient = new QueryClient()
    const scenario: Scenario = scenarios.active
    let isDown = false
    const read = vi.fn(async () => {
      if (isDown) throw new BillingError('FORBIDDEN', 'Not yours.')
      return scenario[operation]
    })
    renderReader(reader, { queryClient, scenario: { [operation]: read } })
    expect(await screen.findByText(expected)).toBeTruthy()
    isDown = true
    read.mockClear()
    await queryClient.invalidateQueries({ queryKey: ['billing'] })
    expect(read).toHaveBeenCalled()
    expect(screen.getByText(expected)).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })
})

describe('signed out', () => {
  it.each(HOOKS.filter(([, operation]) => operation !== 'listPlans'))(
    '%s: there is nothing to wait for, and the error says what to do',
    async (_name, operation, reader) => {
      const read = vi.fn()
      renderReader(reader, { scenario: { [operation]: read }, organizationId: null })
      expect((await screen.findByRole('alert')).textContent).toMatch(/UNAUTHORIZED.*organizationId/)
      expect(read).not.toHaveBeenCalled()
    },
  )

  it('useSuspensePlans: the price list is public', async () => {
    renderReader(<Plans />, { scenario: scenarios.active, organizationId: null })
    expect(await screen.findByText(/Pro/)).toBeTruthy()
  })
})

describe('useSuspense…', () => {
  it('parameters: select; the data is never undefined', async () => {
    function PlanName() {
      const { data } = useSuspenseBillingStatus({ select: ({ planName }) => planName })
      expectTypeOf(data).toEqualTypeOf<string | null>()
      return data
    }
    renderReader(<PlanName />, { scenario: scenarios.active })
    await waitFor(() => expect(screen.getByText('Pro')).toBeTruthy())
  })

  it('useSuspenseUsage of one meter: what is consumed shows at once', async () => {
    function Characters() {
      const { data, consume } = useSuspenseUsage({ meter: 'characters' })
      return <button onClick={() => consume(500)}>{data?.pending}</button>
    }
    renderReader(<Characters />, { scenario: scenarios.active })
    fireEvent.click(await screen.findByText('0'))
    expect(await screen.findByText('500')).toBeTruthy()
  })

  it('another range suspends, and never shows the last one’s numbers', async () => {
    const totals: Partial<Record<string, number>> = { '7d': 7, '30d': 30 }
    const getUsageHistory = async ({ range = 'period' }: UsageHistoryInput) => ({
      ...scenarios.active.getUsageHistory,
      total: totals[range] ?? 0,
    })
    const queryClient = new QueryClient()
    const setup = { queryClient, scenario: { getUsageHistory } }
    const { unmount } = renderReader(<History range="7d" />, setup)
    expect(await screen.findByText('7 characters')).toBeTruthy()
    unmount()
    renderReader(<History range="30d" />, setup)
    expect(screen.getByText('Loading')).toBeTruthy()
    expect(await screen.findByText('30 characters')).toBeTruthy()
  })

  it('useSuspenseOrders: the next page adds to the first', async () => {
    const { orders } = scenarios.active.listOrders
    const listOrders = async ({ cursor }: { cursor?: string | undefined }) =>
      cursor === undefined ? { orders, nextCursor: 'p2' } : { orders: [], nextCursor: null }
    function Pages() {
      const { data, fetchNextPage } = useSuspenseOrders()
      return <button onClick={() => void fetchNextPage()}>{data.pages.length}</button>
    }
    renderReader(<Pages />, { scenario: { listOrders } })
    fireEvent.click(await screen.findByText('1'))
    expect(await screen.findByText('2')).toBeTruthy()
  })
})
