import type { Context, Hono } from 'hono'
import { cancelAtPeriodEnd, uncancel } from '../billing/cancellation.js'
import { retryPayments } from '../billing/charging.js'
import { completeInvoice } from '../billing/invoices.js'
import { resume, setPauseAtPeriodEnd } from '../billing/pausing.js'
import { validSession } from '../billing/sessions.js'
import { stateChanged } from '../billing/stateChanged.js'
import { isBillable } from '../billing/statuses.js'
import { required } from '../core/database.js'
import { newId } from '../core/ids.js'
import type { CustomerRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { readForm } from './form.js'
import { messagePage, page } from './layout.js'
import { portalView } from './portalView.js'

/** What a customer can do by itself. Everything tells the merchant by the same webhooks as the API. */
export function mountPortal(app: Hono, world: World): void {
  const base = `/${world.organization.slug}/portal`

  app.get(base, (c) => {
    const session = validSession(world, c.req.query('customer_session_token'))
    if (session === undefined) return signedOut(c)
    return page(c, { title: `Billing | ${world.organization.name}`, body: portalView(world, session) })
  })
  app.post(`${base}/subscriptions/:id/cancel`, (c) =>
    act(c, world, (customer) => {
      const row = ownSubscription(world, customer, c)
      if (row !== undefined && isBillable(row.status) && !row.cancel_at_period_end)
        cancelAtPeriodEnd(world, row)
    }),
  )
  app.post(`${base}/subscriptions/:id/resume`, (c) =>
    act(c, world, (customer) => {
      const row = ownSubscription(world, customer, c)
      if (row !== undefined) resumeWhatStops(world, row)
    }),
  )
  app.post(`${base}/orders/:id/invoice`, (c) =>
    act(c, world, (customer) => {
      const row = world.db.orders.of(customer.id).find(({ id }) => id === c.req.param('id'))
      if (row === undefined || row.is_invoice_generated || row.status === 'void') return
      row.billing_name ??= customer.name ?? customer.email
      row.billing_address ??= { country: 'US' }
      completeInvoice(world, row)
    }),
  )
  app.post(`${base}/card`, (c) =>
    act(c, world, (customer, form) => {
      customer.card = form['decline'] === undefined ? 'good' : 'declines'
      customer.default_payment_method_id = newId()
      stateChanged(world, customer.id)
      retryPayments(world, customer)
    }),
  )
}

/** Undoes what stops a subscription: a planned cancellation, a planned pause, or a pause. */
function resumeWhatStops(world: World, row: SubscriptionRow): void {
  if (row.status === 'paused') resume(world, row)
  else if (!isBillable(row.status)) return
  else if (row.cancel_at_period_end) uncancel(world, row)
  else if (row.pause_at_period_end) setPauseAtPeriodEnd(world, row, false, null)
}

/** Does something for whoever holds the token, then shows the portal again. */
async function act(
  c: Context,
  world: World,
  action: (customer: CustomerRow, form: Record<string, unknown>) => void,
): Promise<Response> {
  const form = await readForm(c)
  const token = form['customer_session_token']
  const session = validSession(world, typeof token === 'string' ? token : undefined)
  if (session === undefined) return signedOut(c)
  action(required(world.db.customers, session.customer_id), form)
  const query = new URLSearchParams({ customer_session_token: session.token })
  const { basePath } = world.options
  return c.redirect(`${basePath}/${world.organization.slug}/portal?${query.toString()}`, 303)
}

function ownSubscription(world: World, customer: CustomerRow, c: Context): SubscriptionRow | undefined {
  return world.db.subscriptions.of(customer.id).find(({ id }) => id === c.req.param('id'))
}

function signedOut(c: Context): Response | Promise<Response> {
  return messagePage(c, {
    title: 'This link has expired',
    text: 'Links to the customer portal work for one hour. Go back to the app and open billing again.',
    status: 401,
  })
}
