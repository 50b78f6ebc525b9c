import type { Plan } from '../../contract/plans.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import { newInterval } from '../newInterval.js'
import { type LocalizedProps, translator } from '../translator.js'
import { pricingTableMessages } from './pricingTableMessages.js'

const SWITCHES = { month: 'switchesToMonth', year: 'switchesToYear' } as const
const BY = { month: 'planMonth', year: 'planYear' } as const

/** What a change came to: the plan that they are on now, or what will be and when. */
export function changeText(
  subscription: CompleteSubscription,
  plans: readonly Plan[],
  { locale, timeZone, messages }: LocalizedProps<typeof pricingTableMessages>,
): string {
  const text = translator(pricingTableMessages, messages, locale)
  const { planType, planName, pendingChange } = subscription
  const next = plans.find((plan) => plan.planType === pendingChange?.planType)
  if (!pendingChange || !next)
    return planName === null ? text('changed') : text('changedTo', { plan: planName })
  const date = formatDate(pendingChange.appliesAt, locale, timeZone)
  const interval = newInterval(subscription)
  if (interval === null) return text('changesOn', { plan: next.name, date })
  if (next.planType === planType) return text(SWITCHES[interval], { date })
  return text('changesOn', { plan: text(BY[interval], { plan: next.name }), date })
}
