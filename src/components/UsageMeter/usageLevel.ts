import type { MeterUsage } from '../../contract/usage.js'

/** A meter's numbers, made safe to draw. */
export interface UsageLevel {
  used: number
  pending: number
  /** Used and pending together; may lie above the limit, and below 0 where units were given back. */
  sum: number
  /** `null`: no limit, no bar. */
  limit: number | null
  state: 'unlimited' | 'ok' | 'near' | 'over'
}

/** @param nearAt the share of the limit from which the state is `near` */
export function usageLevel(
  meter: Pick<MeterUsage, 'used' | 'limit'> & { pending?: number },
  nearAt: number,
): UsageLevel {
  const used = finite(meter.used)
  const pending = finite(meter.pending)
  const sum = used + pending
  // A limit that is no number says nothing; it must not read as "over".
  const limit = Number.isFinite(meter.limit) ? Math.max(0, Number(meter.limit)) : null
  return { used, pending, sum, limit, state: stateOf(sum, limit, nearAt) }
}

function finite(quantity: number | undefined): number {
  return Number.isFinite(quantity) ? Number(quantity) : 0
}

function stateOf(sum: number, limit: number | null, nearAt: number): UsageLevel['state'] {
  if (limit === null) return 'unlimited'
  if (sum > limit) return 'over'
  return limit > 0 && sum >= limit * nearAt ? 'near' : 'ok'
}
