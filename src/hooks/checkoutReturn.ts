import { pendingCheckout, type PendingCheckout, setPendingCheckout } from '../query/pendingCheckout.js'

// The session storage, so that a reload goes on waiting; a browser that blocks it forgets on reload.
const KEY = 'polar-billing-kit:checkout'

/**
 * Takes what the checkout put into the address (`?billing=checkout&checkout_id=…&customer_session_token=…`) out of it, and says
 * whether this organization waits for a checkout. The token opens the customer's portal: it must be in no later request, bookmark
 * or log.
 */
export function claimCheckout(organizationId: string | null): boolean {
  const checkoutId = takeFromAddress()
  if (checkoutId === null) restore()
  else remember({ organizationId, input: { fresh: true, checkoutId: checkoutId || undefined } })
  if (organizationId === null) return false
  // It came back while nobody was signed in: the first organization that asks owns it.
  const unclaimed = pendingCheckout(null)
  if (unclaimed) remember({ ...unclaimed, organizationId })
  return pendingCheckout(organizationId) !== null
}

/** Nothing is waited for any more, here and after a reload. */
export function forgetCheckout(): void {
  remember(null)
}

function takeFromAddress(): string | null {
  const url = new URL(location.href)
  const query = url.searchParams
  const from = query.get('billing') ?? ''
  const checkoutId = from === 'checkout' ? (query.get('checkout_id') ?? '') : null
  const before = String(query)
  query.delete('customer_session_token')
  // Another value is the app's own, and so is an id that comes without it.
  if (/^(checkout|canceled|portal)$/.test(from)) query.delete('billing')
  if (checkoutId !== null) query.delete('checkout_id')
  if (String(query) !== before) history.replaceState(history.state, '', url)
  return checkoutId
}

/** Also for the next page that this tab loads. */
export function remember(pending: PendingCheckout | null): void {
  setPendingCheckout(pending)
  try {
    sessionStorage.setItem(KEY, JSON.stringify(pending))
  } catch {
    // Blocked.
  }
}

function restore(): void {
  try {
    const stored = sessionStorage.getItem(KEY)
    if (stored !== null) setPendingCheckout(JSON.parse(stored) as PendingCheckout | null)
  } catch {
    // Blocked.
  }
}
