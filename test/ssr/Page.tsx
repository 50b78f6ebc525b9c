import {
  type DehydratedState,
  HydrationBoundary,
  type QueryClient,
  QueryClientProvider,
} from '@tanstack/react-query'
import {
  BillingBanner,
  BillingPage,
  BillingProvider,
  type BillingTransport,
  type Catalog,
  CheckoutReturn,
  Entitled,
  InvoiceList,
  PlanBadge,
  PortalButton,
  PricingTable,
  SeatList,
  SubscriptionCard,
  UpgradeButton,
  UsageChart,
  UsageMeter,
  UsageMeterList,
  UsageRing,
  useSuspenseBillingStatus,
  useSuspensePlans,
  useSuspenseUsage,
} from 'polar-billing-kit'
import { type ReactNode, Suspense } from 'react'
import { useIsomorphicLayoutEffect } from '../../src/hooks/useIsomorphicLayoutEffect.js'

export interface PageProps {
  queryClient: QueryClient
  transport: BillingTransport
  state: PageState
  onCommit?: () => void
}

/** What the server hands to the browser beside the HTML. */
export interface PageState {
  content: keyof typeof CONTENT
  organizationId: string | null
  catalog: Catalog
  dehydratedState: DehydratedState | null
}

/** An app's page, the same on the server and in the browser. */
export function Page({ queryClient, transport, state, onCommit }: PageProps) {
  const { organizationId, catalog, dehydratedState } = state
  return (
    <QueryClientProvider client={queryClient}>
      <HydrationBoundary state={dehydratedState ?? undefined}>
        {/* What changes meanwhile would be asked for, and that is tested elsewhere. */}
        <BillingProvider transport={transport} organizationId={organizationId} catalog={catalog} live={false}>
          <Committed onCommit={onCommit}>{CONTENT[state.content]}</Committed>
        </BillingProvider>
      </HydrationBoundary>
    </QueryClientProvider>
  )
}

function Committed({ onCommit, children }: { onCommit: (() => void) | undefined; children: ReactNode }) {
  useIsomorphicLayoutEffect(() => {
    onCommit?.()
  }, [onCommit])
  return children
}

const Components = () => (
  <main>
    <CheckoutReturn />
    <PlanBadge />
    <UsageMeter meter="characters" />
    <UpgradeButton planType="pro" />
    <PortalButton />
  </main>
)

const Suspended = () => (
  <main>
    <Suspense fallback={<p>Loading the plan</p>}>
      <Plan />
    </Suspense>
    <Suspense fallback={<p>Loading the prices</p>}>
      <Prices />
    </Suspense>
  </main>
)

function Plan() {
  const { data: status } = useSuspenseBillingStatus()
  const { data: usage } = useSuspenseUsage()
  return (
    <p>
      {status.planName}: {usage.meters[0]?.used}
    </p>
  )
}

function Prices() {
  const { data } = useSuspensePlans()
  return (
    <ul>
      {data.plans.map(({ planType, name }) => (
        <li key={planType}>{name}</li>
      ))}
    </ul>
  )
}

/** Everything that an account's page has. */
const Account = () => (
  <main>
    <BillingBanner />
    <SubscriptionCard />
    <PricingTable />
    <UsageMeterList />
    <UsageRing meter="characters" />
    <UsageChart meter="characters" />
    <InvoiceList />
    <SeatList />
    <Entitled feature="api" fallback="No API" loading="API?">
      The API
    </Entitled>
  </main>
)

const CONTENT = {
  account: <Account />,
  components: <Components />,
  page: (
    <main>
      <BillingPage />
    </main>
  ),
  suspense: <Suspended />,
} as const
