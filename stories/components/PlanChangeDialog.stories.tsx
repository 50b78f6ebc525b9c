import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  type Plan,
  PlanChangeDialog,
  PlanChangeDialogView,
  type PlanChangeDialogViewProps,
  type Price,
  type Subscription,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import type { PartsOf } from '../docs/PartsOf.js'
import { PortalAction } from '../PortalAction.js'

const planOf = (planType: string, changes: Partial<Plan> = {}): Plan => {
  const plan = scenarios.free.listPlans.plans.find((candidate) => candidate.planType === planType)
  if (!plan) throw new Error(`There is no plan ${planType}.`)
  return { ...plan, ...changes }
}

/** A fixed price, unlike the scenarios' Team. */
const studio = planOf('pro', {
  planType: 'studio',
  name: 'Studio',
  trial: null,
  prices: [
    {
      id: 'price_studio',
      amount: 9_900,
      currency: 'USD',
      type: 'recurring',
      recurringInterval: 'month',
      interval: 'month',
    },
  ],
})
const onPro: Subscription = scenarios.active.getSubscription
const paying = (price: Pick<Price, 'amount'> & Partial<Price>): Subscription => ({
  ...onPro,
  amount: price.amount ?? 0,
  currency: price.currency ?? onPro.currency,
  product: onPro.product && {
    ...onPro.product,
    prices: onPro.product.prices.map((present) => ({ ...present, ...price })),
  },
})
const onStudio: Subscription = { ...paying({ amount: 9_900 }), planName: 'Studio' }

const meta = {
  title: 'Components/PlanChangeDialog',
  component: PlanChangeDialogView,
  args: {
    subscription: scenarios.active.getSubscription,
    plan: studio,
    verb: 'upgrade',
    catalog: scenarioCatalog,
    now: new Date('2026-12-06T09:00:00Z'),
    onWhenChange: () => undefined,
    onConfirm: () => undefined,
    onDismiss: () => undefined,
  },
  parameters: {
    parts: {
      root: 'The dialog.',
      title: 'Its heading.',
      plans: 'The plan before and the plan after, with their prices.',
      when: 'The choice between now and the end of the period.',
      estimate: 'What the change costs today, estimated.',
      note: 'What else is to know, that it loads, or why it cannot be done.',
      actions: 'The buttons, with what went wrong above them.',
      error: 'Why the change did not work.',
      body: 'Everything in the dialog: what is beside it is the backdrop.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
    } satisfies PartsOf<PlanChangeDialogViewProps>,
    // A frame for each: they are modal, and open.
    docs: { story: { inline: false, height: '640px' } },
    keyboard: {
      Tab: 'Stays within the dialog.',
      'Arrow keys': 'Choose when.',
      Escape:
        'Closes the dialog, but not between the click and the answer. The focus returns to what opened it.',
    },
  },
} satisfies Meta<typeof PlanChangeDialogView>

export default meta
type Story = StoryObj<typeof meta>

export const Upgrade: Story = {}
export const AtPeriodEnd: Story = { args: { when: 'period_end' } }
/** More is credited than charged. */
export const DowngradeNow: Story = {
  args: { subscription: onStudio, plan: planOf('pro'), verb: 'downgrade' },
}
export const Downgrade: Story = {
  args: { subscription: onStudio, plan: planOf('pro'), verb: 'downgrade', when: 'period_end' },
}
/** Another interval starts a period of its own. */
export const ToYearly: Story = { args: { plan: planOf('pro'), interval: 'year', verb: 'switchToYear' } }
/** The provider changes no plan with seats to one without. */
export const FromSeatsToNone: Story = {
  args: { subscription: scenarios.team.getSubscription, plan: planOf('pro'), verb: 'cancelFirst' },
}
export const Trialing: Story = {
  args: {
    subscription: scenarios.trialing.getSubscription,
    plan: { ...studio, trial: { interval: 'month', count: 1 } },
  },
}
/** The new plan has no trial, so that its first period begins. */
export const TrialEnds: Story = { args: { subscription: scenarios.trialing.getSubscription } }
/** With as many seats as it is sold with at least, which begin at once. */
export const Seats: Story = {
  args: { plan: planOf('team') },
  render: ({ onWhenChange: _none, ...args }) => <PlanChangeDialogView {...args} />,
}
/** Whether the new plan costs less, too, is not known here. */
export const Discount: Story = { args: { subscription: { ...onPro, amount: 1_450 } } }
/** Polar could not be asked since the period has ended. */
export const Stale: Story = { args: { now: new Date('2026-12-22T09:00:00Z') } }
export const PricesUnknown: Story = { args: { plan: { ...studio, prices: null } } }
export const Loading: Story = { args: { plan: undefined, subscription: undefined } }
export const Unavailable: Story = {
  args: { plan: undefined, subscription: undefined, loadError: new Error('Down') },
}
/** It cannot be dismissed until the answer. */
export const Busy: Story = { args: { isBusy: true } }
export const PaymentFailed: Story = {
  args: {
    error: new BillingError('PAYMENT_REQUIRED', 'The payment failed.'),
    portal: <PortalAction />,
  },
}
export const Conflict: Story = {
  args: {
    error: new BillingError('CONFLICT', 'The subscription is canceled and still runs: resume it first.'),
  },
}
export const Failed: Story = { args: { error: new BillingError('FORBIDDEN', 'No.') } }
export const OutcomeUnknown: Story = { args: { error: new BillingError('TIMEOUT', 'No answer.') } }
export const LongTexts: Story = {
  args: {
    plan: {
      ...studio,
      name: 'Studio for agencies with very many voices and Donaudampfschifffahrtsgesellschaften',
    },
  },
}
export const JapaneseYen: Story = {
  args: {
    subscription: paying({ amount: 2_900, currency: 'JPY' }),
    plan: { ...studio, prices: studio.prices?.map((price) => ({ ...price, currency: 'JPY' })) ?? null },
    locale: 'ja',
  },
}
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.PlanChangeDialog },
  globals: { direction: 'rtl' },
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <PlanChangeDialog planType="team" onDismiss={() => undefined} />,
}
