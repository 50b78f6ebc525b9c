import type { Meta, StoryObj } from '@storybook/react-vite'
import { PlanBadge, PortalButton, UpgradeButton, UsageMeter } from 'polar-billing-kit'

const meta = { title: 'Pages/Widgets', parameters: { live: true } } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** A few components in a page of your own, without a billing page. */
export const Widgets: Story = {
  render: () => (
    <>
      <PlanBadge />
      <UsageMeter meter="characters" />
      <UpgradeButton planType="pro" />
      <PortalButton />
    </>
  ),
}
