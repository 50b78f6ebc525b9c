import type { BillingContext } from './billingContext.js'
import { meterKeys } from './meters.js'
import { runningPeriod, type Standing } from './standing.js'

/** What is to be counted by the events themselves. */
export interface CountQuestion {
  since: Date
  /** The provider's ids. */
  meterIds: string[]
}

/**
 * Whether the provider's counter of a meter is that of the subscription's period. It starts a counter anew with each period only where
 * the product has a price for the meter, or credits units of it; and with a purchase only where it has a price.
 */
export function isBilled({ subscription, isActive }: Standing, meterId: string): boolean {
  return (
    isActive &&
    subscription !== undefined &&
    subscription.charges.some((charge) => charge.meterId === meterId)
  )
}

/** The meters of the running period that have no counter of their own. */
export async function toCount(context: BillingContext, standing: Standing): Promise<CountQuestion> {
  const keys = await meterKeys(context)
  return {
    since: runningPeriod(standing, context.now()).start,
    meterIds: Array.from(keys.keys()).filter((id) => !isBilled(standing, id)),
  }
}
