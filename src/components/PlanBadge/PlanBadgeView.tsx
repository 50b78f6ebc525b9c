import { forwardRef } from 'react'
import type { BillingStatus } from '../../contract/status.js'
import { formatDate } from '../../format/date.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { planBadgeMessages } from './planBadgeMessages.js'

export interface PlanBadgeViewProps
  extends RootProps<'span', 'plan-name' | 'note'>, LocalizedProps<typeof planBadgeMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  status?: BillingStatus | undefined
  /** Nothing could be read: the badge then says so, and never names a plan. */
  error?: unknown
}

/**
 * The plan's name, and in a few words what is special about it: a trial, an end, a failed payment.
 * Renders a `<span>`; its state is on `data-state` (`loading`, `error`, `confirming` or the subscription's status) and `data-stale`.
 */
export const PlanBadgeView = forwardRef<HTMLSpanElement, PlanBadgeViewProps>(function PlanBadgeView(
  { status, error, locale, timeZone, messages, ...props },
  ref,
) {
  const text = translator(planBadgeMessages, messages, locale)
  const state = stateOf(status, error)
  const note = status && noteOf(state, status, text, (moment) => formatDate(moment, locale, timeZone))
  return (
    <Root
      tag="span"
      baseClass="billing-badge"
      ref={ref}
      data-state={state}
      data-stale={status?.stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <span {...part('plan-name', props.classNames)}>{nameOf(state, status, text)}</span>
      {note && <span {...part('note', props.classNames)}>{note}</span>}
    </Root>
  )
})

type Text = Translate<typeof planBadgeMessages>
type BadgeState = 'loading' | 'error' | 'confirming' | BillingStatus['status']

function stateOf(status: BillingStatus | undefined, error: unknown): BadgeState {
  if (!status) return error ? 'error' : 'loading'
  // Somebody came back from a checkout: until it is confirmed, "Free" would read as if nothing had been bought.
  return status.checkout && status.checkout !== 'expired' && !status.isActive ? 'confirming' : status.status
}

function nameOf(
  state: BadgeState,
  { planName, planType, isActive }: Partial<BillingStatus> = {},
  text: Text,
) {
  if (state === 'loading' || state === 'error' || state === 'confirming') return text(state)
  return planName ?? planType ?? text(isActive ? 'active' : 'none')
}

function noteOf(
  state: BadgeState,
  { cancelAtPeriodEnd, hasActiveSubscription, expiresAt, stale }: BillingStatus,
  text: Text,
  date: (moment: string) => string,
): string {
  const verb = cancelAtPeriodEnd && hasActiveSubscription ? 'cancelsOn' : state === 'trialing' && 'trialUntil'
  const isPlain = /confirming|active|none/.test(state)
  const note =
    verb && expiresAt
      ? text(verb, { date: date(expiresAt) })
      : !isPlain && text(state as 'trialing' | 'past_due' | 'paused' | 'canceled' | 'incomplete')
  return [note, stale && text('stale')].filter(Boolean).join(' · ')
}
