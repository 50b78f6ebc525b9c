import type { BillingContext } from './billingContext.js'
import { isPaying } from './pickSubscription.js'
import type { ProviderSubscription } from './provider.js'
import type { Standing } from './standing.js'

/** The currency of an organization's bill: its subscription's, else the catalog's. */
export function currencyOf({ catalog }: BillingContext, { subscription }: Standing): string {
  return subscription?.currency ?? catalog.currency
}

/** Active and trialing subscriptions in the bill's currency: sums over several currencies would mean nothing. */
function billed(context: BillingContext, standing: Standing): ProviderSubscription[] {
  const currency = currencyOf(context, standing)
  const paying = standing.reading.value.subscriptions.filter(isPaying)
  for (const other of paying.filter((subscription) => subscription.currency !== currency)) {
    context.warnOnce(
      `Subscription ${other.id} is in ${other.currency} and not in the sums of its organization's ${currency} bill.`,
    )
  }
  return paying.filter((subscription) => subscription.currency === currency)
}

/** Metered charges so far in minor units, of one meter or of all: the provider's figures, never computed here. */
export function estimatedCost(context: BillingContext, standing: Standing, meterId?: string): number {
  return billed(context, standing)
    .flatMap(({ charges }) => charges)
    .filter((charge) => meterId === undefined || charge.meterId === meterId)
    .reduce((sum, { amount }) => sum + amount, 0)
}

/** Subscription and metered charges in major units, before tax. A trial's subscription costs nothing. */
export function totalCost(context: BillingContext, standing: Standing): number {
  const recurring = billed(context, standing)
    .filter(({ status }) => status === 'active')
    .reduce((sum, { amount }) => sum + amount, 0)
  return (recurring + estimatedCost(context, standing)) / 10 ** minorUnitDigits(currencyOf(context, standing))
}

function minorUnitDigits(currency: string): number {
  const { maximumFractionDigits } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return maximumFractionDigits ?? 2
}
