import { render, screen, waitFor, within } from '@testing-library/react'
import {
  BillingError,
  type Invoice,
  InvoiceList,
  InvoiceListView,
  type Order,
  type Orders,
} from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const { orders } = scenarios.active.listOrders
const [latest] = orders as [Order]

const root = () => document.querySelector<HTMLElement>('.billing-invoices')
const show = (order: Partial<Order>, locale = 'en-US') =>
  render(<InvoiceListView orders={[{ ...latest, ...order }]} locale={locale} onInvoice={() => undefined} />)
const part = (name: string) => document.querySelector<HTMLElement>(`[data-billing-part="${name}"]`)
const button = (name: string) => screen.findByRole('button', { name })

afterEach(() => page.viewport(800, 600))

describe('<InvoiceListView />', () => {
  testComponent(
    InvoiceListView,
    { orders, onInvoice: () => undefined, more: 'idle' as const },
    HTMLDivElement,
  )

  it.each([800, 320])('is a table with a name and headers, at %i px too', async (width) => {
    await page.viewport(width, 600)
    const { container } = render(
      <InvoiceListView orders={orders} locale="en-US" onInvoice={() => undefined} />,
    )
    const table = screen.getByRole('table', { name: 'Invoices' })
    expect(
      within(table)
        .getAllByRole('columnheader')
        .map(({ textContent }) => textContent),
    ).toEqual(['Date', 'Description', 'Status', 'Amount', 'Invoice'])
    const [, first] = within(table).getAllByRole('row')
    expect(
      within(first as HTMLElement)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['November 21, 2026', 'ProACME-7XK2-0003', 'Paid', '$29.00', 'Invoice'])
    expect(container.scrollWidth).toBeLessThanOrEqual(container.clientWidth)
    await expectNoViolations(container)
  })

  it.each([
    ['completed', 'Paid'],
    ['paid', 'Paid'],
    ['pending', 'Pending'],
    ['refunded', 'Refunded'],
    ['partially_refunded', 'Partially refunded'],
    ['void', 'Void'],
    ['draft', 'Draft'],
    ['disputed', 'disputed'],
    ['toString', 'toString'],
  ])('status %s: "%s"', (status, word) => {
    show({ status })
    expect(part('status')?.textContent).toBe(word)
    expect(part('row')?.dataset['state']).toBe(status)
  })

  it.each([
    [500, '$29.00$5.00 refunded'],
    [2_900, '$29.00'],
    [0, '$29.00'],
    [Number.NaN, '$29.00'],
    [undefined, '$29.00'],
  ])('%s of the amount was paid back: "%s"', (refundedAmount, text) => {
    const { refundedAmount: _, ...order } = latest
    render(
      <InvoiceListView
        orders={[{ ...order, ...(refundedAmount !== undefined && { refundedAmount }) }]}
        locale="en-US"
      />,
    )
    expect(part('amount')?.textContent).toBe(text)
  })

  it.each([
    ['JPY', 4_400, 'ja', '￥4,400'],
    ['KWD', 8_950, 'en-US', 'KWD\u00A08.950'],
    ['EUR', 123_456, 'de', '1.234,56\u00A0€'],
    ['USD', 0, 'en-US', '$0.00'],
    ['USD', -500, 'en-US', '-$5.00'],
  ])('amounts in %s', (currency, amount, locale, text) => {
    show({ currency, amount }, locale)
    expect(part('amount')?.textContent).toBe(text)
  })

  it('each button names its order, and hands over its id', () => {
    const onInvoice = vi.fn()
    const unnumbered = { ...latest, id: 'ord_x', invoiceNumber: null }
    render(<InvoiceListView orders={[latest, unnumbered]} locale="en-US" onInvoice={onInvoice} />)
    screen.getByRole('button', { name: 'Invoice ACME-7XK2-0003, opens in a new tab' }).click()
    screen.getByRole('button', { name: 'Invoice of November 21, 2026, opens in a new tab' }).click()
    expect(onInvoice.mock.calls).toEqual([['ord_3'], ['ord_x']])
  })

  it.each(['void', 'draft'])('%s: there is no invoice', (status) => {
    show({ status })
    expect(screen.queryByRole('button')).toBeNull()
  })

  it.each([
    [new BillingError('TIMEOUT', 'x'), 'The invoice is still being made. Try again in a minute.'],
    [new BillingError('CONFLICT', 'Add an address first.'), 'Add an address first.'],
    [new BillingError('INTERNAL_SERVER_ERROR', 'x'), 'Could not open the invoice. Please try again.'],
    [new BillingError('ABORTED', 'x'), undefined],
  ])('why an invoice did not open: %s', (error, text) => {
    render(<InvoiceListView orders={orders} onInvoice={() => undefined} progress={{ ord_2: error }} />)
    expect(screen.queryByRole('alert')?.textContent).toBe(text)
  })

  it.each([
    [{}, 'loading', 'Loading your invoices…'],
    [{ error: new Error('no') }, 'error', 'Your invoices could not be loaded.'],
    [{ orders: [] }, 'empty', 'No invoices yet They appear here after your first payment.'],
  ])('%j: %s', async (props, state, text) => {
    const { container } = render(<InvoiceListView {...props} />)
    expect([root()?.dataset['state'], root()?.textContent]).toEqual([state, text])
    expect(screen.queryByRole('table')).toBeNull()
    await expectNoViolations(container)
  })

  it('known orders go before an error', () => {
    render(<InvoiceListView orders={orders} error={new Error('no')} />)
    expect(root()?.dataset['state']).toBe('ready')
  })
})

describe('<InvoiceList />', () => {
  it('default', async () => {
    renderWithBilling(<InvoiceList />, { scenario: scenarios.active })
    expect(await screen.findAllByRole('button')).toHaveLength(3)
  })

  it('behavior: nothing was bought yet', async () => {
    renderWithBilling(<InvoiceList />)
    expect(await screen.findByText('No invoices yet')).toBeTruthy()
  })

  it('behavior: the provider is down; "Try again" does', async () => {
    let isDown = true
    const listOrders = async () => {
      if (isDown) throw new BillingError('SERVICE_UNAVAILABLE', 'Down.', { retryAfter: 300 })
      return scenarios.active.listOrders
    }
    renderWithBilling(<InvoiceList />, { scenario: { listOrders } })
    const retry = await button('Try again')
    isDown = false
    await userEvent.click(retry)
    expect(await screen.findByRole('table')).toBeTruthy()
  })

  it.each([
    ['signed out', { organizationId: null }],
    ['a backend that lists no orders', { scenario: { getStatus: scenarios.active.getStatus } }],
  ])('behavior: %s', async (_name, setup) => {
    const { container } = renderWithBilling(<InvoiceList />, setup)
    await expect.poll(() => container.innerHTML).toBe('')
  })

  it('behavior: a backend without invoices lists the orders', async () => {
    const { listOrders } = scenarios.active
    renderWithBilling(<InvoiceList />, { scenario: { listOrders } })
    expect(await screen.findByRole('table')).toBeTruthy()
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('behavior: "Load more" page by page, keeps the focus, and survives a failure', async () => {
    let isDown = true
    const listOrders = async ({ cursor }: { cursor?: string | undefined }): Promise<Orders> => {
      if (cursor === undefined) return { orders: orders.slice(0, 2), nextCursor: 'p2' }
      if (isDown) throw new BillingError('NOT_FOUND', 'No such page.')
      return { orders: orders.slice(2), nextCursor: null }
    }
    renderWithBilling(<InvoiceList />, { scenario: { listOrders } })
    await userEvent.click(await button('Load more'))
    expect(await screen.findByText('Could not load more. Please try again.')).toBeTruthy()
    expect(screen.getAllByRole('row')).toHaveLength(3)
    isDown = false
    await userEvent.click(await button('Load more'))
    const all = await button('All invoices are shown')
    expect(screen.getAllByRole('row')).toHaveLength(4)
    expect(document.activeElement).toBe(all)
  })

  /** Clicks the latest order's button over a backend that answers when the test says so. */
  async function openInvoice() {
    const open = vi.spyOn(window, 'open')
    let answer: ((invoice: Invoice | Promise<Invoice>) => void) | undefined
    const getInvoice = () =>
      new Promise<Invoice>((resolve) => {
        answer = resolve
      })
    renderWithBilling(<InvoiceList />, { scenario: { ...scenarios.active, getInvoice } })
    const invoice = await button('Invoice ACME-7XK2-0003, opens in a new tab')
    await userEvent.click(invoice)
    await waitFor(() => expect(invoice.dataset['state']).toBe('busy'))
    const tab = open.mock.results[0]?.value as Window
    open.mockRestore()
    return { invoice, tab, answer: (given: Invoice | Promise<Invoice>) => answer?.(given) }
  }

  it('behavior: an invoice opens in a tab that cannot reach this page', async () => {
    const { invoice, tab, answer } = await openInvoice()
    // This order alone is busy.
    expect(document.querySelectorAll('[data-state="busy"]')).toHaveLength(1)
    expect(tab.document.title).toBe('Preparing your invoice…')
    const url = `${location.origin}/__vitest__/favicon.svg`
    answer({ url })
    await waitFor(() => expect(invoice.dataset['state']).toBe('idle'))
    await waitFor(() => expect(tab.location.href).toBe(url))
    expect(tab.opener).toBeNull()
    tab.close()
  })

  it('behavior: the tab of an invoice that fails closes again', async () => {
    const { invoice, tab, answer } = await openInvoice()
    answer(Promise.reject(new BillingError('CONFLICT', 'Add an address first.')))
    expect((await screen.findByRole('alert')).textContent).toBe('Add an address first.')
    expect(invoice.dataset['state']).toBe('error')
    await waitFor(() => expect(tab.closed).toBe(true))
  })
})
