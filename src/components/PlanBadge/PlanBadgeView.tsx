import { clsx } from 'clsx/lite'
import { type ComponentPropsWithoutRef, forwardRef } from 'react'
import type { BillingStatus } from '../../contract/status.js'
import { formatDate } from '../../format/date.js'

export interface PlanBadgeViewProps extends Omit<ComponentPropsWithoutRef<'span'>, 'children'> {
  /** `undefined` while loading, or when nothing could be read. */
  status?: BillingStatus | undefined
  /** Nothing could be read: the badge then says so, and never names a plan. */
  error?: unknown
  locale?: string | undefined
  timeZone?: string | undefined
}

/**
 * The plan's name, and in a few words what is special about it: a trial, an end, a failed payment.
 * Renders a `<span>`; its state is on `data-state` (`loading`, `error`, `confirming` or the subscription's status) and `data-stale`.
 */
export const PlanBadgeView = forwardRef<HTMLSpanElement, PlanBadgeViewProps>(function PlanBadgeView(
  { status, error, locale, timeZone, className, ...props },
  ref,
) {
  const state = stateOf(status, error)
  const note = status && noteOf(state, status, (moment) => formatDate(moment, locale, timeZone))
  return (
    <span
      ref={ref}
      className={clsx('billing-badge', className)}
      data-state={state}
      data-stale={status?.stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <span data-billing-part="plan-name">{NAME_OF_STATE[state] ?? nameOf(status)}</span>
      {note && <span data-billing-part="note">{note}</span>}
    </span>
  )
})

type BadgeState = 'loading' | 'error' | 'confirming' | BillingStatus['status']

function stateOf(status: BillingStatus | undefined, error: unknown): BadgeState {
  if (!status) return error ? 'error' : 'loading'
  // Somebody came back from a checkout: until it is confirmed, "Free" would read as if nothing had been bought.
  return status.checkout && status.checkout !== 'expired' && !status.isActive ? 'confirming' : status.status
}

const NAME_OF_STATE: { [State in BadgeState]?: string } = {
  loading: 'Loading…',
  error: 'Plan unavailable',
  confirming: 'Confirming…',
}

function nameOf({ planName, planType, isActive }: Partial<BillingStatus> = {}): string {
  return planName ?? planType ?? (isActive ? 'Active' : 'No plan')
}

function noteOf(
  state: BadgeState,
  { cancelAtPeriodEnd, hasActiveSubscription, expiresAt, stale }: BillingStatus,
  date: (moment: string) => string,
): string {
  const verb =
    cancelAtPeriodEnd && hasActiveSubscription ? 'Cancels on' : state === 'trialing' && 'Trial until'
  const note = verb && expiresAt ? `${verb} ${date(expiresAt)}` : NOTE_OF_STATE[state]
  return [note, stale && 'Last known'].filter(Boolean).join(' · ')
}

const NOTE_OF_STATE: { [State in BadgeState]?: string } = {
  trialing: 'Trial',
  past_due: 'Payment failed',
  paused: 'Paused',
  canceled: 'Ended',
  incomplete: 'Payment incomplete',
}
