import { html } from 'hono/html'
import { isBillable } from '../billing/statuses.js'
import { required } from '../core/database.js'
import { formatMoney } from '../core/money.js'
import type { CustomerRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { type Form, type Markup, longDate } from './layout.js'
import { seatsView } from './portalSeats.js'
import { includedWords, intervalWords, seatWords } from './words.js'

const TONES: Partial<Record<SubscriptionRow['status'], string>> = {
  active: 'good',
  trialing: 'good',
  past_due: 'bad',
  unpaid: 'bad',
  paused: 'warn',
}

export function subscriptionsView(world: World, customer: CustomerRow, form: Form): Markup {
  const rows = shown(world.db.subscriptions.of(customer.id))
  return html`<section class="stack" aria-labelledby="subscription">
    <h2 id="subscription">Subscription</h2>
    ${
      rows.length === 0
        ? html`<p class="card muted">There is no subscription yet.</p>`
        : rows.map((row) => subscriptionCard(world, row, form))
    }
  </section>`
}

/** What is running; without that, what ended last. */
function shown(rows: readonly SubscriptionRow[]): readonly SubscriptionRow[] {
  const running = rows.filter((row) => row.ended_at === null)
  return running.length > 0 ? running : rows.slice(-1)
}

function subscriptionCard(world: World, row: SubscriptionRow, form: Form): Markup {
  const product = required(world.db.products, row.product_id)
  const included = includedWords(world, product, row.prices)
  const seats = seatWords(row.prices, row.seats)
  return html`<article class="card stack">
    <div class="row top">
      <div class="stack tight">
        <h3>${product.name}</h3>
        <p>${formatMoney(row.amount, row.currency)} <span class="muted">${intervalWords(row)}</span></p>
        ${seats === null ? '' : html`<p class="muted small">${seats}</p>`}
      </div>
      <span class="badge ${TONES[row.status] ?? ''}">${row.status.replace('_', ' ')}</span>
    </div>
    ${
      included.length === 0
        ? ''
        : html`<ul class="features small">
            ${included.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
    ${seatsView(world, row, form)}
    <div class="row">
      <p class="muted">${outlook(world, row)}</p>
      ${actions(row, form)}
    </div>
  </article>`
}

/** What happens next, in one sentence. */
function outlook(world: World, row: SubscriptionRow): string {
  if (row.ended_at !== null) return `Ended on ${longDate(row.ended_at)}`
  if (row.status === 'paused') {
    return row.resumes_at === null ? 'Paused' : `Paused until ${longDate(row.resumes_at)}`
  }
  if (row.cancel_at_period_end) return `Cancels on ${longDate(row.ends_at ?? row.current_period_end)}`
  if (row.status === 'past_due') return 'The last payment failed. Save a good card to pay.'
  const end = longDate(row.current_period_end)
  if (row.pause_at_period_end) return `Pauses on ${end}`
  const { product_id: next = null, seats = null } = row.pending_update ?? {}
  if (next !== null) return `Changes to ${required(world.db.products, next).name} on ${end}`
  if (seats !== null) return `Changes to ${seats} seats on ${end}`
  return row.status === 'trialing' ? `Trial ends on ${end}` : `Renews on ${end}`
}

function actions(row: SubscriptionRow, form: Form): Markup | '' {
  const path = `/subscriptions/${row.id}`
  if (row.status === 'paused' || (isBillable(row.status) && stops(row))) {
    return form(`${path}/resume`, html`<button>Resume subscription</button>`)
  }
  return isBillable(row.status)
    ? form(`${path}/cancel`, html`<button class="danger">Cancel subscription</button>`)
    : ''
}

function stops(row: SubscriptionRow): boolean {
  return row.cancel_at_period_end || row.pause_at_period_end
}
