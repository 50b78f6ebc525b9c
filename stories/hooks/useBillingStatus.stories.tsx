import type { Meta, StoryObj } from '@storybook/react-vite'
import { useBillingStatus, useSuspenseBillingStatus } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { settled, shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/useBillingStatus', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Status() {
    const { data, failureReason } = useBillingStatus()
    if (data === undefined) return <Waiting error={failureReason} />
    const { status, planType, planName, isActive, expiresAt, stale } = data
    return <Facts {...{ status, planType, planName, isActive, expiresAt, stale }} />
  },
}

/** A failed payment takes nothing away at once: the plan stays active until its grace ends. */
export const PastDue: Story = {
  ...Live,
  globals: { scenario: 'past due' },
  play: async ({ canvasElement }) => {
    await shown(canvasElement, /status past_due/)
    await expect(canvasElement).toHaveTextContent('isActive true')
  },
}

/** Where nothing is known, the error says so. Nobody reads "Free". */
export const Unknown: Story = {
  ...Live,
  globals: { scenario: 'Polar down' },
  play: async ({ canvas, canvasElement }) => {
    await settled(canvasElement)
    await expect(canvas.getByRole('alert')).toBeVisible()
    await expect(canvasElement).not.toHaveTextContent('Free')
  },
}

/** `select` makes of the answer what the component needs, which then renders when that changes, and only then. */
export const Select: Story = {
  render: function PlanName() {
    const { data, failureReason } = useBillingStatus({ select: ({ planName }) => planName })
    if (data === undefined) return <Waiting error={failureReason} />
    return <p>You are on {data ?? 'a plan'}.</p>
  },
  globals: { scenario: 'active' },
  play: ({ canvasElement }) => shown(canvasElement, /You are on Pro\./),
}

/** `useSuspenseBillingStatus`: there is always an answer; `<Suspense>` and the error boundary above show the rest. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Status() {
    const { data } = useSuspenseBillingStatus()
    return <Facts status={data.status} planName={data.planName} />
  },
  globals: { scenario: 'trial' },
  play: ({ canvasElement }) => shown(canvasElement, /status trialing planName Pro/),
}
