import type { Meta, StoryObj } from '@storybook/react-vite'
import { useBillingStatus, useCheckout } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, Failure, Waiting } from './markup.js'

const meta = { title: 'Hooks/useCheckout', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** It stays pending until the page is left. Here the checkout is paid at once, and the page stays. */
export const Live: Story = {
  render: function Buy() {
    const { data, failureReason } = useBillingStatus()
    const { mutate, isPending, error } = useCheckout()
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <>
        <Facts status={data.status} planName={data.planName} />
        <button
          type="button"
          disabled={isPending}
          onClick={() => mutate({ planType: 'pro', interval: 'month' })}
        >
          Buy Pro
        </button>
        <Failure error={error} />
      </>
    )
  },
}

/** What was bought arrives as a webhook, and shows without a reload. */
export const Bought: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /planName Free/)
    await userEvent.click(canvas.getByRole('button'))
    await shown(canvasElement, /status trialing planName Pro/)
  },
}

/** Who has a plan changes it, and does not buy another one: the server refuses. */
export const Refused: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /planName Pro/)
    await userEvent.click(canvas.getByRole('button'))
    await expect(await canvas.findByRole('alert')).toHaveTextContent(/already|subscri/i)
  },
}
