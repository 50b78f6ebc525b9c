import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import { periodEndOf } from '../periodEnd.js'
import type { LocalizedProps, Translate } from '../translator.js'
import type { cancelDialogMessages } from './cancelDialogMessages.js'

type Messages = typeof cancelDialogMessages
interface Localized extends Pick<LocalizedProps<Messages>, 'locale' | 'timeZone'> {
  text: Translate<Messages>
}

/** What canceling leads to, and when. A day is named where the period is paid for, or free: not while a payment is past due. */
export function describeEnd(
  subscription: CompleteSubscription | undefined,
  nextPlanName: string | undefined,
  { text, locale, timeZone }: Localized,
): string {
  const isTrial = subscription?.status === 'trialing'
  const end = subscription && subscription.status !== 'past_due' ? periodEndOf(subscription) : null
  if (end === null) return text('endsLater')
  const date = formatDate(end, locale, timeZone)
  if (nextPlanName === undefined) return text(isTrial ? 'trialUntil' : 'staysUntil', { date })
  return text(isTrial ? 'trialUntilThen' : 'staysUntilThen', { date, plan: nextPlanName })
}
