import type { BillingStatus } from '../../contract/status.js'
import type { CompleteUsage } from '../../contract/usage.js'
import { metersAtLimit } from '../BillingBanner/meterLimits.js'

/** What has been seen of an organization, and what of it was new. */
export interface News {
  /** Names the plan that runs; `null`: none does; `undefined`: not known yet. */
  running?: string | null | undefined
  /** The names of the meters whose limit is reached; `undefined`: not known yet. */
  atLimit?: readonly string[] | undefined
  /** The plan that was activated last; its name is `null` where nobody said. */
  activated?: { readonly planName: string | null } | undefined
  /** The names of the meters that reached their limit last. */
  reached?: readonly string[] | undefined
}

/**
 * Compares what is known now with what was known before: the same object, if nothing has changed. What is seen for the first time is
 * not new, and what cannot be read now stays as it was.
 *
 * @param isUntold whether nobody else says which plan runs now
 */
export function nextNews(
  before: News,
  status: BillingStatus | undefined,
  usage: CompleteUsage | undefined,
  isUntold: boolean,
): News {
  const running = status ? runningOf(status) : before.running
  const atLimit = usage ? metersAtLimit(usage).map(({ name }) => name) : before.atLimit
  let news = before
  if (running !== before.running) {
    const isNew = before.running !== undefined && running !== null && isUntold
    news = { ...news, running, activated: isNew ? { planName: status?.planName ?? null } : undefined }
  }
  if (String(atLimit) !== String(before.atLimit)) {
    news = { ...news, atLimit, reached: atLimit?.filter((name) => before.atLimit?.includes(name) === false) }
  }
  return news
}

function runningOf({ status, planType, planName }: BillingStatus): string | null {
  return status === 'active' || status === 'trialing' ? [status, planType ?? planName].join(' ') : null
}
