import type { Meta, StoryObj } from '@storybook/react-vite'
import { CheckoutReturnView, type CheckoutReturnViewProps } from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { fn } from 'storybook/test'
import type { PartsOf } from '../docs/PartsOf.js'

const meta = {
  title: 'Components/CheckoutReturn',
  component: CheckoutReturnView,
  args: { state: 'waiting', planName: 'Pro', onRetry: fn() },
  parameters: {
    parts: {
      root: 'The whole message.',
      title: 'How the purchase is coming along.',
      detail: 'What that means.',
      retry: 'The button that checks again, after a long wait.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
    } satisfies PartsOf<CheckoutReturnViewProps>,
  },
} satisfies Meta<typeof CheckoutReturnView>

export default meta
type Story = StoryObj<typeof meta>

export const Waiting: Story = {}
/** Paid, and not usable yet. */
export const PaidPending: Story = { args: { state: 'paid_pending' } }
export const Active: Story = { args: { state: 'active' } }
/** The checkout expired, or is not this organization's. */
export const Failed: Story = { args: { state: 'failed' } }
/** No news is no failure. */
export const TimedOut: Story = { args: { state: 'timed_out' } }
/** Nothing was bought just now: it renders nothing. */
export const Idle: Story = { args: { state: 'idle' } }
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.CheckoutReturn, state: 'timed_out' },
  globals: { direction: 'rtl' },
}
