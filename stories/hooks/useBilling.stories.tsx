import type { Meta, StoryObj } from '@storybook/react-vite'
import { useQueryClient } from '@tanstack/react-query'
import { useBilling } from 'polar-billing-kit'
import { billingStatusQueryOptions } from 'polar-billing-kit/query'
import { useState } from 'react'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts } from './markup.js'

const meta = { title: 'Hooks/useBilling', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** What the provider holds is all that an option factory needs, here to ask once, in an event. */
export const Live: Story = {
  render: function Ask() {
    const billing = useBilling()
    const queryClient = useQueryClient()
    const [planName, setPlanName] = useState<string | null>('not asked')
    const ask = async () =>
      setPlanName((await queryClient.fetchQuery(billingStatusQueryOptions(billing))).planName)
    return (
      <>
        <Facts organizationId={billing.organizationId} locale={billing.locale} planName={planName} />
        <button type="button" onClick={() => void ask()}>
          Which plan is it?
        </button>
      </>
    )
  },
}

export const Asked: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /organizationId acme locale en-US planName not asked/)
    await userEvent.click(canvas.getByRole('button'))
    await shown(canvasElement, /planName Pro/)
  },
}
