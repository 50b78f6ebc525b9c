// What an app with a registered catalog may write, checked against the built package: run by `npm run check`.
import {
  type BillingStatus,
  defineCatalog,
  type PlanId,
  PlanBadge,
  UpgradeButton,
  UsageChart,
  UsageMeter,
  UsageRing,
  useBillingStatus,
  useCheckout,
  useUsage,
  useUsageHistory,
} from 'polar-billing-kit'
import { createBilling } from 'polar-billing-kit/server'

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
  const { data: planType } = useBillingStatus({ select: (status) => status.planType })
  const { data: usage } = useUsage()
  const known: 'free' | 'pro' | 'enterprise' | null | undefined = planType
  // @ts-expect-error -- never "gold"
  const isGold = planType === 'gold'
  // @ts-expect-error -- no such meter
  const storage = usage?.meters.find(({ key }) => key === 'storage')
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
  return (
    <>
      <PlanBadge
        className="mine"
        onClick={takeBack}
        title={[known, isGold, storage?.key, history.data?.unit, sum].join()}
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
      {/* @ts-expect-error -- no such plan */}
      <UpgradeButton planType="gold" />
    </>
  )
}

// @ts-expect-error -- no such plan
export const status: Pick<BillingStatus, 'planType'> = { planType: 'gold' }

export const server = {
  catalog,
  polar: { accessToken: '' },
  appUrl: '',
  authenticate: () => null,
} as const
createBilling({ ...server, products: { pro: 'prod_1' } })
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
// @ts-expect-error -- no such feature
defineCatalog({ currency: 'USD', defaultPlan: 'free', plans: { free: { name: '', features } }, meters })
// @ts-expect-error -- the default plan is none of the plans
defineCatalog({ currency: 'USD', defaultPlan: 'none', plans })
