import type { Meta, StoryObj } from '@storybook/react-vite'
import { type MeterUsage, UsageMeter, UsageMeterView, type UsageMeterViewProps } from 'polar-billing-kit'
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
  title: 'Components/UsageMeter',
  component: UsageMeterView,
  args: { meter: characters },
  parameters: {
    parts: {
      root: 'The whole meter.',
      label: 'The name of what is counted.',
      value: 'How much was used, of how much.',
      track: 'The bar: all that the limit allows.',
      used: 'What was used, in the track.',
      pending: 'What the server has accepted and Polar has not counted yet, behind what was used.',
      note: 'What is special about it: the limit is passed, or the numbers are the last known.',
    } satisfies PartsOf<UsageMeterViewProps>,
  },
} satisfies Meta<typeof UsageMeterView>

export default meta
type Story = StoryObj<typeof meta>

const show = (numbers: Partial<MeterUsage>): Story => ({ args: { meter: { ...characters, ...numbers } } })

export const Ok: Story = {}
/** The striped part was accepted by the server, and Polar has not counted it yet. */
export const Pending = show({ pending: 260 })
export const NearLimit = show({ used: 860 })
export const AtLimit = show({ used: 1_000 })
/** Not clamped: the bar is full, and says by how much. */
export const OverLimit = show({ used: 1_240 })
export const OverLimitPending = show({ used: 900, pending: 340 })
export const NothingUsed = show({ used: 0 })
export const LimitZero = show({ used: 0, limit: 0 })
/** Units were given back. */
export const Negative = show({ used: -20 })
/** Above what the price covers, below the limit. */
export const Overage = show({ used: 24_000, limit: 100_000, included: 10_000, overage: 14_000 })
/** No limit: no meter, only text. */
export const Unlimited = show({ used: 24_000, limit: null, included: 10_000, overage: 14_000 })
export const Huge = show({ used: 1_234_567_890, limit: 9_876_543_210 })
export const Loading: Story = { args: { meter: undefined, label: 'Characters' } }
export const Unavailable: Story = {
  args: { meter: undefined, label: 'Characters', error: new Error('The provider is down') },
}
/** Polar could not be asked. */
export const Stale: Story = { args: { stale: true } }
export const German: Story = { args: { meter: { ...characters, used: 12_345, limit: 50_000 }, locale: 'de' } }
export const RightToLeft: Story = {
  args: { meter: { ...characters, pending: 260 }, locale: 'ar', messages: ar.UsageMeter },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { meter: { ...characters, name: 'Characters of all voices together', pending: 260 } },
  decorators: [(Story) => <div style={{ inlineSize: '11rem' }}>{Story()}</div>],
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <UsageMeter meter="characters" />,
}
