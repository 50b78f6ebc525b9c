import {
  BillingBannerView,
  BillingError,
  CancelDialogView,
  CheckoutReturnView,
  InvoiceListView,
  PlanBadgeView,
  PlanChangeDialogView,
  PortalButtonView,
  PricingTableView,
  SeatListView,
  SeatsDialogView,
  SubscriptionCardView,
  UpgradeButtonView,
  UsageChartView,
  UsageMeterListView,
  UsageMeterView,
  UsageRingView,
} from 'polar-billing-kit'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { cloneElement, type ReactElement } from 'react'

const { active, canceling, free, stale, team } = scenarios
const { plans } = free.listPlans
const { meters } = active.getUsage
const [meter] = meters
const offline = new BillingError('NETWORK_ERROR', 'No network.')
const nothing = (): void => undefined

const now = new Date('2026-12-06T09:00:00Z')
const pendingChange = { planType: 'team', seats: 5, appliesAt: '2026-12-21T09:00:00.000Z' }
const pro = plans.find(({ planType }) => planType === 'pro')
const monthly = { ...active.getSubscription, amount: 900 }
const full = { ...team.listSeats, total: 3, available: 0 }

/** Every View, with as many of its parts as it shows at once. */
export const everyView: { name: string; view: ReactElement }[] = [
  {
    name: 'banner',
    view: (
      <BillingBannerView
        notice={{ kind: 'past_due', at: '2026-12-21T09:00:00.000Z', meters: [] }}
        now={now}
        actions={<PortalButtonView error={offline} />}
        onDismiss={nothing}
      />
    ),
  },
  {
    name: 'cancel dialog',
    view: (
      <CancelDialogView
        subscription={active.getSubscription}
        offer="Or pause it?"
        onConfirm={nothing}
        onClose={nothing}
      />
    ),
  },
  { name: 'return', view: <CheckoutReturnView state="timed_out" onRetry={nothing} /> },
  {
    name: 'invoices',
    view: (
      <InvoiceListView
        orders={active.listOrders.orders.map((order) => ({ ...order, refundedAmount: 500 }))}
        onInvoice={nothing}
        progress={{ ord_3: offline }}
        more="error"
        onMore={nothing}
      />
    ),
  },
  { name: 'invoices, none', view: <InvoiceListView orders={[]} /> },
  { name: 'invoices, loading', view: <InvoiceListView /> },
  { name: 'invoices, unavailable', view: <InvoiceListView error={offline} onRetry={nothing} /> },
  { name: 'badge', view: <PlanBadgeView status={canceling.getStatus} /> },
  {
    name: 'plan dialog',
    view: (
      <PlanChangeDialogView
        subscription={monthly}
        plan={pro}
        catalog={scenarioCatalog}
        now={now}
        onWhenChange={nothing}
        error={new BillingError('PAYMENT_REQUIRED', 'Declined.')}
        portal={<PortalButtonView />}
        onConfirm={nothing}
        onDismiss={nothing}
      />
    ),
  },
  {
    name: 'price list',
    view: (
      <PricingTableView
        plans={plans}
        catalog={scenarioCatalog}
        standing={{ status: free.getStatus, subscription: free.getSubscription }}
        failure={{ planType: 'pro', action: 'checkout', error: offline }}
        onSelect={nothing}
      />
    ),
  },
  { name: 'price list, unavailable', view: <PricingTableView error={offline} /> },
  {
    name: 'seats',
    view: (
      <SeatListView
        seats={team.listSeats}
        onAssign={nothing}
        onRevoke={nothing}
        onResend={nothing}
        onChangeSeats={nothing}
        pendingChange={pendingChange}
        confirming={team.listSeats.seats[0]?.id}
        progress={{ assign: offline }}
      />
    ),
  },
  {
    name: 'seats dialog',
    view: (
      <SeatsDialogView
        subscription={team.getSubscription}
        seats={team.listSeats}
        value="7"
        now={now}
        onValueChange={nothing}
        onWhenChange={nothing}
        error={new BillingError('PAYMENT_REQUIRED', 'Declined.')}
        portal={<PortalButtonView />}
        onConfirm={nothing}
        onDismiss={nothing}
      />
    ),
  },
  { name: 'seats, all taken', view: <SeatListView seats={full} buyMore={<UpgradeButtonView />} /> },
  { name: 'seats, loading', view: <SeatListView /> },
  {
    name: 'subscription',
    view: (
      <SubscriptionCardView
        subscription={{ ...stale.getSubscription, pendingChange }}
        actions={<PortalButtonView error={offline} />}
      />
    ),
  },
  { name: 'subscription, loading', view: <SubscriptionCardView /> },
  { name: 'upgrade button', view: <UpgradeButtonView error={offline} /> },
  { name: 'upgrade button, busy', view: <UpgradeButtonView state="busy" /> },
  {
    name: 'chart',
    view: <UsageChartView history={stale.getUsageHistory} onRangeChange={nothing} />,
  },
  { name: 'chart, unavailable', view: <UsageChartView error={offline} onRangeChange={nothing} /> },
  { name: 'meters', view: <UsageMeterListView meters={meters} stale /> },
  { name: 'meters, loading', view: <UsageMeterListView /> },
  { name: 'meter', view: <UsageMeterView meter={meter} stale /> },
  { name: 'ring', view: <UsageRingView meter={meter} stale /> },
  { name: 'ring, loading', view: <UsageRingView /> },
]

/** A View without what an app puts into it: that has classes of its own. */
export function withoutGiven(view: ReactElement): ReactElement<object> {
  const names = Object.keys(view.props as object).filter((name) => /^(actions|portal|buyMore)$/.test(name))
  return cloneElement(
    view as ReactElement<object>,
    Object.fromEntries(names.map((name) => [name, undefined])),
  )
}
