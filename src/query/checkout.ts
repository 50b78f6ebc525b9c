import type { UseMutationOptions } from '@tanstack/react-query'
import type { Checkout, CheckoutInput } from '../contract/checkout.js'
import type { BillingError } from '../contract/errors.js'
import type { BillingQueryConfig } from './config.js'
import { sessionOptions, type SessionOptions } from './session.js'

export interface CheckoutOptions extends SessionOptions {
  /**
   * `embed` shows the checkout over this page, with the module that the provider's `embed` loads. Where it has none, or the module cannot
   * show it, the browser goes to the checkout's page. @default 'redirect'
   */
  mode?: 'redirect' | 'embed' | undefined
  /** Colours of an embedded checkout. @default 'light' */
  theme?: 'light' | 'dark' | undefined
}

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
  options: CheckoutOptions = {},
): CheckoutMutationOptions {
  const { embed, organizationId } = config
  return sessionOptions(
    config,
    'createCheckout',
    ({ checkoutUrl }) => checkoutUrl,
    options,
    options.mode === 'embed' && embed
      ? (checkout) =>
          import('./embed.js').then(
            ({ showCheckout }) => showCheckout(checkout, organizationId, embed, options.theme),
            // A page that outlived its deploy.
            () => undefined,
          )
      : undefined,
  )
}
