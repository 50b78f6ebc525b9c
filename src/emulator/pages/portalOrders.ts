import { html } from 'hono/html'
import { documentUrl } from '../billing/invoices.js'
import { formatMoney } from '../core/money.js'
import type { CustomerRow, OrderRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { type Form, type Markup, longDate } from './layout.js'

export function ordersView(world: World, customer: CustomerRow, form: Form): Markup {
  const orders = world.db.orders.of(customer.id).toReversed()
  return html`<section class="stack" aria-labelledby="orders">
    <h2 id="orders">Orders</h2>
    ${
      orders.length === 0
        ? html`<p class="card muted">Nothing was ordered yet.</p>`
        : html`<ul class="card lines">
            ${orders.map((row) => orderLine(world, row, form))}
          </ul>`
    }
  </section>`
}

function orderLine(world: World, row: OrderRow, form: Form): Markup {
  return html`<li class="row">
    <div>
      <p>${row.description} <span class="badge ${row.paid ? 'good' : ''}">${row.status}</span></p>
      <p class="muted small">${longDate(row.created_at)} · ${row.invoice_number}</p>
    </div>
    <div class="row">
      <span class="number">${formatMoney(row.total_amount, row.currency)}</span>
      ${document(world, row, form)}
    </div>
  </li>`
}

function document(world: World, row: OrderRow, form: Form): Markup | '' {
  if (row.status === 'void') return ''
  return row.is_invoice_generated
    ? html`<a href="${documentUrl(world, row, 'invoice')}">Invoice</a>`
    : form(`/orders/${row.id}/invoice`, html`<button>Generate invoice</button>`)
}
