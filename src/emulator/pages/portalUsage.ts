import { html } from 'hono/html'
import { required } from '../core/database.js'
import { formatMoney } from '../core/money.js'
import type { CustomerRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import type { Markup } from './layout.js'

/** Usage of the period, as far as Polar's meters have followed. */
export function usageView(world: World, customer: CustomerRow): Markup | '' {
  const meters = world.db.customerMeters.of(customer.id)
  if (meters.length === 0) return ''
  return html`<section class="stack" aria-labelledby="usage">
    <h2 id="usage">Usage</h2>
    <ul class="card lines">
      ${meters.map((meter) => {
        const due = dueFor(world, customer, meter.meter_id)
        return html`<li class="row">
          <span>${required(world.db.meters, meter.meter_id).name}</span>
          <span class="number">
            ${count(meter.consumed_units)} used
            <span class="muted">of ${count(meter.credited_units)} included${due}</span>
          </span>
        </li>`
      })}
    </ul>
  </section>`
}

function dueFor(world: World, customer: CustomerRow, meterId: string): string {
  for (const subscription of world.db.subscriptions.of(customer.id)) {
    const meter = subscription.meters.find((candidate) => candidate.meter_id === meterId)
    if (subscription.ended_at === null && meter !== undefined && meter.amount > 0) {
      return `, ${formatMoney(meter.amount, subscription.currency)} so far`
    }
  }
  return ''
}

function count(units: number): string {
  return new Intl.NumberFormat('en-US').format(units)
}
