import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  type BillingStatus,
  type Plan,
  type PlanPrice,
  PricingTable,
  PricingTableView,
  type PricingTableProps,
  type PricingTableViewProps,
  type Standing,
  type Subscription,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import type { PartsOf, PartsWithin } from '../docs/PartsOf.js'
import { PortalAction } from '../PortalAction.js'

const { plans } = scenarios.free.listPlans

/** Where an organization of a scenario stands. */
const standingOf = (name: keyof typeof scenarios, changes: Partial<Subscription> = {}): Standing => ({
  status: scenarios[name].getStatus as BillingStatus,
  subscription: { ...(scenarios[name].getSubscription as Subscription), ...changes },
})

const meta = {
  title: 'Components/PricingTable',
  component: PricingTableView,
  args: {
    plans,
    catalog: scenarioCatalog,
    standing: standingOf('free'),
    onSelect: () => undefined,
  },
  render: (args) => <Switchable {...args} />,
  parameters: {
    parts: {
      root: 'The whole price list.',
      interval: 'The switch between monthly and yearly.',
      saving: 'What paying by the year saves, in the switch.',
      notice: 'Why something cannot be done now, or that nothing could be read.',
      announcement: 'What has just changed, for screen readers, too.',
      loading: 'That it loads.',
      plans: 'The plans, side by side.',
      plan: 'The card of one plan.',
      head: 'The top of a card: name, tag and description.',
      'plan-name': 'The name of a plan.',
      tag: 'That it is the current or the recommended plan.',
      description: 'The words of the plan, from the catalog.',
      cost: 'The price, and the trial before it.',
      price: 'The price in words.',
      amount: 'The number in the price.',
      trial: 'How long it is free at first.',
      list: 'What a plan has: allowances and features.',
      note: 'What a line of the list leaves open, or why a plan cannot be taken.',
      action: 'The button of a plan, with the number of seats where it is bought by seats.',
      error: 'Why the last click did not work, beside its button.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
    } satisfies PartsOf<PricingTableViewProps>,
    partsWithin: {
      PlanChangeDialog: 'The parts of the dialog before a change.',
      CancelDialog: 'The parts of the dialog before a cancellation.',
    } satisfies PartsWithin<PricingTableProps, PricingTableViewProps>,
    keyboard: {
      Tab: 'To the switch, then to each plan’s seats and button.',
      'Arrow keys': 'Turn the switch between monthly and yearly.',
    },
  },
} satisfies Meta<typeof PricingTableView>

/** The View leaves the interval to others. */
function Switchable(props: PricingTableViewProps) {
  const [interval, setInterval] = useState(props.interval)
  return <PricingTableView {...props} interval={interval} onIntervalChange={setInterval} />
}
// The code of a story shows it.
Switchable.displayName = 'PricingTableView'

export default meta
type Story = StoryObj<typeof meta>

const on = (name: keyof typeof scenarios, changes?: Partial<Subscription>): Story => ({
  args: { standing: standingOf(name, changes) },
})

/** Only some of the plans, changed. */
const plan = (planType: string, changes: Partial<Plan>): Plan => {
  const found = plans.find((candidate) => candidate.planType === planType)
  if (!found) throw new Error(`There is no plan ${planType}.`)
  return { ...found, ...changes }
}
const price = (changes: Partial<PlanPrice>): PlanPrice => ({
  id: 'price',
  amount: null,
  currency: 'USD',
  type: 'recurring',
  recurringInterval: 'month',
  interval: 'month',
  ...changes,
})

/** Nothing bought: monthly prices, a trial, seats, a plan that is sold by people. */
export const NothingBought: Story = {}
export const Yearly: Story = { args: { interval: 'year' } }
/** The buttons are the app's: it gives `onSelect`. */
export const SignedOut: Story = { args: { standing: null } }
/** Without `onSelect` there is nothing to click but the link. */
export const SignedOutPricesOnly: Story = {
  args: { standing: null },
  render: ({ onSelect: _none, ...args }) => <Switchable {...args} />,
}
export const OnPro = on('active')
export const OnProYearly: Story = { args: { ...on('active').args, interval: 'year' } }
export const OnTeam = on('team')
export const Trialing = on('trialing')
export const Canceling = on('canceling')
export const PastDue: Story = {
  args: { ...on('pastDue').args, portal: <PortalAction /> },
}
export const Paused = on('paused')
export const PauseWaits = on('active', { pauseAtPeriodEnd: true })
export const Canceled = on('canceled')
export const Incomplete = on('incomplete')
/** A change that waits for the end of the period. */
export const ChangeWaits = on('active', {
  pendingChange: { planType: 'team', seats: null, appliesAt: '2026-12-21T09:00:00.000Z' },
})
/** Another plan, by the year: by the month it can be had. */
export const YearWaits = on('team', {
  seats: null,
  pendingChange: { planType: 'pro', interval: 'year', seats: null, appliesAt: '2026-12-21T09:00:00.000Z' },
})
export const Stale = on('stale')
/** Back from the checkout: nothing is sold twice, and nothing is called free. */
export const Confirming: Story = {
  args: {
    standing: { status: { ...scenarios.free.getStatus, checkout: 'confirmed' } },
    isConfirming: true,
  },
}
export const Busy: Story = { args: { busy: 'pro' } }
export const StandingLoading: Story = { args: { standing: undefined } }
/** Where the organization stands cannot be read: the buttons go on, and the server decides. */
export const StandingUnavailable: Story = { args: { standing: undefined, standingError: new Error('Down') } }
export const Loading: Story = { args: { plans: undefined } }
export const Unavailable: Story = { args: { plans: undefined, error: new Error('Down') } }
export const Empty: Story = { args: { plans: [] } }
/** The provider is down, and no price is remembered. */
export const PricesUnknown: Story = {
  args: { plans: plans.map((each) => (each.forSale ? { ...each, prices: null } : each)) },
}
export const CheckoutFailed: Story = {
  args: {
    failure: { planType: 'pro', action: 'checkout', error: new BillingError('TIMEOUT', 'No answer.') },
  },
}
export const Conflict: Story = {
  args: {
    failure: {
      planType: 'pro',
      action: 'checkout',
      error: new BillingError(
        'CONFLICT',
        'This organization already has the plan Pro: change or cancel it instead.',
      ),
    },
  },
}
export const Changed: Story = { args: { ...on('team').args, announcement: 'You are on Team now.' } }
/** Every kind of price, and numbers that are hard to read. */
export const KindsOfPrices: Story = {
  args: {
    plans: [
      plan('pro', {
        name: 'By use',
        trial: null,
        included: {},
        limits: {},
        prices: [price({ type: 'metered', unitAmount: '0.000012', meter: 'characters' })],
      }),
      plan('pro', {
        planType: 'each',
        name: 'Each',
        recommended: false,
        included: { characters: 500 },
        prices: [
          price({ amount: 900 }),
          price({ type: 'metered', unitAmount: '2', meter: 'characters' }),
          price({ type: 'metered', unitAmount: null, meter: null }),
        ],
      }),
      plan('pro', {
        planType: 'own',
        name: 'Supporter',
        recommended: false,
        trial: null,
        limits: { characters: 0 },
        included: {},
        prices: [price({ type: 'custom' })],
      }),
      plan('team', { limits: { characters: null }, included: {} }),
    ],
  },
}
export const LongTexts: Story = {
  args: {
    ...on('active').args,
    plans: plans.map((each) => ({
      ...each,
      name: `${each.name} for agencies with very many voices`,
      description:
        'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen, and everything that goes with it.',
    })),
  },
}
export const Narrow: Story = {
  args: { plans: plans.slice(0, 2) },
  decorators: [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>],
}
const inCurrency = (currency: string, factor: number): Plan[] =>
  plans.map((each) => ({
    ...each,
    prices:
      each.prices?.map((of) => ({
        ...of,
        currency,
        amount: of.amount === null ? null : of.amount * factor,
      })) ?? null,
  }))
export const German: Story = {
  args: { plans: inCurrency('EUR', 1), catalog: { ...scenarioCatalog, currency: 'EUR' }, locale: 'de' },
}
/** No decimals. */
export const JapaneseYen: Story = {
  args: { plans: inCurrency('JPY', 1), catalog: { ...scenarioCatalog, currency: 'JPY' }, locale: 'ja' },
}
/** Three decimals. */
export const KuwaitiDinar: Story = {
  args: { plans: inCurrency('KWD', 3), catalog: { ...scenarioCatalog, currency: 'KWD' } },
}
export const RightToLeft: Story = {
  args: { ...on('active').args, locale: 'ar', messages: ar.PricingTable },
  globals: { direction: 'rtl' },
}

const scenario = (of: Scenario): Pick<Story, 'parameters' | 'render'> => ({
  parameters: { scenario: of },
  render: () => <PricingTable />,
})

/** The connected component: it asks the backend of the provider. */
export const Connected: Story = { parameters: { live: true }, render: () => <PricingTable /> }
/** A click opens the checkout once. */
export const ConnectedOnce: Story = {
  ...scenario({ ...scenarios.free, createCheckout: scenarios.loading.createCheckout }),
  play: async ({ canvas, userEvent }) => {
    const button = await canvas.findByRole('button', { name: 'Start free trial' })
    await waitFor(() => expect(button).toHaveAttribute('data-state', 'idle'))
    await userEvent.dblClick(button)
    await waitFor(() => expect(button).toHaveAttribute('data-state', 'busy'))
  },
}
/** An upgrade is asked about first. */
export const ConnectedUpgrade: Story = {
  ...scenario(scenarios.active),
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Upgrade to Team' }))
    await expect(await canvas.findByRole('dialog', { name: 'Upgrade to Team' })).toBeVisible()
  },
}
export const ConnectedPastDue: Story = scenario(scenarios.pastDue)
