import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingBanner,
  BillingBannerView,
  type BillingBannerProps,
  type BillingBannerViewProps,
  type BillingNotice,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import { expect, fn } from 'storybook/test'
import type { PartsOf, PartsWithin } from '../docs/PartsOf.js'
import { PortalAction } from '../PortalAction.js'

const now = new Date('2026-12-20T12:00:00Z')
const at = '2026-12-21T09:00:00.000Z'

const meta = {
  title: 'Components/BillingBanner',
  component: BillingBannerView,
  args: {
    notice: { kind: 'past_due', at, meters: [] },
    now,
    actions: <PortalAction />,
  },
  parameters: {
    parts: {
      root: 'The whole banner.',
      text: 'What is read out: title and detail.',
      title: 'What is urgent.',
      detail: 'What that means, and until when.',
      actions: 'The buttons for it.',
      dismiss: 'The button that hides the banner.',
    } satisfies PartsOf<BillingBannerViewProps>,
    partsWithin: {
      button: 'Each of its buttons. How much it weighs is on data-variant.',
      error: 'Why the last click did not work, beside its button.',
    } satisfies PartsWithin<BillingBannerProps, BillingBannerViewProps>,
    keyboard: {
      Tab: 'To the buttons of the notice, then to the one that hides it.',
      'Enter, Space': 'Do what the button says. A banner that was hidden stays away for the session.',
    },
  },
} satisfies Meta<typeof BillingBannerView>

export default meta
type Story = StoryObj<typeof meta>

const show = (notice: BillingNotice): Story => ({ args: { notice, onDismiss: fn() } })

/** Not to be hidden. */
export const PastDue: Story = {}
export const PastDueUndated: Story = { args: { notice: { kind: 'past_due', at: null, meters: [] } } }
export const AccessEnded: Story = { args: { notice: { kind: 'access_ended', at, meters: [] } } }
export const Incomplete: Story = { args: { notice: { kind: 'incomplete', at: null, meters: [] } } }
export const LimitReached = show({ kind: 'limit_reached', at: null, meters: ['Characters', 'Voices'] })
export const NearLimit = show({ kind: 'near_limit', at: null, meters: ['Characters'] })
export const Paused = show({ kind: 'paused', at: null, meters: [] })
export const PausedUntil = show({ kind: 'paused', at, meters: [] })
export const CancelScheduled = show({ kind: 'cancel_scheduled', at, meters: [] })
export const PauseScheduled = show({ kind: 'pause_scheduled', at, meters: [] })
export const TrialEnding = show({ kind: 'trial_ending', at, meters: [] })
export const Stale = show({ kind: 'stale', at: '2026-12-20T09:00:00.000Z', meters: [] })
export const LongNames = show({
  kind: 'limit_reached',
  at: null,
  meters: ['Characters of all voices together', 'Minutes of audio in studio quality', 'Databases'],
})
export const RightToLeft: Story = {
  args: { locale: 'ar', messages: ar.BillingBanner },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { onDismiss: fn() },
  decorators: [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>],
}
/** The connected component picks the most urgent notice, and brings its button: the toolbar's scenario says which. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <BillingBanner onUpgrade={fn()} />,
}
export const ConnectedPastDue: Story = {
  parameters: { scenario: scenarios.pastDue },
  render: () => <BillingBanner now={now} />,
}
export const ConnectedCanceling: Story = {
  parameters: { scenario: scenarios.canceling },
  render: () => <BillingBanner now={now} />,
}
export const ConnectedOverLimit: Story = {
  parameters: { scenario: scenarios.overLimit },
  render: () => <BillingBanner now={now} onUpgrade={fn()} />,
}
/** Nothing is urgent: there is nothing to see. */
export const ConnectedQuiet: Story = {
  parameters: { scenario: scenarios.active },
  render: () => <BillingBanner now={now} />,
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
