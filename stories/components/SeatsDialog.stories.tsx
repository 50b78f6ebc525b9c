import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  PortalButtonView,
  SeatsDialog,
  SeatsDialogView,
  type SeatsDialogViewProps,
  type Subscription,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import type { PartsOf } from '../docs/PartsOf.js'

const { getSubscription: subscription, listSeats: seats } = scenarios.team

/** Up to ten seats cost as much each; from there on less, and how much the contract does not say. */
const inTiers: Subscription = {
  ...subscription,
  product: subscription.product && {
    ...subscription.product,
    prices: subscription.product.prices.map((price) => ({ ...price, unitAmountUpTo: 10 })),
  },
}

const meta = {
  title: 'Components/SeatsDialog',
  component: SeatsDialogView,
  args: {
    subscription,
    seats,
    value: '7',
    now: new Date('2026-12-06T09:00:00Z'),
    onValueChange: () => undefined,
    onWhenChange: () => undefined,
    onConfirm: () => undefined,
    onDismiss: () => undefined,
  },
  parameters: {
    parts: {
      root: 'The dialog.',
      title: 'Its heading.',
      seats: 'The field for the number of seats, with what is to know of it.',
      plans: 'The seats before and the seats after, with what they cost.',
      when: 'The choice between now and the end of the period.',
      estimate: 'What the change costs today, estimated.',
      note: 'What else is to know, or that it loads.',
      actions: 'The buttons, with what went wrong above them.',
      error: 'Why the change did not work, or what is wrong with the number.',
      body: 'Everything in the dialog: what is beside it is the backdrop.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
    } satisfies PartsOf<SeatsDialogViewProps>,
    // A frame for each: they are modal, and open.
    docs: { story: { inline: false, height: '720px' } },
    keyboard: {
      Tab: 'Stays within the dialog.',
      'Arrow keys': 'Change the number, and choose when.',
      Enter: 'In the number: confirms it.',
      Escape:
        'Closes the dialog, but not between the click and the answer. The focus returns to what opened it.',
    },
  },
} satisfies Meta<typeof SeatsDialogView>

export default meta
type Story = StoryObj<typeof meta>

export const More: Story = {}
/** As it opens: with the present number, of which there is nothing to confirm. */
export const Present: Story = { render: ({ value: _none, ...args }) => <SeatsDialogView {...args} /> }
/** As it opens where a change waits. */
export const Waiting: Story = {
  ...Present,
  args: {
    subscription: {
      ...subscription,
      pendingChange: { planType: null, interval: null, seats: 7, appliesAt: '2026-12-21T09:00:00.000Z' },
    },
    when: 'period_end',
  },
}
/** The rest of the period is credited. */
export const FewerNow: Story = { args: { value: '3' } }
export const Fewer: Story = { args: { value: '3', when: 'period_end' } }
/** Nobody has a seat, and the price asks for two. */
export const Nobody: Story = { args: { value: '2', seats: { seats: [], total: 5, available: 5 } } }
export const TooFew: Story = { args: { value: '2', showProblem: true } }
export const Empty: Story = { args: { value: '', showProblem: true } }
/** No figure is better than a wrong one. */
export const InTiers: Story = { args: { subscription: inTiers, value: '12' } }
export const Discount: Story = { args: { subscription: { ...subscription, amount: 4_800 } } }
export const Trialing: Story = { args: { subscription: { ...subscription, status: 'trialing' } } }
/** Polar could not be asked since the period has ended. */
export const Stale: Story = { args: { now: new Date('2026-12-22T09:00:00Z') } }
export const Loading: Story = { args: { subscription: undefined } }
export const Unavailable: Story = { args: { seats: undefined, loadError: new Error('Down') } }
/** It cannot be dismissed until the answer. */
export const Busy: Story = { args: { isBusy: true } }
export const PaymentFailed: Story = {
  args: {
    error: new BillingError('PAYMENT_REQUIRED', 'The payment failed.'),
    portal: <PortalButtonView />,
  },
}
/** More than the price allows. */
export const Refused: Story = { args: { error: new BillingError('BAD_REQUEST', 'Maximum 20 seats.') } }
/** Somebody got a seat meanwhile. */
export const Conflict: Story = {
  args: { error: new BillingError('CONFLICT', 'So many seats are given away: revoke seats first.') },
}
export const OutcomeUnknown: Story = { args: { error: new BillingError('TIMEOUT', 'No answer.') } }
export const German: Story = { args: { locale: 'de' } }
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.PlanChangeDialog, value: '3' },
  globals: { direction: 'rtl' },
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  // Only that plan has seats.
  globals: { scenario: 'team' },
  render: () => <SeatsDialog onDismiss={() => undefined} />,
}
