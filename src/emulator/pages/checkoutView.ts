import { html } from 'hono/html'
import { checkoutTerms, pricesOf, trialEnd } from '../billing/checkoutTerms.js'
import { currencyOf } from '../billing/checkoutChoice.js'
import { seatPriceIn, totalAmount } from '../billing/amounts.js'
import { required } from '../core/database.js'
import { formatMoney } from '../core/money.js'
import type { CheckoutRow, Price } from '../core/rows.js'
import type { World } from '../core/world.js'
import { paymentForm } from './checkoutForm.js'
import { type Markup, hostOf, longDate } from './layout.js'
import { includedWords, intervalWords, seatWords, trialWords } from './words.js'

/** The hosted checkout: what is bought on one side, how it is paid on the other. */
export function checkoutView(world: World, row: CheckoutRow, alert: string | null): Markup {
  return html`<main class="checkout">
    <section class="summary" aria-label="Order summary">
      <div class="stack wide">
        ${seller(world, row)} ${offer(world, row)} ${choices(world, row)} ${totals(world, row)}
      </div>
    </section>
    <section class="payment" aria-label="Payment">${paymentForm(world, row, alert)}</section>
  </main>`
}

function seller(world: World, row: CheckoutRow): Markup {
  const { name } = world.organization
  const back =
    row.return_url === null
      ? ''
      : html`<a class="back" href="${row.return_url}" aria-label="Back to ${hostOf(row.return_url)}">←</a>`
  return html`<div class="seller">
    ${back}<span class="logo" aria-hidden="true">${name.charAt(0)}</span>${name}
  </div>`
}

function offer(world: World, row: CheckoutRow): Markup {
  const terms = checkoutTerms(world, row)
  const { product, prices, amount, trial } = terms
  const end = trialEnd(world, row, terms)
  const price = formatMoney(amount, row.currency)
  const seats = seatWords(prices, row.seats)
  const included = includedWords(world, product, prices)
  return html`<div class="stack">
    <div class="stack tight">
      <h1>${product.name}</h1>
      ${product.description === null ? '' : html`<p class="muted">${product.description}</p>`}
    </div>
    <p class="price">${price} <span>${intervalWords(product)}</span></p>
    ${seats === null ? '' : seatForm(row, prices, seats)}
    ${
      trial === null || end === null
        ? ''
        : html`<p>
            <strong>${trialWords(trial)}</strong>, then ${price} ${intervalWords(product)} from
            ${longDate(end)}.
          </p>`
    }
    ${
      included.length === 0
        ? ''
        : html`<ul class="features">
            ${included.map((text) => html`<li>${text}</li>`)}
          </ul>`
    }
  </div>`
}

/** The price follows when the form is sent. */
function seatForm(row: CheckoutRow, prices: readonly Price[], words: string): Markup {
  const tiers = seatPriceIn(prices)?.seat_tiers
  const minimum = Math.max(tiers?.minimum_seats ?? 1, row.min_seats ?? 1)
  const maximum = Math.min(tiers?.maximum_seats ?? Infinity, row.max_seats ?? Infinity)
  return html`<form class="row" method="post" action="${row.client_secret}/seats">
    <label class="field">
      <span>${words}</span>
      <input
        type="number"
        name="seats"
        required
        value="${row.seats}"
        min="${minimum}"
        ${Number.isFinite(maximum) ? html`max="${maximum}"` : ''}
      />
    </label>
    <button>Update seats</button>
  </form>`
}

/** Other products that the merchant offers in the same checkout. */
function choices(world: World, row: CheckoutRow): Markup | '' {
  if (row.productIds.length < 2) return ''
  return html`<ul class="choices">
    ${row.productIds.map((id) => {
      const product = required(world.db.products, id)
      const prices = pricesOf(row, product)
      const amount = totalAmount(prices, { seats: row.seats, customAmount: row.customAmount })
      const price = formatMoney(amount, currencyOf(product, row.currency))
      return html`<li>
        <form method="post" action="${row.client_secret}/product">
          <button name="product_id" value="${id}" ${id === row.productId ? html`aria-current="true"` : ''}>
            <span>${product.name}</span><span class="number">${price}</span>
          </button>
        </form>
      </li>`
    })}
  </ul>`
}

function totals(world: World, row: CheckoutRow): Markup {
  const { amount, isPaid, trial } = checkoutTerms(world, row)
  const due = isPaid ? amount : 0
  const free =
    trial === null || amount === 0
      ? ''
      : html`<div class="muted">
          <dt>${trialWords(trial)}</dt>
          <dd class="number">-${formatMoney(amount, row.currency)}</dd>
        </div>`
  return html`<dl class="totals">
    <div class="muted">
      <dt>Subtotal</dt>
      <dd class="number">${formatMoney(amount, row.currency)}</dd>
    </div>
    ${free}
    <div class="muted">
      <dt>Tax</dt>
      <dd class="number">${formatMoney(0, row.currency)}</dd>
    </div>
    <div class="due">
      <dt>Total due today</dt>
      <dd class="number">${formatMoney(due, row.currency)}</dd>
    </div>
  </dl>`
}
