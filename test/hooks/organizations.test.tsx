import {
  keepPreviousData,
  QueryClient,
  type QueryClientConfig,
  QueryClientProvider,
} from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor } from '@testing-library/react'
import {
  BillingAnnouncer,
  BillingBanner,
  BillingError,
  BillingPage,
  BillingProvider,
  type BillingTransport,
  CancelDialog,
  CheckoutReturn,
  Entitled,
  InvoiceList,
  PlanBadge,
  PlanChangeDialog,
  PortalButton,
  PricingTable,
  SeatList,
  SubscriptionCard,
  UpgradeButton,
  UsageChart,
  UsageMeter,
  UsageMeterList,
  UsageRing,
  useBillingStatus,
  useEntitlement,
  useOrders,
  useSeats,
  useSubscription,
  useUpdateSubscription,
  useUsage,
  useUsageHistory,
} from 'polar-billing-kit'
import { billingQueryKey } from 'polar-billing-kit/query'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'

// One page, two organizations: what belongs to one is never seen by the other, not for a moment.

const Status = () => JSON.stringify(useBillingStatus().data)
const Subscription = () => JSON.stringify(useSubscription().data)
const Seats = () => JSON.stringify(useSeats().data)
const Usage = () => JSON.stringify(useUsage().data)
const UsageHistory = () => JSON.stringify(useUsageHistory({ meter: 'characters' }).data)
const Orders = () => JSON.stringify(useOrders().data?.pages)
const Entitlements = () =>
  JSON.stringify([useEntitlement('api'), useEntitlement({ meter: 'characters', amount: 1 })])
const nothing = () => undefined

/** Everything that shows what an organization has: a new component or hook gets its line here. */
const SHOWN: [name: string, ui: ReactNode][] = [
  ['PlanBadge', <PlanBadge key="" />],
  ['UsageMeter', <UsageMeter key="" meter="characters" />],
  ['UpgradeButton', <UpgradeButton key="" planType="pro" />],
  ['PortalButton', <PortalButton key="" />],
  ['CheckoutReturn', <CheckoutReturn key="" />],
  ['SubscriptionCard', <SubscriptionCard key="" />],
  ['CancelDialog', <CancelDialog key="" open onClose={nothing} />],
  // Its other sections by themselves: of a whole page the answers arrive in any order.
  ['BillingPage', <BillingPage key="" sections={['subscription']} />],
  ['BillingBanner', <BillingBanner key="" />],
  ['BillingAnnouncer', <BillingAnnouncer key="" />],
  [
    'Entitled',
    <Entitled key="" feature="api" fallback="No." loading="Wait.">
      Yes.
    </Entitled>,
  ],
  ['UsageRing', <UsageRing key="" meter="characters" />],
  ['UsageMeterList', <UsageMeterList key="" />],
  ['UsageChart', <UsageChart key="" meter="characters" />],
  ['InvoiceList', <InvoiceList key="" />],
  ['SeatList', <SeatList key="" />],
  ['PricingTable', <PricingTable key="" />],
  ['PlanChangeDialog', <PlanChangeDialog key="" planType="pro" onDismiss={nothing} />],
  ['useBillingStatus', <Status key="" />],
  ['useSubscription', <Subscription key="" />],
  ['useUsage', <Usage key="" />],
  ['useUsageHistory', <UsageHistory key="" />],
  ['useOrders', <Orders key="" />],
  ['useSeats', <Seats key="" />],
  ['useEntitlement', <Entitlements key="" />],
]

const REFUSED = Object.fromEntries(
  Object.keys(scenarios.active).map((operation) => [operation, new BillingError('FORBIDDEN', 'No.')]),
)

/** What the organization has that is left, by its situation. */
const LEFT: [name: string, scenario: Scenario][] = [
  ['pays', scenarios.active],
  ['pays for seats', scenarios.team],
  ['is over its limit', scenarios.overLimit],
  [
    'has just bought',
    { ...scenarios.active, getStatus: { ...scenarios.active.getStatus, checkout: 'succeeded' } },
  ],
  [
    'waits for a payment',
    { ...scenarios.free, getStatus: { ...scenarios.free.getStatus, checkout: 'confirmed' } },
  ],
  ['cannot be read', REFUSED],
]

/** A backend that answers for whoever is signed in when it is asked; while it holds, nothing arrives. */
function createBackend(organizations: Record<string, Scenario>) {
  let signedIn = ''
  let held: (() => void)[] | undefined
  const operations = Object.keys(scenarios.active) as (keyof Scenario)[]
  const functions = operations.map((operation) => [
    operation,
    async (...call: [never]) => {
      const answer = organizations[signedIn]?.[operation]
      await new Promise<void>((resolve) => (held ? held.push(resolve) : resolve()))
      if (answer instanceof Error) throw answer
      return typeof answer === 'function' ? answer(...call) : answer
    },
  ])
  return {
    transport: createMemoryTransport(Object.fromEntries(functions) as Scenario),
    signIn: (organizationId: string | null) => {
      signedIn = organizationId ?? ''
    },
    hold: () => {
      held = []
    },
    /** Lets it all arrive, what was asked first last. */
    release: () => {
      const arriving = held?.toReversed() ?? []
      held = undefined
      for (const arrive of arriving) arrive()
    },
  }
}

interface AppProps {
  ui: ReactNode
  organizationId: string | null
  transport: BillingTransport
  queryClient: QueryClient
}

const App = ({ ui, organizationId, transport, queryClient }: AppProps) => (
  <QueryClientProvider client={queryClient}>
    <BillingProvider
      {...{ transport, organizationId, locale: 'en-US', timeZone: 'UTC' }}
      catalog={scenarioCatalog}
    >
      {ui}
    </BillingProvider>
  </QueryClientProvider>
)

/** Every markup that was seen, from now on. */
function watch(container: HTMLElement): Set<string> {
  const seen = new Set<string>()
  // React numbers ids by where they stand, and adds attributes in the order of their coming.
  const sort = (tag: string) =>
    tag
      .split(/(?= [\w-]+=")/)
      .filter((part) => !/^ (id|name|for|aria-labelledby|aria-describedby)=/.test(part))
  const look = () =>
    seen.add(
      container.innerHTML
        .replaceAll(/_r_\w+_|:r\w+:/g, '')
        .replaceAll(/(?<=<)[^>]+(?=>)/g, (tag) => sort(tag).toSorted().join('')),
    )
  new MutationObserver(look).observe(container, {
    subtree: true,
    childList: true,
    attributes: true,
    characterData: true,
  })
  look()
  return seen
}

/** A cache where the price list, which is everybody's, is known. */
function createCache(options?: QueryClientConfig): QueryClient {
  const queryClient = new QueryClient(options)
  queryClient.setQueryData(billingQueryKey(null, 'listPlans'), scenarios.active.listPlans)
  return queryClient
}

const settled = (queryClient: QueryClient) => waitFor(() => expect(queryClient.isFetching()).toBe(0))

/** What a page shows that never had another organization: while it loads, and then. */
async function fresh(ui: ReactNode, organizationId: string | null, scenario: Scenario): Promise<Set<string>> {
  const backend = createBackend({ other: scenario })
  backend.signIn(organizationId)
  backend.hold()
  const queryClient = createCache()
  const { container, unmount } = render(<App {...{ ui, organizationId, queryClient }} {...backend} />)
  const seen = watch(container)
  await act(async () => backend.release())
  await settled(queryClient)
  await waitFor(() => expect(seen.size).toBeGreaterThan(0))
  unmount()
  seen.delete('')
  return seen
}

afterEach(() => history.replaceState(null, '', location.pathname))

let count = 0

describe.each(LEFT)('from an organization that %s', (_situation, scenario) => {
  describe.each([
    ['another one', 'other'],
    ['nobody', null],
  ])('to %s', (_name, next) => {
    it.each(SHOWN)('%s', async (_shown, ui) => {
      const expected = await fresh(ui, next, scenarios.trialing)
      const before = `left-${(count += 1)}`
      history.replaceState(null, '', '?billing=checkout&checkout_id=chk_1')
      const backend = createBackend({ [before]: scenario, other: scenarios.trialing })
      backend.signIn(before)
      const queryClient = createCache({
        defaultOptions: { queries: { placeholderData: keepPreviousData } },
      })
      const page = (organizationId: string | null) => (
        <App {...{ ui, organizationId, queryClient }} {...backend} />
      )
      const { container, rerender } = render(page(before))
      await settled(queryClient)
      // Something of the one that is left is on its way.
      backend.hold()
      void queryClient.invalidateQueries()
      backend.signIn(next)
      rerender(page(next))
      const seen = watch(container)
      await act(async () => backend.release())
      await settled(queryClient)
      seen.delete('')
      expect(Array.from(seen).filter((markup) => !expected.has(markup))).toEqual([])
    })
  })
})

describe('what was done in one organization', () => {
  it('a refusal is not the other one’s', async () => {
    const refusal = new BillingError('CONFLICT', 'This organization already has the plan Gold.')
    const backend = createBackend({
      refused: { ...scenarios.free, createCheckout: refusal },
      other: scenarios.free,
    })
    backend.signIn('refused')
    const queryClient = new QueryClient()
    const ui = <UpgradeButton planType="pro" />
    const { container, rerender } = render(
      <App {...{ ui, organizationId: 'refused', queryClient }} {...backend} />,
    )
    await settled(queryClient)
    fireEvent.click(screen.getByRole('button'))
    expect(await screen.findByText(/Gold/)).toBeTruthy()
    backend.signIn('other')
    rerender(<App {...{ ui, organizationId: 'other', queryClient }} {...backend} />)
    const seen = watch(container)
    await settled(queryClient)
    await waitFor(() => expect(screen.getByRole('button').dataset['state']).toBe('idle'))
    expect(Array.from(seen).filter((markup) => markup.includes('Gold'))).toEqual([])
  })

  it.each([
    ['checkout', <UpgradeButton key="" planType="team" />],
    ['portal', <PortalButton key="" />],
  ])('its %s is not opened in the other one, nor for nobody', async (_name, ui) => {
    const left = {
      ...scenarios.active,
      createCheckout: { ...scenarios.active.createCheckout, checkoutUrl: '#left' },
      createPortalSession: { portalUrl: '#left' },
    }
    for (const next of ['other', null, undefined]) {
      const backend = createBackend({ left, other: scenarios.active })
      backend.signIn('left')
      const queryClient = new QueryClient()
      const page = (organizationId: string | null) => (
        <App {...{ ui, organizationId, queryClient }} {...backend} />
      )
      const { rerender, unmount } = render(page('left'))
      await settled(queryClient)
      backend.hold()
      fireEvent.click(screen.getByRole('button'))
      await waitFor(() => expect(queryClient.isMutating()).toBe(1))
      if (next === undefined) unmount()
      else rerender(page(next))
      await act(async () => backend.release())
      await waitFor(() => expect(queryClient.isMutating()).toBe(0))
      expect(location.hash).toBe('')
      unmount()
    }
  })

  it('a seat that was refused is not the other one’s', async () => {
    const refusal = new BillingError('CONFLICT', 'Ada has a seat already.')
    const backend = createBackend({
      refused: { ...scenarios.team, updateSeats: refusal },
      other: scenarios.team,
    })
    backend.signIn('refused')
    const queryClient = new QueryClient()
    function Assign() {
      const { assign, progress } = useSeats()
      return <button onClick={() => void assign('ada@example.org')}>{JSON.stringify(progress)}</button>
    }
    const page = (organizationId: string) => (
      <App {...{ ui: <Assign />, organizationId, queryClient }} {...backend} />
    )
    const { container, rerender } = render(page('refused'))
    await settled(queryClient)
    fireEvent.click(screen.getByRole('button'))
    await screen.findByText(/CONFLICT/)
    backend.signIn('other')
    rerender(page('other'))
    const seen = watch(container)
    await settled(queryClient)
    expect(screen.getByText('{}')).toBeTruthy()
    expect(Array.from(seen).filter((markup) => markup.includes('CONFLICT'))).toEqual([])
  })

  it('nobody is asked whether to cancel the other one’s plan', async () => {
    const backend = createBackend({ asked: scenarios.active, other: scenarios.trialing })
    const queryClient = new QueryClient()
    const page = (organizationId: string) => {
      backend.signIn(organizationId)
      return <App {...{ ui: <SubscriptionCard />, organizationId, queryClient }} {...backend} />
    }
    // Both are known, so that nothing has to load.
    const { rerender } = render(page('other'))
    await settled(queryClient)
    rerender(page('asked'))
    await settled(queryClient)
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
    expect(screen.getByRole('dialog')).toBeTruthy()
    rerender(page('other'))
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('what shows at once, and its undoing, stay where they belong', async () => {
    const backend = createBackend({
      canceling: {
        ...scenarios.active,
        updateSubscription: new BillingError('SERVICE_UNAVAILABLE', 'Later.'),
      },
      other: scenarios.active,
    })
    backend.signIn('canceling')
    const queryClient = new QueryClient()
    function Cancel() {
      const { mutate } = useUpdateSubscription()
      const { data } = useSubscription()
      return <button onClick={() => mutate({ action: 'cancel' })}>{String(data?.cancelAtPeriodEnd)}</button>
    }
    const page = (organizationId: string) => (
      <App {...{ ui: <Cancel />, organizationId, queryClient }} {...backend} />
    )
    const { container, rerender } = render(page('canceling'))
    await screen.findByText('false')
    backend.hold()
    fireEvent.click(screen.getByText('false'))
    await screen.findByText('true')
    backend.signIn('other')
    rerender(page('other'))
    const seen = watch(container)
    await act(async () => backend.release())
    await screen.findByText('false')
    await settled(queryClient)
    expect(Array.from(seen).filter((markup) => markup.includes('true'))).toEqual([])
    const known = queryClient.getQueryData(['billing', 'canceling', 'getSubscription'])
    expect(known).toMatchObject({ cancelAtPeriodEnd: false })
  })
})

describe('live changes', () => {
  it('follow the organization, and end where nobody is signed in', async () => {
    const signals: AbortSignal[] = []
    const subscribe = vi.fn((_onChange: unknown, { signal }: { signal: AbortSignal }) => {
      signals.push(signal)
      return new Promise<void>(() => undefined)
    })
    const transport = { ...createMemoryTransport(scenarios.active), subscribe }
    const queryClient = new QueryClient()
    const page = (organizationId: string | null) => (
      <App {...{ ui: null, organizationId, transport, queryClient }} />
    )
    const { rerender } = render(page('live-1'))
    await waitFor(() => expect(signals).toHaveLength(1))
    rerender(page('live-2'))
    await waitFor(() => expect(signals).toHaveLength(2))
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false])
    rerender(page(null))
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true])
  })
})
