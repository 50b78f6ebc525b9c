import type { Meta, StoryObj } from '@storybook/react-vite'
import { formatDate, formatMoney, useSubscription, useSuspenseSubscription } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/useSubscription', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Subscription() {
    const { data, failureReason } = useSubscription()
    if (data === undefined) return <Waiting error={failureReason} />
    const { status, planName, amount, currency, currentPeriodEnd, cancelAtPeriodEnd } = data
    return (
      <Facts
        status={status}
        planName={planName}
        // `null`: nobody said. It is not 0.
        amount={amount === null || currency === null ? null : formatMoney(amount, currency)}
        currentPeriodEnd={currentPeriodEnd === null ? null : formatDate(currentPeriodEnd)}
        cancelAtPeriodEnd={cancelAtPeriodEnd}
      />
    )
  },
}

/** Canceled, and usable until the period ends. */
export const Canceling: Story = {
  ...Live,
  globals: { scenario: 'canceling' },
  play: async ({ canvasElement }) => {
    await shown(canvasElement, /cancelAtPeriodEnd true/)
    await expect(canvasElement).toHaveTextContent('status active')
    await expect(canvasElement).toHaveTextContent('amount $29.00')
  },
}

/** Without a subscription there is an answer, too. */
export const None: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: ({ canvasElement }) => shown(canvasElement, /status none planName Free amount \$0\.00/),
}

/** `useSuspenseSubscription`: there is always an answer. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Seats() {
    const { data } = useSuspenseSubscription({ select: ({ seats }) => seats })
    return <Facts seats={data} />
  },
  globals: { scenario: 'team' },
  play: ({ canvasElement }) => shown(canvasElement, /seats 5/),
}
