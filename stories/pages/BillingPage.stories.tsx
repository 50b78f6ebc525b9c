import type { Meta, StoryObj } from '@storybook/react-vite'
import { BillingPage } from 'polar-billing-kit'
import type { SituationName } from '../live/situations.js'
import { settled, shown } from '../shown.js'

const meta = {
  title: 'Pages/BillingPage',
  component: BillingPage,
  parameters: { live: true },
} satisfies Meta<typeof BillingPage>

export default meta
type Story = StoryObj<typeof meta>

/** A story that stays in its situation, whatever the toolbar says, and shows this by it. */
const pinned = (scenario: SituationName, text: RegExp): Story => ({
  globals: { scenario },
  play: async ({ canvasElement }) => {
    await shown(canvasElement, text)
    // What it says comes from several answers.
    await settled(canvasElement)
  },
})

/** Follows the toolbar's scenario. */
export const Live: Story = {}
export const Free = pinned('free', /No subscription/)
export const Trial = pinned('trial', /Trial ends on/)
export const Active = pinned('active', /Next payment/)
export const Team = pinned('team', /of 5 seats used/)
export const Canceling = pinned('canceling', /Keep plan/)
export const PastDue = pinned('past due', /Update payment method/)
export const Paused = pinned('paused', /Resume plan/)
export const Canceled = pinned('canceled', /Ended/)
export const OverLimit = pinned('over limit', /over the limit|limit reached/i)
export const Stale = pinned('stale', /Last known/)
export const PolarDown = pinned('Polar down', /Subscription unavailable/)
export const Slow = pinned('slow', /Next payment/)
const arabic = pinned('active', /الدفعة القادمة/)
export const RightToLeft: Story = { ...arabic, globals: { ...arabic.globals, locale: 'ar' } }
export const Dark: Story = { ...Team, globals: { scenario: 'team', theme: 'dark' } }
/** Of your choice, in your order. */
export const Sections: Story = {
  ...pinned('active', /Current plan/),
  args: { sections: ['plans', 'invoices'] },
}
