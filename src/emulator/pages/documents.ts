import type { Hono } from 'hono'
import { html } from 'hono/html'
import { required } from '../core/database.js'
import { formatMoney } from '../core/money.js'
import type { OrderRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { type Markup, longDate, messagePage, page } from './layout.js'

/** Invoices and receipts, as pages to look at or print. */
export function mountDocuments(app: Hono, world: World): void {
  app.get('/documents/:token/:kind', (c) => {
    const kind = c.req.param('kind') === 'receipt' ? 'Receipt' : 'Invoice'
    for (const row of world.db.orders.values()) {
      if (row.documentToken !== c.req.param('token')) continue
      const number = kind === 'Receipt' ? row.receipt_number : row.invoice_number
      return page(c, { title: `${kind} ${number}`, body: documentView(world, row, `${kind} ${number}`) })
    }
    return messagePage(c, { title: 'Not found', text: 'There is no such document.', status: 404 })
  })
}

function documentView(world: World, row: OrderRow, title: string): Markup {
  const customer = required(world.db.customers, row.customer_id)
  const money = (amount: number) => formatMoney(amount, row.currency)
  return html`<main class="portal stack wide">
    <header class="row top">
      <div class="stack tight">
        <h1>${title}</h1>
        <p class="muted">${longDate(row.created_at)}</p>
      </div>
      <span class="badge">${row.status}</span>
    </header>
    <section class="row top">
      <div>
        <p class="muted small">From</p>
        <p>${world.organization.name}</p>
      </div>
      <div>
        <p class="muted small">To</p>
        <p>${row.billing_name ?? customer.email}</p>
        <p class="muted small">${customer.email} ${row.billing_address?.country ?? ''}</p>
      </div>
    </section>
    <section class="card stack">
      <ul class="lines">
        ${row.items.map(
          (item) =>
            html`<li class="row">
              <span>${item.label}</span><span class="number">${money(item.amount)}</span>
            </li>`,
        )}
      </ul>
      <dl class="totals">
        <div class="muted">
          <dt>Tax</dt>
          <dd class="number">${money(row.tax_amount)}</dd>
        </div>
        <div class="due">
          <dt>Total</dt>
          <dd class="number">${money(row.total_amount)}</dd>
        </div>
      </dl>
    </section>
  </main>`
}
