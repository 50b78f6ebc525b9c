import { pendingCheckout, type PendingCheckout, setPendingCheckout } from '../query/pendingCheckout.js'

// The session storage, so that a reload goes on waiting; a browser that blocks it forgets on reload.
const KEY = 'polar-billing-kit:checkout'

/** A checkout that came back while nobody was signed in yet; the first organization that asks owns it. */
let unclaimed: string | null = null

/**
 * Takes what the checkout put into the address (`?billing=checkout&checkout_id=…&customer_session_token=…`) out of it, and says
 * whether this organization waits for a checkout. The token opens the customer's portal: it must be in no later request, bookmark
 * or log.
 */
export function claimCheckout(organizationId: string | null): boolean {
  unclaimed = takeFromAddress() ?? unclaimed
  if (organizationId === null) return false
  if (unclaimed !== null)
    remember({ organizationId, input: { fresh: true, checkoutId: unclaimed || undefined } })
  else restore()
  unclaimed = null
  return pendingCheckout(organizationId) !== null
}

export function forgetCheckout(): void {
  remember(null)
}

function takeFromAddress(): string | null {
  const url = new URL(location.href)
  const query = url.searchParams
  const from = query.get('billing') ?? ''
  const checkoutId = query.get('checkout_id') ?? (from === 'checkout' ? '' : null)
  const before = String(query)
  query.delete('checkout_id')
  query.delete('customer_session_token')
  // Another value is the app's own.
  if (/^(checkout|canceled|portal)$/.test(from)) query.delete('billing')
  if (String(query) !== before) history.replaceState(history.state, '', url)
  return checkoutId
}

function remember(pending: PendingCheckout | null): void {
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
