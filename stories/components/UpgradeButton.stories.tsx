import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  UpgradeButton,
  UpgradeButtonView,
  type UpgradeButtonViewProps,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import { expect, waitFor } from 'storybook/test'
import type { PartsOf } from '../docs/PartsOf.js'

const meta = {
  title: 'Components/UpgradeButton',
  component: UpgradeButtonView,
  args: { planName: 'Pro' },
  parameters: {
    parts: {
      root: 'The button.',
      error: 'Why the last click did not work, beside the button.',
    } satisfies PartsOf<UpgradeButtonViewProps>,
    keyboard: {
      'Enter, Space':
        'Open the checkout, once: while the button is busy it keeps the focus and does nothing.',
    },
  },
} satisfies Meta<typeof UpgradeButtonView>

export default meta
type Story = StoryObj<typeof meta>

export const Idle: Story = {}
export const Loading: Story = { args: { state: 'loading' } }
/** From the click until the page is left. */
export const Busy: Story = { args: { state: 'busy' } }
/** The organization has the plan already. */
export const Current: Story = { args: { state: 'current' } }
export const Failed: Story = {
  args: { error: new BillingError('SERVICE_UNAVAILABLE', 'Failed to create checkout session') },
}
/** A second subscription is refused in the server's own words. */
export const Conflict: Story = {
  args: {
    error: new BillingError(
      'CONFLICT',
      'This organization already has the plan Pro: change or cancel it instead.',
    ),
  },
}
export const OwnText: Story = { args: { children: 'Start with Pro for $29 a month' } }
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.UpgradeButton, state: 'busy' },
  globals: { direction: 'rtl' },
}

/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <UpgradeButton planType="pro" />,
}
/** A click opens the checkout once, and the button is busy meanwhile. */
export const ConnectedOnce: Story = {
  parameters: { scenario: { ...scenarios.free, createCheckout: scenarios.loading.createCheckout } },
  render: () => <UpgradeButton planType="pro" />,
  play: async ({ canvas, userEvent }) => {
    const button = await canvas.findByRole('button', { name: 'Upgrade to Pro' })
    await waitFor(() => expect(button).toHaveAttribute('data-state', 'idle'))
    await userEvent.dblClick(button)
    await waitFor(() => expect(button).toHaveAttribute('data-state', 'busy'))
  },
}
export const ConnectedOnPlan: Story = {
  parameters: { scenario: scenarios.active },
  render: () => <UpgradeButton planType="pro" />,
}
