import type { Meta, StoryObj } from '@storybook/react-vite'
import { useInvoice, useOrders } from 'polar-billing-kit'
import { expect } from 'storybook/test'
import { hookParameters } from './hookParameters.js'
import { Failure, Waiting } from './markup.js'

const meta = { title: 'Hooks/useInvoice', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** `mutate` opens the invoice in a tab. With `open: false` it hands the URL back: a story keeps to its page. */
export const Live: Story = {
  render: function Invoice() {
    const orders = useOrders()
    const { mutate, data, isPending, error } = useInvoice({ open: false })
    if (orders.data === undefined) return <Waiting error={orders.failureReason} />
    const [latest] = orders.data.pages.flatMap((page) => page.orders)
    if (latest === undefined) return <p>Nothing was ordered yet.</p>
    return (
      <>
        <button type="button" disabled={isPending} onClick={() => mutate({ orderId: latest.id })}>
          {isPending ? 'Making the invoice…' : 'Invoice'}
        </button>
        {data && <a href={data.url}>The invoice</a>}
        <Failure error={error} />
      </>
    )
  },
}

/** One that Polar has not made yet is made first, and waited for. */
export const Made: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(await canvas.findByRole('button', {}, { timeout: 15_000 }))
    const link = await canvas.findByRole('link', {}, { timeout: 15_000 })
    await expect(link).toHaveAttribute('href', expect.stringMatching(/^https:.*invoice/))
  },
}
