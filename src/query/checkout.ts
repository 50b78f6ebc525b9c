import type { UseMutationOptions } from '@tanstack/react-query'
import type { Checkout, CheckoutInput } from '../contract/checkout.js'
import type { BillingError } from '../contract/errors.js'
import type { BillingQueryConfig } from './config.js'
import type { EmbedOptions } from './embed.js'
import { sessionOptions, type SessionOptions } from './session.js'

/** How a checkout opens: on its own page (or not at all: `redirect: false`), or embedded in this one. */
export type CheckoutOptions = (SessionOptions & { embed?: undefined }) | EmbedOptions

export interface CheckoutResult extends Checkout {
  /**
   * Of an embedded checkout alone: whether it said that it was paid, or was closed before. It is no proof: what the organization has,
   * its status says.
   */
  completed?: boolean
}

export type CheckoutMutationOptions = UseMutationOptions<CheckoutResult, BillingError, CheckoutInput | void>

/** Opens a checkout and goes there, or embeds it. */
export function checkoutMutationOptions(
  config: BillingQueryConfig,
  options?: CheckoutOptions,
): CheckoutMutationOptions {
  return sessionOptions(
    config,
    'createCheckout',
    ({ checkoutUrl }) => checkoutUrl,
    options,
    options?.embed &&
      ((checkout) =>
        import('./embed.js').then(
          ({ showCheckout }) => showCheckout(checkout, config.organizationId, options),
          // A page that outlived its deploy.
          () => undefined,
        )),
  )
}
