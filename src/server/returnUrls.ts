import type { BillingContext } from './billingContext.js'

/**
 * Where the provider sends browsers back to: from the configuration alone. `{CHECKOUT_ID}` is filled in by the provider, so the
 * braces must stay as they are.
 */
export function createReturnUrls(appUrl: string, returnPath: string): BillingContext['returnUrls'] {
  const page = `${appUrl.replace(/\/+$/, '')}/${returnPath.replace(/^\/+/, '')}`
  const back = (query: string): string => `${page}${page.includes('?') ? '&' : '?'}billing=${query}`
  return {
    success: back('checkout&checkout_id={CHECKOUT_ID}'),
    canceled: back('canceled'),
    portal: back('portal'),
  }
}
