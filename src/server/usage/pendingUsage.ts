import type { ProviderMeter } from '../provider.js'
import { type AcceptedUsage, REMEMBER_TIME } from './recentUsage.js'

/** What the provider counted, and when: the other side of the sum. */
export interface Count {
  used: number
  countedAt: Date
  periodStart: Date
}

interface Mark {
  used: number
  shown: number
  periodStart: number
  raisedAt: number
}

const MAX_MARKS = 50_000

/** Says how much of a meter was accepted here and is not in the provider's count yet. */
export interface PendingUsage {
  unitsOf(organizationId: string, meter: ProviderMeter, count: Count): number
}

interface PendingUsageOptions {
  recentOf: (organizationId: string) => readonly AcceptedUsage[]
  now: () => Date
}

/**
 * Adds up the accepted events that a count does not hold. The provider acknowledges an event before it counts it, and the two are
 * not exact to each other; so within a period the sum that was shown once never falls, until the count itself is reset.
 */
export function createPendingUsage({ recentOf, now }: PendingUsageOptions): PendingUsage {
  const marks = new Map<string, Mark>()

  function keepMark(key: string, count: Count, sum: number): number {
    const mark = marks.get(key)
    const periodStart = count.periodStart.getTime()
    const holds =
      mark !== undefined &&
      mark.periodStart === periodStart &&
      count.used >= mark.used &&
      now().getTime() - mark.raisedAt < REMEMBER_TIME
    const raised = !holds || sum >= mark.shown
    const shown = raised ? sum : mark.shown
    marks.delete(key)
    marks.set(key, {
      used: count.used,
      shown,
      periodStart,
      raisedAt: raised ? now().getTime() : mark.raisedAt,
    })
    if (marks.size > MAX_MARKS) marks.delete(marks.keys().next().value as string)
    return shown
  }

  return {
    unitsOf: (organizationId, meter, count) => {
      const uncounted = recentOf(organizationId).filter((accepted) => isUncounted(accepted, count, now()))
      const units = uncounted.reduce((sum, { event }) => sum + meter.unitsOf(event), 0)
      return keepMark(`${meter.id} ${organizationId}`, count, count.used + units) - count.used
    },
  }
}

function isUncounted({ acceptedAt, deliveredAt }: AcceptedUsage, count: Count, now: Date): boolean {
  // What was used before a purchase does not count against it.
  if (acceptedAt < count.periodStart) return false
  if (deliveredAt === null) return true
  return deliveredAt >= count.countedAt && now.getTime() - deliveredAt.getTime() < REMEMBER_TIME
}
