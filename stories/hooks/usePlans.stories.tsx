import type { Meta, StoryObj } from '@storybook/react-vite'
import { formatMoney, type Plan, usePlans, useSuspensePlans } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/usePlans', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** What an app of yours could say of a plan's price. `prices` is `null` while nobody knows them, and empty where nothing is to pay. */
function priceOf({ prices, contact }: Plan): string {
  const recurring = prices?.find(({ type, interval }) => type === 'recurring' && interval === 'month')
  if (typeof recurring?.amount === 'number')
    return `${formatMoney(recurring.amount, recurring.currency)} a month`
  if (contact !== null) return 'by agreement'
  return prices?.length === 0 ? 'free of charge' : 'see the checkout'
}

/** The price list is public: it is there without an organization, too. */
export const Live: Story = {
  render: function Plans() {
    const { data, failureReason } = usePlans()
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <ul>
        {data.plans.map((plan) => (
          <li key={plan.planType}>
            {plan.name}: {priceOf(plan)}
          </li>
        ))}
      </ul>
    )
  },
  play: async ({ canvasElement }) => {
    await shown(canvasElement, /Pro: \$29\.00 a month/)
    await expect(canvasElement).toHaveTextContent('Enterprise: by agreement')
  },
}

/** `useSuspensePlans`: there is always an answer. `select` works as in `usePlans`. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function ForSale() {
    const { data } = useSuspensePlans({ select: ({ plans }) => plans.filter(({ forSale }) => forSale) })
    return <p>For sale: {data.map(({ name }) => name).join(', ')}</p>
  },
  play: ({ canvasElement }) => shown(canvasElement, /For sale: Pro, Team/),
}
