import type { Meta, StoryObj } from '@storybook/react-vite'
import { PortalButton, PortalButtonView, type PortalButtonViewProps } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { expect } from 'storybook/test'
import type { PartsOf } from '../docs/PartsOf.js'

const meta = {
  title: 'Components/PortalButton',
  component: PortalButtonView,
  parameters: {
    parts: {
      root: 'The button.',
      error: 'Why the last click did not work, beside the button.',
    } satisfies PartsOf<PortalButtonViewProps>,
    keyboard: {
      'Enter, Space':
        'Open the customer portal, once: while the button is busy it keeps the focus and does nothing.',
    },
  },
} satisfies Meta<typeof PortalButtonView>

export default meta
type Story = StoryObj<typeof meta>

export const Idle: Story = {}
export const Busy: Story = { args: { state: 'busy' } }
export const Failed: Story = { args: { error: new Error('The provider is down') } }
export const OwnText: Story = { args: { children: 'Invoices and payment' } }
/** The connected component: there is something to manage. */
export const Connected: Story = { parameters: { live: true }, render: () => <PortalButton /> }
/** Nothing bought yet: it renders nothing. */
export const ConnectedNothingBought: Story = {
  parameters: { scenario: scenarios.free },
  render: () => <PortalButton />,
  play: async ({ canvas }) => {
    await expect(canvas.queryByRole('button')).toBeNull()
  },
}
