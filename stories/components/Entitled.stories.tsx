import type { Meta, StoryObj } from '@storybook/react-vite'
import { Entitled } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'

const meta = {
  title: 'Components/Entitled',
  component: Entitled,
  args: {
    feature: 'api',
    children: <p>Your API keys</p>,
    fallback: <p>API access is a part of Pro.</p>,
    loading: <p>Looking at your plan…</p>,
  },
} satisfies Meta<typeof Entitled>

export default meta
type Story = StoryObj<typeof meta>

/** It asks the backend of the provider. */
export const Connected: Story = { parameters: { live: true } }
export const Included: Story = { parameters: { scenario: scenarios.active } }
export const NotInPlan: Story = { parameters: { scenario: scenarios.free } }
export const Inactive: Story = { parameters: { scenario: scenarios.paused } }
export const Loading: Story = { parameters: { scenario: scenarios.loading } }
/** Nothing could be read: neither the children nor the fallback is certain. */
export const Unknown: Story = { parameters: { scenario: scenarios.down } }
export const UnknownAllowed: Story = {
  args: { whenUnknown: 'allow' },
  parameters: { scenario: scenarios.down },
}
export const UnknownDenied: Story = {
  args: { whenUnknown: 'deny' },
  parameters: { scenario: scenarios.down },
}
export const Meter: Story = {
  parameters: { scenario: scenarios.nearLimit },
  render: () => (
    <Entitled meter="characters" amount={100} fallback={<p>Not enough characters are left.</p>}>
      <button type="button">Speak 100 characters</button>
    </Entitled>
  ),
}
export const LimitReached: Story = { ...Meter, parameters: { scenario: scenarios.overLimit } }
/** A function draws every state itself. */
export const Drawn: Story = {
  parameters: { scenario: scenarios.paused },
  render: () => (
    <Entitled feature="api">
      {({ allowed, reason }) => (
        <p>
          {String(allowed)}: {reason}
        </p>
      )}
    </Entitled>
  ),
}
