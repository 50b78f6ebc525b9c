import type { Meta, StoryObj } from '@storybook/react-vite'
import { formatDate, formatMoney, useOrders, useSuspenseOrders } from 'polar-billing-kit'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/useOrders', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** Page by page, the latest first. Follows the toolbar's scenario. */
export const Live: Story = {
  render: function Orders() {
    const { data, failureReason, hasNextPage, isFetchingNextPage, fetchNextPage } = useOrders()
    if (data === undefined) return <Waiting error={failureReason} />
    const orders = data.pages.flatMap((page) => page.orders)
    return (
      <>
        <ul>
          {orders.map(({ id, createdAt, amount, currency, status }) => (
            <li key={id}>
              {formatDate(createdAt)}: {formatMoney(amount, currency)}, {status}
            </li>
          ))}
        </ul>
        {orders.length === 0 && <p>Nothing was ordered yet.</p>}
        {hasNextPage && (
          <button type="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more
          </button>
        )}
      </>
    )
  },
}

export const Loaded: Story = {
  ...Live,
  globals: { scenario: 'past due' },
  play: ({ canvasElement }) => shown(canvasElement, /\$29\.00, pending.*\$29\.00, completed/),
}

export const Empty: Story = {
  ...Live,
  globals: { scenario: 'free' },
  play: ({ canvasElement }) => shown(canvasElement, /Nothing was ordered yet/),
}

/** `useSuspenseOrders`: the first page is always there. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Orders() {
    const { data } = useSuspenseOrders()
    const [latest] = data.pages.flatMap(({ orders }) => orders)
    return <Facts latest={latest?.invoiceNumber} />
  },
  globals: { scenario: 'active' },
  play: ({ canvasElement }) => shown(canvasElement, /latest \S+-0001/),
}
