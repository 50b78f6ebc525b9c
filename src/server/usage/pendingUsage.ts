import type { PaymentProvider } from '../paymentProvider.js'
import type { ProviderMeter } from '../provider.js'
import type { UsageOutbox } from './outbox.js'
import { type AcceptedUsage, REMEMBER_TIME } from './recentUsage.js'

/** What the provider counted: the other side of the sum. */
export interface Count {
  used: number
  /** What was sent later is not in it. */
  countedAt: Date
  /** When it was asked for. */
  readAt: Date
  periodStart: Date
}

/** The least that is shown of a meter. */
interface Mark {
  used: number
  shown: number
  periodStart: number
  raisedAt: number
}

const MAX_ORGANIZATIONS = 10_000

/** Says how much of a meter was accepted here and is not in the provider's count yet. */
export interface PendingUsage {
  unitsOf(organizationId: string, meter: ProviderMeter, count: Count): Promise<number>
  /** What was shown of the organization has proved too much. */
  forget(organizationId: string): void
}

interface PendingUsageOptions {
  recentOf: UsageOutbox['recentOf']
  unitsOf: PaymentProvider['unitsOf']
  now: () => Date
}

/**
 * Adds up the accepted events that a count does not hold. The provider acknowledges an event before it counts it, and the two are
 * not exact to each other; so within a period the sum that was shown once never falls, until the count itself is reset. Events that
 * were under way while the provider counted are shown, but do not raise that mark: they may be in the count already.
 */
export function createPendingUsage({ recentOf, unitsOf, now }: PendingUsageOptions): PendingUsage {
  const marks = new Map<string, Map<string, Mark>>()

  // A map keeps the order of insertion: the first is the one that nobody has asked about for longest.
  function marksOf(organizationId: string): Map<string, Mark> {
    const own = marks.get(organizationId) ?? new Map<string, Mark>()
    marks.delete(organizationId)
    marks.set(organizationId, own)
    if (marks.size > MAX_ORGANIZATIONS) marks.delete(marks.keys().next().value as string)
    return own
  }

  function holds(mark: Mark, count: Count): boolean {
    return (
      mark.periodStart === count.periodStart.getTime() &&
      count.used >= mark.used &&
      now().getTime() - mark.raisedAt < REMEMBER_TIME
    )
  }

  function raiseMark(own: Map<string, Mark>, meterId: string, count: Count, sum: number): number {
    const mark = own.get(meterId)
    const kept = mark !== undefined && holds(mark, count) && mark.shown > sum ? mark : undefined
    const { shown, raisedAt } = kept ?? { shown: sum, raisedAt: now().getTime() }
    own.set(meterId, { used: count.used, shown, periodStart: count.periodStart.getTime(), raisedAt })
    return shown
  }

  return {
    unitsOf: async (organizationId, meter, count) => {
      // Taken before the wait: what is forgotten meanwhile takes this along.
      const own = marksOf(organizationId)
      const units = { counted: 0, underWay: 0, missing: 0 }
      // What was delivered before both was also sent before both: it is in the count.
      const since = count.readAt < count.countedAt ? count.readAt : count.countedAt
      for (const accepted of await recentOf(organizationId, since))
        units[placeOf(accepted, count, now())] += unitsOf(meter, accepted.event)
      const mark = raiseMark(own, meter.id, count, count.used + units.missing)
      return Math.max(mark - count.used, units.missing + units.underWay)
    },
    forget: (organizationId) => marks.delete(organizationId),
  }
}

type Place = 'counted' | 'underWay' | 'missing'

/** Where an event is, as far as a count can tell. */
function placeOf({ acceptedAt, sentAt, deliveredAt }: AcceptedUsage, count: Count, now: Date): Place {
  // What was used before a purchase does not count against it.
  if (acceptedAt < count.periodStart) return 'counted'
  if (sentAt === null) return 'missing'
  if (deliveredAt !== null && now.getTime() - deliveredAt.getTime() >= REMEMBER_TIME) return 'counted'
  if (sentAt > count.countedAt) return 'missing'
  return deliveredAt !== null && deliveredAt <= count.readAt ? 'counted' : 'underWay'
}
