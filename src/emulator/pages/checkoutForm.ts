import { html } from 'hono/html'
import { checkoutTerms } from '../billing/checkoutTerms.js'
import { formatMoney } from '../core/money.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import type { Markup } from './layout.js'

/** Countries to choose from: enough to try an invoice, without tax there is no need for more. */
const COUNTRIES = {
  US: 'United States',
  DE: 'Germany',
  FR: 'France',
  GB: 'United Kingdom',
  JP: 'Japan',
} as const

export function paymentForm(world: World, row: CheckoutRow, alert: string | null): Markup {
  const terms = checkoutTerms(world, row)
  const isLocked = row.customer_id !== null
  return html`<form class="stack" method="post" action="${row.client_secret}">
    <h2>${terms.needsCard ? 'Pay with card' : 'Your details'}</h2>
    ${alert === null ? '' : html`<p class="alert" role="alert">${alert}</p>`}
    <label class="field">
      <span>Email</span>
      <input
        type="email"
        name="email"
        autocomplete="email"
        required
        value="${row.customer_email ?? ''}"
        ${isLocked ? 'readonly' : ''}
      />
    </label>
    <label class="field">
      <span>Name</span>
      <input
        name="name"
        autocomplete="name"
        required
        value="${row.customer_name ?? ''}"
        placeholder="Ada Lovelace"
      />
    </label>
    ${customAmount(row, terms.prices)} ${terms.needsCard ? cardFields() : ''}
    <label class="field">
      <span>Country</span>
      <select name="country">
        ${Object.entries(COUNTRIES).map(
          ([code, name]) =>
            html`<option value="${code}" ${code === row.customer_billing_address?.country ? 'selected' : ''}>
              ${name}
            </option>`,
        )}
      </select>
    </label>
    ${terms.needsCard ? declineBox() : ''}
    <button class="primary">${payLabel(world, row)}</button>
    <p class="muted small">
      ${
        terms.product.is_recurring
          ? 'Renews by itself until it is canceled. You can cancel at any time in the customer portal.'
          : 'You pay once.'
      }
    </p>
  </form>`
}

/** The form shows a card that cannot be typed over: there is nothing to steal here. */
function cardFields(): Markup {
  return html`${cardNumber()}
    <div class="fields">
      <label class="field"><span>Expires</span><input readonly value="12 / 34" /></label>
      <label class="field"><span>CVC</span><input readonly value="123" /></label>
    </div>`
}

export function cardNumber(): Markup {
  return html`<label class="field">
    <span>Card number</span>
    <input readonly value="4242 4242 4242 4242" />
  </label>`
}

export function declineBox(isChecked = false): Markup {
  return html`<label class="check">
    <input type="checkbox" name="decline" value="1" ${isChecked ? 'checked' : ''} /> Decline this card
  </label>`
}

function payLabel(world: World, row: CheckoutRow): string {
  const { amount, isPaid, trial } = checkoutTerms(world, row)
  const due = formatMoney(isPaid ? amount : 0, row.currency)
  return trial === null ? `Pay ${due}` : `Pay ${due} today`
}

function customAmount(row: CheckoutRow, prices: ReturnType<typeof checkoutTerms>['prices']): Markup | '' {
  const price = prices.find((candidate) => candidate.amount_type === 'custom')
  if (price === undefined) return ''
  const value = row.customAmount ?? price.preset_amount ?? price.minimum_amount
  return html`<label class="field">
    <span>Amount in minor units (${row.currency.toUpperCase()})</span>
    <input type="number" name="amount" required min="${price.minimum_amount}" value="${value}" />
  </label>`
}
