import type { CompleteMeterUsage, CompleteUsage } from '../../contract/usage.js'
import { usageLevel } from '../UsageMeter/usageLevel.js'

/** The meters whose limit is used up, or exceeded. Of nothing nothing is used up. */
export function metersAtLimit({ meters }: Pick<CompleteUsage, 'meters'>): CompleteMeterUsage[] {
  return meters.filter((meter) => {
    const { sum, limit } = usageLevel(meter, 1)
    return limit !== null && sum > 0 && sum >= limit
  })
}

/** The meters that have used so much of their limit, or more. */
export function metersNearLimit(usage: Pick<CompleteUsage, 'meters'>, nearAt: number): CompleteMeterUsage[] {
  return usage.meters.filter((meter) => usageLevel(meter, nearAt).state === 'near')
}
