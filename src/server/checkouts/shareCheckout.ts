import { BillingError } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import type { OpenedCheckout, ProviderCheckout } from '../provider.js'
import type { CheckoutChoice } from './checkoutTable.js'
import type { EarlierCheckouts } from './earlierCheckouts.js'

/** Milliseconds: whoever is sent to a page needs the time to fill it in. */
const MIN_TIME_LEFT = 5 * 60_000

type Session = Pick<OpenedCheckout, 'checkoutId' | 'checkoutUrl'>

interface Wanted {
  choice: CheckoutChoice
  /** Who pays, if there is a customer already. */
  customerId: string | null
  earlier: EarlierCheckouts
  openNew: () => Promise<OpenedCheckout>
}

/** The organization's open session for the choice, or a new one: two tabs and two members get the same. */
export async function shareCheckout(context: BillingContext, wanted: Wanted): Promise<Session> {
  const { choice, earlier, openNew } = wanted
  const { checkouts, reader, now } = context
  const seen = await checkouts.find(choice)

  async function findPayable(checkoutId: string): Promise<Session | undefined> {
    const checkout = earlier.get(checkoutId) ?? (await reader.checkout(checkoutId, 'checkout'))
    const url = checkout && payableUrl(checkout, wanted, now())
    return url === null ? undefined : { checkoutId, checkoutUrl: url }
  }

  const known = seen.checkoutId === null ? undefined : await findPayable(seen.checkoutId)
  if (known !== undefined) return known
  const { checkoutId, checkoutUrl } = await checkouts.open(choice, seen, openNew)
  const session = checkoutUrl === undefined ? await findPayable(checkoutId) : { checkoutId, checkoutUrl }
  return session ?? Promise.reject(alreadyUsed())
}

/** `null`: it cannot be paid any more, or would sell something else or to somebody else. */
function payableUrl(
  { organizationId, customerId, session }: ProviderCheckout,
  { choice, customerId: payer }: Wanted,
  now: Date,
): string | null {
  if (session === null || organizationId !== choice.organizationId) return null
  if (payer !== null && customerId !== payer) return null
  if (session.productId !== choice.productId) return null
  // The buyer may have changed them on the page.
  if (choice.seats !== null && session.seats !== choice.seats) return null
  return new Date(session.expiresAt).getTime() - now.getTime() >= MIN_TIME_LEFT ? session.url : null
}

function alreadyUsed(): BillingError {
  return new BillingError('SERVICE_UNAVAILABLE', 'The checkout was used while it was being opened.', {
    retryAfter: 1,
  })
}
