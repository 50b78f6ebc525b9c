// What an app with a registered catalog may write, checked against the built package: run by `npm run check`.
import {
  BillingBanner,
  BillingBannerView,
  BillingPage,
  type BillingStatus,
  CancelDialog,
  CancelDialogView,
  defineCatalog,
  Entitled,
  type PlanId,
  PlanBadge,
  SubscriptionCard,
  SubscriptionCardView,
  PlanChangeDialog,
  PricingTable,
  UpgradeButton,
  UsageChart,
  UsageMeter,
  UsageMeterList,
  UsageRing,
  useBilling,
  useBillingStatus,
  useCheckout,
  useCheckoutReturn,
  useUpdateSubscription,
  useEntitlement,
  useInvoice,
  useOrders,
  usePlans,
  usePortal,
  useSeats,
  useSubscription,
  useSuspenseBillingStatus,
  useSuspenseOrders,
  useSuspensePlans,
  useSuspenseSeats,
  useSuspenseSubscription,
  useSuspenseUsage,
  useSuspenseUsageHistory,
  useUsage,
  useUsageHistory,
} from 'polar-billing-kit'
import { createBilling } from 'polar-billing-kit/server'
import { createServiceTransport } from 'polar-billing-kit/service'

const catalog = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: {
    free: { name: 'Free', limits: { characters: 1_000 } },
    pro: { name: 'Pro', features: ['api'] },
    enterprise: { name: 'Enterprise', contact: 'mailto:sales@example.com' },
  },
  meters: { characters: { name: 'Characters', unit: 'characters' } },
  features: { api: { name: 'API' } },
})

declare module 'polar-billing-kit' {
  interface Register {
    catalog: typeof catalog
  }
}

declare module 'polar-billing-kit/server' {
  interface Identity {
    role?: 'admin' | 'member'
  }
}

export const plan: PlanId = 'pro'
// @ts-expect-error -- no such plan
export const noPlan: PlanId = 'gold'

export function Page() {
  const checkout = useCheckout()
  useCheckout({ mode: 'embed', theme: 'dark' })
  // @ts-expect-error -- no such mode
  useCheckout({ mode: 'popup' })
  const { data: planType } = useBillingStatus({ select: (status) => status.planType })
  const { data: usage } = useUsage()
  const known: 'free' | 'pro' | 'enterprise' | null | undefined = planType
  // @ts-expect-error -- never "gold"
  const isGold = planType === 'gold'
  // @ts-expect-error -- no such meter
  const storage = usage?.meters.find(({ key }) => key === 'storage')
  const { data: suspended } = useSuspenseBillingStatus()
  const { data: suspendedUsage } = useSuspenseUsage()
  const { data: suspendedHistory } = useSuspenseUsageHistory({ meter: 'characters', range: '30d' })
  const { data: suspendedSeats } = useSuspenseSeats({ select: ({ total }) => total })
  const { data: suspendedOrders } = useSuspenseOrders()
  // Never undefined.
  const certainToo: [number, number, number] = [
    suspendedHistory.total,
    suspendedSeats,
    suspendedOrders.pages.length,
  ]
  // @ts-expect-error -- no such meter
  useSuspenseUsageHistory({ meter: 'storage' })
  // Never undefined.
  const certain: [string | null, number] = [suspended.planName, suspendedUsage.meters.length]
  // @ts-expect-error -- never "gold"
  const isSuspendedGold = suspended.planType === 'gold'
  const characters = useUsage({ meter: 'characters' })
  const takeBack: () => void = characters.consume(3)
  // @ts-expect-error -- no such meter
  useUsage({ meter: 'storage' })
  // @ts-expect-error -- one meter is selected already
  useUsage({ meter: 'characters', select: () => 1 })
  // @ts-expect-error -- a meter is what is consumed
  useUsage().consume(3)
  // @ts-expect-error -- an amount is a number
  characters.consume('3')
  const history = useUsageHistory({ meter: 'characters', range: '30d', interval: 'day' })
  const from = '2026-11-01T00:00:00Z'
  const total = useUsageHistory({ meter: 'characters', range: { from }, select: (one) => one.total })
  const sum: number | undefined = total.data
  // @ts-expect-error -- which meter?
  useUsageHistory({ range: '30d' })
  // @ts-expect-error -- no such meter
  useUsageHistory({ meter: 'storage' })
  // @ts-expect-error -- no such range
  useUsageHistory({ meter: 'characters', range: '31d' })
  // @ts-expect-error -- no such interval
  useUsageHistory({ meter: 'characters', interval: 'year' })
  checkout.mutate({ planType: 'pro' })
  // @ts-expect-error -- no such plan
  checkout.mutate({ planType: 'gold' })
  // @ts-expect-error -- the default plan is not for sale
  checkout.mutate({ planType: 'free' })
  // @ts-expect-error -- nor is one that is sold by people
  checkout.mutate({ planType: 'enterprise' })
  // @ts-expect-error -- not an interval
  checkout.mutate({ planType: 'pro', interval: 'week' })
  const update = useUpdateSubscription()
  update.mutate({ action: 'change', planType: 'pro', interval: 'year', when: 'period_end' })
  // @ts-expect-error -- no such plan
  update.mutate({ action: 'change', planType: 'gold' })
  // @ts-expect-error -- nobody changes to the default plan: they cancel
  update.mutate({ action: 'change', planType: 'free' })
  // @ts-expect-error -- not a moment
  update.mutate({ action: 'change', planType: 'pro', when: 'tomorrow' })
  // @ts-expect-error -- not a reason
  update.mutate({ action: 'cancel', reason: 'bored' })
  return (
    <>
      <PlanBadge
        className="mine"
        onClick={takeBack}
        title={[
          known,
          isGold,
          storage?.key,
          certain,
          certainToo,
          isSuspendedGold,
          history.data?.unit,
          sum,
        ].join()}
      />
      <UsageMeter meter="characters" />
      {/* @ts-expect-error -- no such meter */}
      <UsageMeter meter="storage" />
      <UsageRing meter="characters" />
      {/* @ts-expect-error -- no such meter */}
      <UsageRing meter="storage" />
      <UsageChart meter="characters" defaultRange="30d" />
      {/* @ts-expect-error -- no such meter */}
      <UsageChart meter="storage" />
      {/* @ts-expect-error -- no such range */}
      <UsageChart meter="characters" range="31d" />
      <UpgradeButton planType="pro" />
      <PricingTable
        defaultInterval="year"
        messages={{ startTrial: 'Try {plan}' }}
        onSelect={(planType, interval, { verb, seats }) => {
          const chosen: ['pro', 'month' | 'year', number | undefined] = [planType, interval, seats]
          // @ts-expect-error -- nothing that a button does
          return verb === 'steal' ? chosen : undefined
        }}
      />
      {/* @ts-expect-error -- not an interval */}
      <PricingTable interval="week" />
      {/* @ts-expect-error -- no such text */}
      <PricingTable messages={{ steal: '' }} />
      <PricingTable mode="embed" theme="dark" />
      {/* @ts-expect-error -- no such mode */}
      <PricingTable mode="popup" />
      <BillingPage
        sections={['plans', 'usage']}
        checkoutMode="embed"
        messages={{ plans: 'Choose a plan' }}
        classNames={{ section: 'card', heading: 'title' }}
        onSelect={(planType) => {
          const chosen: 'pro' = planType
          return chosen
        }}
      />
      {/* @ts-expect-error -- no such section */}
      <BillingPage sections={['orders']} />
      {/* @ts-expect-error -- no such text */}
      <BillingPage messages={{ orders: '' }} />
      {/* @ts-expect-error -- no such part */}
      <BillingPage classNames={{ header: '' }} />
      <BillingPage
        classNames={{ button: '', PricingTable: { plan: '', PlanChangeDialog: { title: '' } } }}
        renderButton={({ 'data-variant': variant = 'primary', href, ...props }) => {
          const look: 'primary' | 'quiet' | 'danger' = variant
          return href === undefined ? (
            <button {...props} title={look} />
          ) : (
            <a {...props} href={href}>
              Own
            </a>
          )
        }}
      />
      <BillingPage renderButton={<button aria-label="Own" />} />
      {/* @ts-expect-error -- no such component on it */}
      <BillingPage classNames={{ PlanBadge: {} }} />
      {/* @ts-expect-error -- no such part of that component */}
      <BillingPage classNames={{ PricingTable: { seat: '' } }} />
      {/* @ts-expect-error -- it has no buttons */}
      <UsageMeterList renderButton={<button aria-label="Own" />} />
      <PlanChangeDialog planType="pro" onDismiss={() => undefined} />
      {/* @ts-expect-error -- nobody changes to a plan that is sold by people */}
      <PlanChangeDialog planType="enterprise" onDismiss={() => undefined} />
      {/* @ts-expect-error -- no such plan */}
      <UpgradeButton planType="gold" />
    </>
  )
}

const now = new Date()
export function Account() {
  const close = () => undefined
  return (
    <>
      <SubscriptionCard className="mine" offer={<UpgradeButton planType="pro" />} />
      {/* @ts-expect-error -- the connected card reads it itself */}
      <SubscriptionCard subscription={undefined} />
      {/* @ts-expect-error -- no such part */}
      <SubscriptionCardView classNames={{ heading: 'mine' }} />
      <CancelDialog open onClose={close} messages={{ unused: 'I was bored' }} />
      {/* @ts-expect-error -- somebody has to close it */}
      <CancelDialog open />
      {/* @ts-expect-error -- no such text */}
      <CancelDialog open onClose={close} messages={{ bored: 'I was bored' }} />
      <CancelDialogView
        onClose={close}
        onConfirm={({ reason, comment }) => {
          // @ts-expect-error -- no such reason
          console.log(comment, reason === 'bored')
        }}
      />
      {/* @ts-expect-error -- a dialog can be no other element */}
      <CancelDialogView onClose={close} onConfirm={close} render={<div />} />
      <BillingBanner trialEndingDays={7} onUpgrade={close} />
      <BillingBannerView now={now} notice={{ kind: 'paused', at: null, meters: [] }} />
      {/* @ts-expect-error -- a trial that ends ends some day */}
      <BillingBannerView now={now} notice={{ kind: 'trial_ending', at: null, meters: [] }} />
      {/* @ts-expect-error -- no such notice */}
      <BillingBannerView now={now} notice={{ kind: 'bored', at: null, meters: [] }} />
    </>
  )
}

export function Gates() {
  const api = useEntitlement('api')
  useEntitlement({ meter: 'characters', amount: 100 }, { whenUnknown: 'deny' })
  // @ts-expect-error -- no such feature
  useEntitlement('sso')
  // @ts-expect-error -- no such meter
  useEntitlement({ meter: 'storage' })
  // @ts-expect-error -- no such policy
  useEntitlement('api', { whenUnknown: 'maybe' })
  // @ts-expect-error -- it may be unknown
  const isAllowed: boolean = api.allowed
  return (
    <>
      <Entitled feature="api" fallback={<p>Upgrade</p>} loading={null}>
        {String(isAllowed)}
      </Entitled>
      <Entitled meter="characters" amount={100} whenUnknown="allow">
        {({ allowed, reason }) => `${String(allowed)} ${reason}`}
      </Entitled>
      {/* @ts-expect-error -- no such feature */}
      <Entitled feature="sso">Sign in</Entitled>
      {/* @ts-expect-error -- no such meter */}
      <Entitled meter="storage">Store</Entitled>
      {/* @ts-expect-error -- one or the other */}
      <Entitled feature="api" meter="characters">
        Both
      </Entitled>
      {/* @ts-expect-error -- an amount of what? */}
      <Entitled feature="api" amount={5}>
        Five
      </Entitled>
      {/* @ts-expect-error -- a function draws every state itself */}
      <Entitled feature="api" fallback={<p>Upgrade</p>}>
        {({ reason }) => reason}
      </Entitled>
    </>
  )
}

export function Lists() {
  const { data } = useOrders()
  const invoice = useInvoice({ open: false })
  const { progress, revoke } = useSeats()
  const amounts: number[] | undefined = data?.pages.flatMap(({ orders }) =>
    orders.map(({ amount }) => amount),
  )
  invoice.mutate({ orderId: 'ord_1' })
  const url: string | undefined = invoice.data?.url
  // @ts-expect-error -- which order?
  invoice.mutate()
  const busy: boolean = progress['revoke seat_1'] === 'busy'
  // @ts-expect-error -- no such action
  console.log(progress['sell seat_1'])
  void revoke('seat_1')
  return [amounts?.length, url, busy].join()
}

export function Reads() {
  const { data: amount } = useSubscription({ select: (subscription) => subscription.amount })
  const { data: plans } = usePlans({ select: ({ plans }) => plans.map(({ planType }) => planType) })
  const { data: subscription } = useSuspenseSubscription()
  const { data: suspendedPlans } = useSuspensePlans()
  const { data: orders } = useSuspenseOrders()
  const { data: characters, consume } = useSuspenseUsage({ meter: 'characters' })
  const known: [number | null | undefined, ('free' | 'pro' | 'enterprise')[] | undefined] = [amount, plans]
  // @ts-expect-error -- an amount may be unknown
  const certain: number = subscription.amount
  // @ts-expect-error -- never "gold"
  const isGold = suspendedPlans.plans[0]?.planType === 'gold'
  // @ts-expect-error -- what is shown before the answer may be another organization's
  useSubscription({ placeholderData: undefined })
  // @ts-expect-error -- the kit knows what to ask
  usePlans({ queryKey: ['mine'] })
  // @ts-expect-error -- a hook that suspends cannot be left out
  useSuspenseSubscription({ enabled: false })
  // @ts-expect-error -- nor this one
  useSuspensePlans({ enabled: false })
  // @ts-expect-error -- it takes no options
  useSuspenseOrders({ cursor: 'p2' })
  // @ts-expect-error -- no such field
  console.log(orders.pages[0]?.total)
  // @ts-expect-error -- a backend may have no such meter
  console.log(characters.used)
  // @ts-expect-error -- no such meter
  useSuspenseUsage({ meter: 'storage' })
  // @ts-expect-error -- one meter is selected already
  useSuspenseUsage({ meter: 'characters', select: () => 1 })
  // @ts-expect-error -- a meter is what is consumed
  useSuspenseUsage().consume(3)
  const takeBack: () => void = consume(3)
  // @ts-expect-error -- an amount is a number
  consume('3')
  return [known.length, certain, isGold, takeBack].join()
}

export function Sessions() {
  const { organizationId } = useBilling()
  // @ts-expect-error -- signed out there is none
  const certain: string = organizationId
  const portal = usePortal({ redirect: false })
  portal.mutate()
  const portalUrl: string | undefined = portal.data?.portalUrl
  // @ts-expect-error -- the server knows whose portal it is
  portal.mutate({ customerId: 'cus_1' })
  // @ts-expect-error -- a portal is not embedded
  usePortal({ mode: 'embed' })
  const { state, status, retry } = useCheckoutReturn({ planType: 'pro', timeout: 30_000 })
  retry()
  // @ts-expect-error -- no such plan
  useCheckoutReturn({ planType: 'gold' })
  // @ts-expect-error -- milliseconds
  useCheckoutReturn({ timeout: '30s' })
  // @ts-expect-error -- no such state
  const isLost = state === 'lost'
  // @ts-expect-error -- there may be no answer yet
  console.log(status.planName)
  return [certain, portalUrl, isLost].join()
}

// @ts-expect-error -- no such plan
export const status: Pick<BillingStatus, 'planType'> = { planType: 'gold' }

export const server = {
  catalog,
  polar: { accessToken: '' },
  appUrl: '',
  authenticate: () => null,
} as const
const { service } = createBilling({ ...server, products: { pro: 'prod_1' } })
createServiceTransport(service, { organizationId: 'acme', role: 'admin' })
createServiceTransport(service, null)
// @ts-expect-error -- no identity
createServiceTransport(service, { id: 'acme' })
// @ts-expect-error -- no such plan
createBilling({ ...server, products: { gold: 'prod_1' } })

createBilling({
  ...server,
  products: { pro: 'prod_1' },
  on: {
    'subscription.past_due': async ({ type, data, organizationId }, { attempt, status }) => {
      const typed: ['subscription.past_due', string, string, string | null, number] = [
        type,
        data.status,
        data.product.name,
        organizationId,
        attempt,
      ]
      const { planType } = await status()
      // @ts-expect-error -- never "gold"
      console.log(typed, planType === 'gold')
      // @ts-expect-error -- addresses are not kept
      console.log(data.customer.avatar_url)
    },
    'checkout.updated': ({ data }) => {
      console.log(data.status)
      // @ts-expect-error -- nor what opens doors
      console.log(data.client_secret, data.url)
    },
  },
})
// @ts-expect-error -- no such event
createBilling({ ...server, products: {}, on: { 'planet.created': () => undefined } })

const plans = { free: { name: 'Free' } } as const
const meters = { characters: { name: 'Characters', unit: 'characters' } } as const
const limits = { seats: 1 } as const
const features = ['sso'] as const
// @ts-expect-error -- no such meter
defineCatalog({ currency: 'USD', defaultPlan: 'free', plans: { free: { name: '', limits } }, meters })
const byInterval = { characters: { month: 10_000, year: 120_000 } } as const
const perInterval = defineCatalog({
  currency: 'USD',
  defaultPlan: 'free',
  plans: { free: { name: '', included: byInterval, limits: { characters: { month: 10_000, year: null } } } },
  meters,
})
export const includedInAYear: 120_000 = perInterval.plans.free.included.characters.year
export const meterOfIt: keyof typeof perInterval.meters = 'characters'
// @ts-expect-error -- no such meter
export const noMeterOfIt: keyof typeof perInterval.meters = 'storage'
const limitsOfSeats = { seats: { month: 1, year: 12 } } as const
// @ts-expect-error -- no such meter
defineCatalog({ ...perInterval, plans: { free: { name: '', limits: limitsOfSeats } }, meters })
const monthAlone = { characters: { month: 1_000 } } as const
// @ts-expect-error -- and in a year?
defineCatalog({ ...perInterval, plans: { free: { name: '', limits: monthAlone } }, meters })
const nothingIncluded = { characters: { month: 1_000, year: null } } as const
// @ts-expect-error -- only a limit may be missing
defineCatalog({ ...perInterval, plans: { free: { name: '', included: nothingIncluded } }, meters })
// @ts-expect-error -- no such feature
defineCatalog({ currency: 'USD', defaultPlan: 'free', plans: { free: { name: '', features } }, meters })
// @ts-expect-error -- the default plan is none of the plans
defineCatalog({ currency: 'USD', defaultPlan: 'none', plans })
