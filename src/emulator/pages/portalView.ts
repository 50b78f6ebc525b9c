import { html } from 'hono/html'
import { required } from '../core/database.js'
import type { SessionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { cardNumber, declineBox } from './checkoutForm.js'
import { type Markup, hostOf } from './layout.js'
import { ordersView } from './portalOrders.js'
import { subscriptionsView } from './portalSubscriptions.js'
import { usageView } from './portalUsage.js'

/** The customer portal: subscription, usage, card and orders. */
export function portalView(world: World, session: SessionRow): Markup {
  const customer = required(world.db.customers, session.customer_id)
  const { name, slug } = world.organization
  const base = `${world.options.basePath}/${slug}/portal`
  /** A form that posts to a sub-route; the token travels in the body, not in the address. */
  const form = (path: string, content: Markup) =>
    html`<form class="stack" method="post" action="${base}${path}">
      <input type="hidden" name="customer_session_token" value="${session.token}" />
      ${content}
    </form>`
  return html`<main class="portal stack wide">
    <header class="stack">
      <div class="row">
        <div class="seller"><span class="logo" aria-hidden="true">${name.charAt(0)}</span>${name}</div>
        ${
          session.return_url === null
            ? ''
            : html`<a href="${session.return_url}">Back to ${hostOf(session.return_url)}</a>`
        }
      </div>
      <div class="stack tight">
        <h1>Billing</h1>
        <p class="muted">${customer.email}</p>
      </div>
    </header>
    ${subscriptionsView(world, customer, form)} ${usageView(world, customer)}
    <section class="stack" aria-labelledby="card">
      <h2 id="card">Payment method</h2>
      <div class="card">
        ${form(
          '/card',
          html`${cardNumber()} ${declineBox(customer.card === 'declines')}
            <p class="muted small">
              With a declined card the next charges fail; a good one pays at once what is past due.
            </p>
            <div><button>Save card</button></div>`,
        )}
      </div>
    </section>
    ${ordersView(world, customer, form)}
  </main>`
}
