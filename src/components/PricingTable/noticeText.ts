import { formatDate } from '../../format/date.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { Standing } from './planVerb.js'
import { pricingTableMessages } from './pricingTableMessages.js'

interface Notice extends LocalizedProps<typeof pricingTableMessages> {
  standing: Standing | null | undefined
  standingError: unknown
  isConfirming: boolean
}

/** What has to be known of the organization before its buttons make sense, or `null`. */
export function noticeText({ standing, standingError, isConfirming, ...words }: Notice): string | null {
  const { locale, timeZone, messages } = words
  const text = translator(pricingTableMessages, messages, locale)
  if (isConfirming) return text('confirming')
  if (standing === undefined) return standingError ? text('statusUnknown') : null
  if (standing === null) return null
  const { status, cancelAtPeriodEnd, isActive, expiresAt, stale } = standing.status
  if (status === 'past_due') return text('pastDue')
  if (status === 'paused') return text('paused')
  if (cancelAtPeriodEnd && isActive)
    return expiresAt === null
      ? text('cancelingSoon')
      : text('canceling', { date: formatDate(expiresAt, locale, timeZone) })
  return stale ? text('stale') : null
}
