import type { BillingContext } from './billingContext.js'
import { meterKeys } from './meters.js'
import type { MeterCharge } from './provider.js'
import { runningPeriod, type Standing } from './standing.js'

/** What is to be counted by the events themselves. */
export interface CountQuestion {
  since: Date
  /** The provider's ids. */
  meterIds: string[]
}

/** Milliseconds that it may take to make a subscription. */
const MAKING_TIME = 60_000

/** What the provider charges for a meter, where the subscription that applies has a price for it. */
export function chargeOf({ subscription, isActive }: Standing, meterId: string): MeterCharge | undefined {
  return isActive ? subscription?.charges.find((charge) => charge.meterId === meterId) : undefined
}

/**
 * Whether the provider's counter of a meter is that of the subscription's period. It starts a counter anew with a purchase and a renewal
 * where there is a price for the meter; credits alone do so with a renewal only, and a change of plan that brings a price does not.
 */
export function hasCounter(standing: Standing, meterId: string): boolean {
  const charge = chargeOf(standing, meterId)
  if (charge === undefined || standing.subscription === undefined) return false
  const { since } = charge
  return (
    since === undefined ||
    Date.parse(since) <= Date.parse(standing.subscription.currentPeriodStart) + MAKING_TIME
  )
}

/** The meters of the running period that have no counter of it. */
export async function toCount(context: BillingContext, standing: Standing): Promise<CountQuestion> {
  const keys = await meterKeys(context)
  return {
    since: runningPeriod(standing, context.now()).start,
    meterIds: Array.from(keys.keys()).filter((id) => !hasCounter(standing, id)),
  }
}
