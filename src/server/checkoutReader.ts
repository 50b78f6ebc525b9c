import type { PaymentProvider } from './paymentProvider.js'
import type { ProviderCheckout } from './provider.js'

const MAX_REMEMBERED = 1_000

/** Reads checkouts. One that is finished stays as it is, so that nobody who goes on asking costs a call to the provider. */
export function createCheckoutReader(
  readCheckout: PaymentProvider['readCheckout'],
): PaymentProvider['readCheckout'] {
  const finished = new Map<string, ProviderCheckout>()
  return async (checkoutId, priority) => {
    const known = finished.get(checkoutId)
    if (known !== undefined) return known
    const checkout = await readCheckout(checkoutId, priority)
    if (checkout?.state === 'succeeded' || checkout?.state === 'expired') {
      finished.set(checkoutId, checkout)
      if (finished.size > MAX_REMEMBERED) finished.delete(finished.keys().next().value as string)
    }
    return checkout
  }
}
