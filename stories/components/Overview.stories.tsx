import type { Meta, StoryObj } from '@storybook/react-vite'
import { PlanBadge, PortalButton, UpgradeButton, UsageMeter } from 'polar-billing-kit'

const meta = { title: 'Pages/Overview', parameters: { live: true } } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

export const Overview: Story = {
  render: () => (
    <>
      <PlanBadge />
      <UsageMeter meter="characters" />
      <UpgradeButton planType="pro" />
      <PortalButton />
    </>
  ),
}
