import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  type CompleteSubscription,
  SubscriptionCard,
  SubscriptionCardView,
  type SubscriptionCardProps,
  type SubscriptionCardViewProps,
  UpgradeButton,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import { expect, userEvent } from 'storybook/test'
import type { PartsOf, PartsWithin } from '../docs/PartsOf.js'
import { PortalAction } from '../PortalAction.js'

const order = {
  id: 'ord_3',
  status: 'completed',
  paid: true,
  amount: 2_900,
  currency: 'USD',
  invoiceNumber: 'ACME-7XK2-0003',
  invoicePdfUrl: null,
  createdAt: '2026-11-21T09:00:00.000Z',
}

const withOrder = (subscription: CompleteSubscription): CompleteSubscription => ({
  ...subscription,
  latestOrder: order,
})
const pro = withOrder(scenarios.active.getSubscription)

const meta = {
  title: 'Components/SubscriptionCard',
  component: SubscriptionCardView,
  args: { subscription: pro, actions: <PortalAction /> },
  parameters: {
    parts: {
      root: 'The whole card.',
      'plan-name': 'The name of the plan, or that nothing could be read.',
      status: 'The state of the subscription, in a word.',
      price: 'What it costs, and how often.',
      change: 'What will happen: an end, another plan, a pause.',
      details: 'The list of dates and payments.',
      detail: 'One line of the list.',
      label: 'What the line is about.',
      value: 'What it says.',
      note: 'How old the facts are, or why there are none.',
      skeleton: 'What holds the place while it loads.',
      actions: 'The buttons.',
    } satisfies PartsOf<SubscriptionCardViewProps>,
    partsWithin: {
      button: 'Each of its buttons. How much it weighs is on data-variant.',
      error: 'Why the last click did not work, beside its button.',
      CancelDialog: 'The parts of the dialog before a cancellation.',
    } satisfies PartsWithin<SubscriptionCardProps, SubscriptionCardViewProps>,
    keyboard: {
      Tab: 'From button to button.',
      'Enter, Space':
        'On "Cancel plan", open the dialog, which has the focus until it is closed and then gives it back.',
    },
  },
} satisfies Meta<typeof SubscriptionCardView>

export default meta
type Story = StoryObj<typeof meta>

const show = (changes: Partial<CompleteSubscription>): Story => ({
  args: { subscription: { ...pro, ...changes } },
})

export const Active: Story = {}
/** As high as the card that comes. */
export const Loading: Story = { args: { subscription: undefined, actions: undefined } }
export const Unavailable: Story = {
  args: { subscription: undefined, actions: undefined, error: new Error('The provider is down') },
}
/** Back from the checkout: no other plan is named before it is there. */
export const Confirming: Story = {
  args: { subscription: scenarios.free.getSubscription, confirming: true, actions: undefined },
}
export const None: Story = { args: { subscription: scenarios.free.getSubscription, actions: undefined } }
export const Trialing: Story = { args: { subscription: scenarios.trialing.getSubscription } }
export const PastDue: Story = {
  args: {
    subscription: {
      ...scenarios.pastDue.getSubscription,
      latestOrder: { ...order, status: 'pending', paid: false },
    },
  },
}
export const Paused = show({
  status: 'paused',
  pausedAt: '2026-12-01T09:00:00.000Z',
  resumesAt: '2027-02-01T09:00:00.000Z',
})
export const Canceled: Story = { args: { subscription: withOrder(scenarios.canceled.getSubscription) } }
export const Incomplete: Story = { args: { subscription: scenarios.incomplete.getSubscription } }
export const CancelScheduled = show({ cancelAtPeriodEnd: true })
export const PauseScheduled = show({ pauseAtPeriodEnd: true, resumesAt: '2027-02-01T09:00:00.000Z' })
export const PlanChangeScheduled = show({
  pendingChange: { planType: 'team', seats: 5, appliesAt: '2026-12-21T09:00:00.000Z' },
})
export const YearScheduled = show({
  pendingChange: { planType: 'pro', interval: 'year', seats: null, appliesAt: '2026-12-21T09:00:00.000Z' },
})
/** To a product that the catalog does not name. */
export const ChangeScheduled = show({
  pendingChange: { planType: null, seats: null, appliesAt: '2026-12-21T09:00:00.000Z' },
})
export const Seats: Story = { args: { subscription: withOrder(scenarios.team.getSubscription) } }
export const Yearly = show({
  amount: 29_000,
  product: pro.product && { ...pro.product, recurringInterval: 'year' },
})
/** Nobody said an amount: no price is shown. */
export const UnknownAmount = show({ amount: null, currency: null })
/** Polar could not be asked. */
export const Stale = show({ stale: true })
export const LongNames: Story = {
  args: {
    subscription: {
      ...pro,
      planName: 'Professional for publishers, broadcasters and audiobook studios of every size',
      amount: 123_456_789_00,
    },
  },
}
export const German: Story = { args: { locale: 'de' } }
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.SubscriptionCard },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { subscription: withOrder(scenarios.team.getSubscription) },
  decorators: [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>],
}
/** The connected component: it asks the backend of the provider, and brings the buttons that fit. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <SubscriptionCard />,
}
export const ConnectedNone: Story = {
  parameters: { scenario: scenarios.free },
  render: () => <SubscriptionCard actions={<UpgradeButton planType="pro" />} />,
}
export const ConnectedCanceling: Story = {
  parameters: { scenario: scenarios.canceling },
  render: () => <SubscriptionCard />,
}
export const ConnectedPastDue: Story = {
  parameters: { scenario: scenarios.pastDue },
  render: () => <SubscriptionCard />,
}
export const ConnectedDown: Story = {
  parameters: { scenario: scenarios.down },
  render: () => <SubscriptionCard />,
}
/** A backend that cannot change subscriptions: the portal can. */
export const ConnectedPortalOnly: Story = {
  parameters: { scenario: { ...scenarios.active, updateSubscription: undefined } },
  render: () => <SubscriptionCard />,
}
/** Cancel asks first. */
export const ConnectedCancel: Story = {
  parameters: { scenario: scenarios.active },
  render: () => <SubscriptionCard />,
  play: async ({ canvas }) => {
    await userEvent.click(await canvas.findByRole('button', { name: 'Cancel plan' }))
    await expect(await canvas.findByRole('dialog')).toBeVisible()
  },
}
