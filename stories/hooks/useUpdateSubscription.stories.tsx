import type { Meta, StoryObj } from '@storybook/react-vite'
import { useSubscription, useUpdateSubscription } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, Failure, Waiting } from './markup.js'

const meta = { title: 'Hooks/useUpdateSubscription', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Cancels, and takes it back. Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Cancel() {
    const { data, failureReason } = useSubscription()
    const { mutate, isPending, error } = useUpdateSubscription()
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <>
        <Facts
          planName={data.planName}
          cancelAtPeriodEnd={data.cancelAtPeriodEnd}
          request={isPending ? 'pending' : 'none'}
        />
        {data.cancelAtPeriodEnd ? (
          <button type="button" onClick={() => mutate({ action: 'resume' })}>
            Keep the plan
          </button>
        ) : (
          <button type="button" onClick={() => mutate({ action: 'cancel', reason: 'unused' })}>
            Cancel the plan
          </button>
        )}
        <Failure error={error} />
      </>
    )
  },
}

/** It shows before the server has answered, and stays. */
export const CancelShowsAtOnce: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /cancelAtPeriodEnd false/)
    const atOnce = shown(canvasElement, /cancelAtPeriodEnd true request pending/)
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel the plan' }))
    await atOnce
    await shown(canvasElement, /cancelAtPeriodEnd true request none/)
  },
}

/** Without a subscription there is nothing to cancel, and nothing shows as canceled. */
export const Refused: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /cancelAtPeriodEnd false/)
    await userEvent.click(canvas.getByRole('button', { name: 'Cancel the plan' }))
    await expect(await canvas.findByRole('alert', {}, { timeout: 15_000 })).toBeVisible()
    await shown(canvasElement, /cancelAtPeriodEnd false/)
  },
}

/** A change of plan is charged first, so that nothing shows before the answer. */
export const ChangePlan: Story = {
  render: function Change() {
    const { data, failureReason } = useSubscription()
    const { mutate, isPending, error } = useUpdateSubscription()
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <>
        <Facts planName={data.planName} amount={data.amount} />
        <button
          type="button"
          disabled={isPending}
          onClick={() => mutate({ action: 'change', planType: 'pro', interval: 'year', when: 'now' })}
        >
          {isPending ? 'Changing…' : 'Pay by the year'}
        </button>
        <Failure error={error} />
      </>
    )
  },
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /amount 2900/)
    await userEvent.click(canvas.getByRole('button'))
    await shown(canvasElement, /amount 29000/)
  },
}
