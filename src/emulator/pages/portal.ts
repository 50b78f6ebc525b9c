import type { Hono } from 'hono'
import { cancelAtPeriodEnd, uncancel } from '../billing/cancellation.js'
import { retryPayments } from '../billing/charging.js'
import { completeInvoice } from '../billing/invoices.js'
import { resume, setPauseAtPeriodEnd } from '../billing/pausing.js'
import { validSession } from '../billing/sessions.js'
import { stateChanged } from '../billing/stateChanged.js'
import { isBillable } from '../billing/statuses.js'
import { newId } from '../core/ids.js'
import type { SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { page } from './layout.js'
import { memberView } from './memberView.js'
import { mountPortalSeats } from './portalSeatActions.js'
import { act, ownSubscription, portalPath, signedOut } from './portalSession.js'
import { portalView } from './portalView.js'

/** What a customer can do by itself. Everything tells the merchant by the same webhooks as the API. */
export function mountPortal(app: Hono, world: World): void {
  const base = portalPath(world)

  app.get(base, (c) => {
    const session = validSession(world, c.req.query('customer_session_token'))
    if (session === undefined) return signedOut(c)
    const member = world.db.members.get(session.memberId ?? '')
    const body = member === undefined ? portalView(world, session) : memberView(world, member)
    return page(c, { title: `Billing | ${world.organization.name}`, body })
  })
  mountPortalSeats(app, world)
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
