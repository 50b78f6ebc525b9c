import type { Context, Hono } from 'hono'
import { choose } from '../billing/checkoutChoice.js'
import { announceCheckout } from '../billing/checkouts.js'
import { confirmCheckout, declineCheckout, payCheckout } from '../billing/checkoutPayment.js'
import { assign } from '../core/database.js'
import { ApiError, ValidationFailure } from '../core/errors.js'
import type { CheckoutRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { successUrl } from '../serialize/checkout.js'
import { readForm } from './form.js'
import { checkoutView } from './checkoutView.js'
import { messagePage, page } from './layout.js'

const COUNTRY = /^[A-Z]{2}$/

/** The page behind `checkout.url`. */
export function mountCheckoutPages(app: Hono, world: World): void {
  const rowOf = (c: Context) => world.db.checkoutsBySecret.get(c.req.param('secret') ?? '')

  app.get('/checkout/:secret', (c) => show(c, world, rowOf(c)))
  app.post('/checkout/:secret', async (c) => pay(c, world, rowOf(c)))
  app.post('/checkout/:secret/product', async (c) => {
    const row = rowOf(c)
    const { product_id } = await readForm(c)
    if (row?.status === 'open' && typeof product_id === 'string' && row.productIds.includes(product_id)) {
      assign(row, choose(world, row, { product_id }))
      announceCheckout(world, row)
    }
    return c.redirect(`../${c.req.param('secret')}`, 303)
  })
  app.post('/checkout/:secret/seats', async (c) => {
    const row = rowOf(c)
    const { seats } = await readForm(c)
    if (row?.status === 'open' && typeof seats === 'string' && /^\d{1,5}$/.test(seats)) {
      try {
        assign(row, choose(world, row, { seats: Number(seats) }))
      } catch (error) {
        if (error instanceof ValidationFailure) return show(c, world, row, error.issues[0]?.msg)
        throw error
      }
      announceCheckout(world, row)
    }
    return c.redirect(`../${c.req.param('secret')}`, 303)
  })
  // Where a buyer ends up when the merchant named no success URL.
  app.get('/checkout/:secret/confirmation', (c) => {
    const row = rowOf(c)
    if (row?.status === 'open') return c.redirect(`../${row.client_secret}`, 303)
    if (row === undefined || row.status === 'expired') return show(c, world, row)
    return row.status === 'succeeded'
      ? messagePage(c, { title: 'Thank you', text: 'The payment went through. You can close this page.' })
      : processing(c)
  })
}

function show(
  c: Context,
  world: World,
  row: CheckoutRow | undefined,
  alert: string | null = null,
): Response | Promise<Response> {
  if (row === undefined) {
    return messagePage(c, { title: 'Checkout not found', text: 'This link leads nowhere.', status: 404 })
  }
  switch (row.status) {
    case 'succeeded':
      return leave(c, world, row)
    case 'confirmed':
      return processing(c)
    case 'expired':
    case 'failed':
      return messagePage(c, {
        title: 'This checkout has expired',
        text: 'Go back to where you came from and start again. Nothing was charged.',
        status: 410,
      })
    case 'open': {
      const title = `Checkout | ${world.organization.name}`
      return page(c, { title, body: checkoutView(world, row, alert), status: alert === null ? 200 : 402 })
    }
  }
}

async function pay(c: Context, world: World, row: CheckoutRow | undefined): Promise<Response> {
  if (row?.status !== 'open') return show(c, world, row)
  const form = await readForm(c)
  try {
    takeDetails(world, row, form)
    if (row.customer_email === null) return show(c, world, row, 'Please enter your e-mail address.')
    confirmCheckout(world, row)
  } catch (error) {
    if (error instanceof ApiError) return show(c, world, row, error.message)
    if (error instanceof ValidationFailure) return show(c, world, row, error.issues[0]?.msg)
    throw error
  }
  if (form['decline'] !== undefined) {
    declineCheckout(world, row)
    return show(c, world, row, 'Your card was declined. Try another card.')
  }
  payCheckout(world, row)
  return show(c, world, row)
}

/** What was typed, except the e-mail of a known customer. */
function takeDetails(world: World, row: CheckoutRow, form: Record<string, unknown>): void {
  const { email, name, country, amount } = form
  const isAmount = typeof amount === 'string' && /^\d{1,12}$/.test(amount)
  assign(row, choose(world, row, { amount: isAmount ? Number(amount) : null }))
  if (row.customer_id === null && typeof email === 'string' && /^\S+@\S+\.\S+$/.test(email.trim())) {
    row.customer_email = email.trim()
  }
  if (typeof name === 'string' && name.trim() !== '') row.customer_name = name.trim()
  if (typeof country === 'string' && COUNTRY.test(country)) {
    const known = row.customer_billing_address
    row.customer_billing_address = {
      line1: known?.line1 ?? null,
      line2: known?.line2 ?? null,
      postal_code: known?.postal_code ?? null,
      city: known?.city ?? null,
      state: known?.state ?? null,
      country: country as 'US',
    }
  }
}

/** Back to the merchant, at once: webhooks may well arrive later. */
function leave(c: Context, world: World, row: CheckoutRow): Response {
  const url = new URL(successUrl(world, row))
  if (row.sessionToken !== null) url.searchParams.set('customer_session_token', row.sessionToken)
  return c.redirect(url.toString(), 303)
}

function processing(c: Context): Response | Promise<Response> {
  return messagePage(c, {
    title: 'Processing your payment',
    text: 'This takes a moment. Please leave this page open.',
    refresh: 1,
  })
}
