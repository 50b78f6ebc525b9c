import type { Meta, StoryObj } from '@storybook/react-vite'
import { BillingPage, type BillingPageProps, type RenderButton } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import type { PartsOf } from '../docs/PartsOf.js'
import type { SituationName } from '../live/situations.js'
import { settled, shown } from '../shown.js'

const meta = {
  title: 'Pages/BillingPage',
  component: BillingPage,
  parameters: {
    live: true,
    parts: {
      root: 'The whole page.',
      section: 'One section, with its heading. Its name is on data-section.',
      heading: 'The heading of a section.',
      button: 'Each button on the page. How much it weighs is on data-variant.',
      error: 'Why the last click did not work, beside its button.',
      CheckoutReturn: 'The parts of the CheckoutReturn.',
      BillingBanner: 'The parts of the BillingBanner.',
      SubscriptionCard: 'The parts of the SubscriptionCard.',
      UsageMeterList: 'The parts of the UsageMeterList.',
      UsageChart: 'The parts of the UsageChart.',
      PricingTable: 'The parts of the PricingTable.',
      SeatList: 'The parts of the SeatList.',
      InvoiceList: 'The parts of the InvoiceList.',
    } satisfies PartsOf<BillingPageProps>,
    keyboard: {
      Tab: 'From section to section, through all that can be done.',
      'Arrow keys': 'In a switch, choose the range or the interval before or after.',
      Enter: 'On "Upgrade" in the banner, goes to the heading of the plans, which takes the focus.',
      Escape: 'Closes a dialog, and gives the focus back to the button that opened it.',
    },
  },
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

const LOOKS = {
  primary: { background: '#18181b', color: '#fff' },
  quiet: { background: 'transparent', color: 'inherit', borderColor: 'currentColor' },
  danger: { background: '#b91c1c', color: '#fff' },
}

/** A design system's button: square, and its look is named by the variant. */
const renderButton: RenderButton = ({ 'data-variant': variant = 'primary', href, children, ...props }) => {
  const style = {
    border: '1px solid transparent',
    borderRadius: 0,
    padding: '0.5rem 1rem',
    ...LOOKS[variant],
  }
  return href === undefined ? (
    <button {...props} style={style}>
      {children}
    </button>
  ) : (
    <a {...props} href={href} style={style}>
      {children}
    </a>
  )
}

/** Every button on the page, and in its dialogs, is the app's own. */
export const OwnButtons: Story = {
  ...pinned('active', /Current plan/),
  args: { renderButton, classNames: { button: 'own' } },
  play: async (context) => {
    await pinned('active', /Current plan/).play?.(context)
    const buttons = Array.from(context.canvasElement.querySelectorAll('.own'))
    await expect(buttons.length).toBeGreaterThan(5)
    for (const button of buttons) await expect(button).toHaveStyle({ borderRadius: '0px' })
  },
}
