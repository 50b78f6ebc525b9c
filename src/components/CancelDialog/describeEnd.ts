import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import type { LocalizedProps, Translate } from '../translator.js'
import type { cancelDialogMessages } from './cancelDialogMessages.js'

type Messages = typeof cancelDialogMessages
interface Localized extends Pick<LocalizedProps<Messages>, 'locale' | 'timeZone'> {
  text: Translate<Messages>
}

/** What canceling leads to, and when. A day is named where the period is paid for, or free. */
export function describeEnd(
  subscription: CompleteSubscription | undefined,
  nextPlanName: string | undefined,
  { text, locale, timeZone }: Localized,
): string {
  const isTrial = subscription?.status === 'trialing'
  const end = isTrial
    ? (subscription.trialEnd ?? subscription.currentPeriodEnd)
    : (subscription?.currentPeriodEnd ?? null)
  // While a payment is past due the period is one that nobody has paid for.
  if (end === null || subscription?.status === 'past_due') return text('endsLater')
  const date = formatDate(end, locale, timeZone)
  if (nextPlanName === undefined) return text(isTrial ? 'trialUntil' : 'staysUntil', { date })
  return text(isTrial ? 'trialUntilThen' : 'staysUntilThen', { date, plan: nextPlanName })
}
