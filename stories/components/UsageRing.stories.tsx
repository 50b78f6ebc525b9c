import type { Meta, StoryObj } from '@storybook/react-vite'
import { type MeterUsage, UsageRing, UsageRingView, type UsageRingViewProps } from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import type { PartsOf } from '../docs/PartsOf.js'

const characters = {
  name: 'Characters',
  unit: 'characters',
  used: 320,
  pending: 0,
  limit: 1_000,
  included: 1_000,
}

const meta = {
  title: 'Components/UsageRing',
  component: UsageRingView,
  args: { meter: characters },
  parameters: {
    parts: {
      root: 'The ring with its texts.',
      ring: 'The ring itself.',
      track: 'All that the limit allows, as a circle.',
      used: 'What was used, as an arc.',
      pending: 'What the server has accepted and Polar has not counted yet, as an arc behind what was used.',
      percent: 'The share of the limit, in the middle of the ring.',
      label: 'The name of what is counted.',
      value: 'How much was used, of how much.',
      note: 'What is special about it: the limit is passed, or the numbers are the last known.',
    } satisfies PartsOf<UsageRingViewProps>,
  },
} satisfies Meta<typeof UsageRingView>

export default meta
type Story = StoryObj<typeof meta>

const show = (numbers: Partial<MeterUsage>): Story => ({ args: { meter: { ...characters, ...numbers } } })

export const Ok: Story = {}
/** The lighter part was accepted by the server, and Polar has not counted it yet. */
export const Pending = show({ pending: 260 })
export const NearLimit = show({ used: 860 })
export const AtLimit = show({ used: 1_000 })
/** Not clamped: the ring is full, and says by how much. */
export const OverLimit = show({ used: 1_240 })
export const OverLimitPending = show({ used: 900, pending: 340 })
export const NothingUsed = show({ used: 0 })
export const LimitZero = show({ used: 0, limit: 0 })
/** Units were given back. */
export const Negative = show({ used: -20 })
export const Overage = show({ used: 24_000, limit: 100_000, included: 10_000, overage: 14_000 })
/** No limit: no ring, only text. */
export const Unlimited = show({ used: 24_000, limit: null, included: 10_000, overage: 14_000 })
export const Huge = show({ used: 1_234_567_890, limit: 9_876_543_210 })
export const Loading: Story = { args: { meter: undefined, label: 'Characters' } }
export const Unavailable: Story = {
  args: { meter: undefined, label: 'Characters', error: new Error('The provider is down') },
}
/** Polar could not be asked. */
export const Stale: Story = { args: { stale: true } }
/** It turns clockwise in every script, like a clock. */
export const RightToLeft: Story = {
  args: { meter: { ...characters, pending: 260 }, locale: 'ar', messages: ar.UsageMeter },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { meter: { ...characters, name: 'Characters of all voices together', pending: 260 } },
  decorators: [(Story) => <div style={{ inlineSize: '6rem' }}>{Story()}</div>],
}
export const SideBySide: Story = {
  render: (args) => (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '2rem' }}>
      {[320, 860, 1_240].map((used) => (
        <UsageRingView key={used} {...args} meter={{ ...characters, used }} />
      ))}
    </div>
  ),
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <UsageRing meter="characters" />,
}
