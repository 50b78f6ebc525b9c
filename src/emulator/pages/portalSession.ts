import type { Context } from 'hono'
import { validSession } from '../billing/sessions.js'
import { required } from '../core/database.js'
import { ApiError, ValidationFailure } from '../core/errors.js'
import type { CustomerRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { readForm } from './form.js'
import { messagePage } from './layout.js'

export function portalPath({ organization }: World): string {
  return `/${organization.slug}/portal`
}

/** Does something for whoever holds the owner's token, then shows the portal again. */
export async function act(
  c: Context,
  world: World,
  action: (customer: CustomerRow, form: Record<string, unknown>) => void,
): Promise<Response> {
  const form = await readForm(c)
  const token = form['customer_session_token']
  const session = validSession(world, typeof token === 'string' ? token : undefined)
  if (session === undefined || world.db.members.has(session.memberId ?? '')) return signedOut(c)
  try {
    action(required(world.db.customers, session.customer_id), form)
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof ValidationFailure)) throw error
    return messagePage(c, { title: 'This is not possible', text: error.message, status: 400 })
  }
  return openPortal(c, world, session.token)
}

export function openPortal(c: Context, world: World, token: string): Response {
  const query = new URLSearchParams({ customer_session_token: token })
  return c.redirect(`${world.options.basePath}${portalPath(world)}?${query.toString()}`, 303)
}

export function ownSubscription(
  world: World,
  customer: CustomerRow,
  c: Context,
): SubscriptionRow | undefined {
  return world.db.subscriptions.of(customer.id).find(({ id }) => id === c.req.param('id'))
}

export function signedOut(c: Context): Response | Promise<Response> {
  return messagePage(c, {
    title: 'This link has expired',
    text: 'Links to the customer portal work for one hour. Go back to the app and open billing again.',
    status: 401,
  })
}
