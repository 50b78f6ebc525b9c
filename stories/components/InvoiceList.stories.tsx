import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  BillingError,
  InvoiceList,
  InvoiceListView,
  type InvoiceListViewProps,
  type Order,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import type { PartsOf } from '../docs/PartsOf.js'

const { orders } = scenarios.active.listOrders
const [latest] = orders as [Order]

/** One order for each of these, a month apart. */
const ordersOf = (...changes: Partial<Order>[]): Order[] =>
  changes.map((change, index) => ({
    ...latest,
    id: `ord_${index}`,
    invoiceNumber: `ACME-7XK2-00${40 - index}`,
    createdAt: new Date(Date.UTC(2026, 10 - index, 21, 9)).toISOString(),
    ...change,
  }))

const statuses = ordersOf(
  { status: 'pending', paid: false, invoiceNumber: null },
  { status: 'completed' },
  { status: 'partially_refunded', refundedAmount: 500 },
  { status: 'refunded', refundedAmount: 2_900 },
  { status: 'void', paid: false },
  { status: 'draft', paid: false, invoiceNumber: null },
  { status: 'disputed' },
)

const meta = {
  title: 'Components/InvoiceList',
  component: InvoiceListView,
  args: { orders, onInvoice: () => undefined },
  parameters: {
    parts: {
      root: 'The whole list.',
      table: 'The table of orders; where it is narrow its rows are cards.',
      title: 'The caption of the table.',
      row: 'One order.',
      date: 'When it was ordered.',
      description: 'What was ordered.',
      number: 'The number of the invoice, below the description.',
      status: 'Whether it was paid, is open, or was refunded.',
      amount: 'What it cost, and what of it was refunded.',
      invoice: 'The button that opens the invoice.',
      more: 'The button that loads older orders.',
      note: 'That it loads, could not be read, or that nothing was ordered.',
      retry: 'The button that tries again to read it.',
      button: 'Each of its buttons. How much it weighs is on data-variant.',
      error: 'Why the last click did not work, beside its button.',
    } satisfies PartsOf<InvoiceListViewProps>,
    keyboard: {
      Tab: 'From invoice to invoice, then to the button for more.',
      'Enter, Space': 'Open the invoice in a tab, or load older orders: the button keeps the focus.',
    },
  },
} satisfies Meta<typeof InvoiceListView>

export default meta
type Story = StoryObj<typeof meta>

const narrow: Story['decorators'] = [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>]

export const Paid: Story = {}
/** A word that the kit does not know is shown as it is. */
export const Statuses: Story = { args: { orders: statuses } }
export const Currencies: Story = {
  args: {
    orders: ordersOf(
      { currency: 'JPY', amount: 4_400 },
      { currency: 'KWD', amount: 8_950 },
      { currency: 'EUR', amount: 123_456_789 },
      { amount: 0, description: 'Trial' },
    ),
  },
}
/** A PDF that is still being made. */
export const Busy: Story = { args: { progress: { [latest.id]: 'busy' } } }
export const InvoiceFailed: Story = {
  args: {
    progress: {
      ord_3: new BillingError('TIMEOUT', 'Later.'),
      ord_2: new BillingError('NETWORK_ERROR', 'No network.'),
      ord_1: new BillingError('CONFLICT', 'Add a billing address in the customer portal first.'),
    },
  },
}
export const More: Story = { args: { more: 'idle' } }
export const LoadingMore: Story = { args: { more: 'busy' } }
export const MoreFailed: Story = { args: { more: 'error' } }
/** After the last page: the button keeps the focus. */
export const AllShown: Story = { args: { more: 'all' } }
/** A backend without invoices. */
export const WithoutInvoices: Story = {
  render: ({ onInvoice: _none, ...args }) => <InvoiceListView {...args} />,
}
export const Loading: Story = { args: { orders: undefined } }
export const Empty: Story = { args: { orders: [] } }
export const Unavailable: Story = {
  args: { orders: undefined, error: new Error('The provider is down'), onRetry: () => undefined },
}
export const LongText: Story = {
  args: {
    orders: ordersOf({
      description:
        'Professional for agencies with many voices, with the yearly discount of a founding customer',
      invoiceNumber: 'ACME-INTERNATIONAL-HOLDING-2026-000000001234',
    }),
  },
}
export const German: Story = { args: { orders: statuses, locale: 'de' } }
export const RightToLeft: Story = {
  args: { orders: statuses.slice(0, 4), locale: 'ar', messages: ar.InvoiceList },
  globals: { direction: 'rtl' },
}
/** Rows become cards. */
export const Narrow: Story = { args: { orders: statuses, more: 'idle' }, decorators: narrow }
export const NarrowRightToLeft: Story = { ...RightToLeft, decorators: narrow }
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = { parameters: { live: true }, render: () => <InvoiceList /> }
export const ConnectedEmpty: Story = {
  parameters: { scenario: scenarios.free },
  render: () => <InvoiceList />,
}
export const ConnectedDown: Story = {
  parameters: { scenario: scenarios.down },
  render: () => <InvoiceList />,
}
