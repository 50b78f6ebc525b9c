import { isConfirming } from '../../contract/isConfirming.js'
import type { Plan } from '../../contract/plans.js'
import type { BillingStatus } from '../../contract/status.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { hasSeats, type Interval, trialFor } from './planCost.js'

/**
 * What a plan's button does. Opens a checkout: `start`, `startTrial`, and `choose` where nobody knows yet what the organization has. Changes
 * the subscription: `upgrade`, `downgrade`, `change` (from a plan that the catalog does not name), `switchToMonth`, `switchToYear`,
 * `resume`, and `keep`, which takes back a change that waits. `cancel` leads to the default plan, which nobody buys. `contact` is a link;
 * `current` and `pending` are nothing to click.
 * `cancelFirst` is a sentence: the provider changes no plan with seats to one without.
 */
export type PlanVerb =
  | 'start'
  | 'startTrial'
  | 'choose'
  | PlanChangeVerb
  | 'resume'
  | 'keep'
  | 'cancel'
  | 'cancelFirst'
  | 'contact'
  | 'current'
  | 'pending'

/** How a change of plan is called. */
export type PlanChangeVerb = 'upgrade' | 'downgrade' | 'change' | 'switchToMonth' | 'switchToYear'

/** Whether it opens a checkout. */
export function isBuying(verb: PlanVerb | null): boolean {
  return verb === 'start' || verb === 'startTrial' || verb === 'choose'
}

/** Whether it asks before it changes the plan or its interval. */
export function isChanging(verb: PlanVerb | null | undefined): verb is PlanChangeVerb {
  return /^(upgrade|downgrade|change|switchTo\w+)$/.test(verb ?? '')
}

/** Where the organization stands. */
export interface Standing {
  status: BillingStatus
  /** Absent where it is not known: then nothing tells the interval, nor a change that waits. */
  subscription?: CompleteSubscription | undefined
}

export interface PlanSituation {
  /** The price list, smallest plan first. */
  plans: readonly Plan[]
  /** `null`: signed out; `undefined`: not known. */
  standing: Standing | null | undefined
  /** Which plan applies without a subscription. */
  defaultPlan: string | undefined
}

/** What the plan's button does for this organization, or `null` where it can do nothing. */
export function planVerb(plan: Plan, interval: Interval, situation: PlanSituation): PlanVerb | null {
  const { standing } = situation
  const isCurrent = isCurrentPlan(plan, situation)
  if (plan.contact !== null) return isCurrent ? 'current' : 'contact'
  if (!standing || !holdsPlan(standing.status)) {
    if (isCurrent) return 'current'
    return plan.forSale ? buyingVerb(plan, interval, standing) : null
  }
  if (isCurrent) return currentVerb(plan, interval, standing)
  if (plan.planType === situation.defaultPlan) return defaultVerb(standing)
  return plan.forSale && isChangeable(standing.status)
    ? changingVerb(plan, interval, standing, situation.plans)
    : null
}

/** Whether the organization has the plan, or it applies because nothing is bought. */
export function isCurrentPlan({ planType }: Plan, { standing, defaultPlan }: PlanSituation): boolean {
  if (!standing) return false
  const { status } = standing
  if (holdsPlan(status)) return status.planType === planType
  // While a purchase is being confirmed nobody is told that nothing was bought.
  return planType === defaultPlan && !isConfirming(status) && /^(none|canceled)$/.test(status.status)
}

/** Also one whose payment failed, or that is paused: it must not be sold a second time. */
export function holdsPlan({ isActive, status }: BillingStatus): boolean {
  return isActive || status === 'past_due' || status === 'paused'
}

/** The currency of a subscription: every change of plan keeps it. */
export function paidCurrency(standing: Standing | null | undefined): string | null | undefined {
  return standing && holdsPlan(standing.status) ? standing.subscription?.currency : undefined
}

/** The provider lets nobody change what ends, is paused or is not paid. */
function isChangeable({ status, cancelAtPeriodEnd }: BillingStatus): boolean {
  return status !== 'past_due' && status !== 'paused' && !cancelAtPeriodEnd
}

function buyingVerb(plan: Plan, interval: Interval, standing: Standing | null | undefined): PlanVerb {
  const trial = trialFor(plan, interval)
  if (standing === undefined) return 'choose'
  // Who has had a subscription may have had the trial, too.
  const isNew = standing === null || standing.status.status === 'none'
  return isNew && trial && trial.count > 0 ? 'startTrial' : 'start'
}

function currentVerb(plan: Plan, interval: Interval, { status, subscription }: Standing): PlanVerb {
  if (status.status === 'past_due') return 'current'
  if (!isChangeable(status)) return 'resume'
  const present = subscription?.product?.recurringInterval ?? interval
  const waiting = subscription?.pendingChange
  if (present !== interval) {
    if (isWaiting(plan, interval, subscription)) return 'pending'
    if (plan.forSale) return interval === 'year' ? 'switchToYear' : 'switchToMonth'
  }
  // Other seats of the same product are no change of plan.
  if (waiting && (waiting.planType !== null || waiting.seats === null)) return 'keep'
  return subscription?.pauseAtPeriodEnd === true ? 'resume' : 'current'
}

/** The default plan applies when the present one has ended. A payment that failed comes first, and what is paused cannot be canceled. */
function defaultVerb({ status: { status, cancelAtPeriodEnd, expiresAt } }: Standing): PlanVerb | null {
  if (status !== 'active' && status !== 'trialing') return null
  if (!cancelAtPeriodEnd) return 'cancel'
  return expiresAt === null ? null : 'pending'
}

function changingVerb(
  plan: Plan,
  interval: Interval,
  { status, subscription }: Standing,
  plans: readonly Plan[],
): PlanVerb {
  if (isWaiting(plan, interval, subscription)) return 'pending'
  if (typeof subscription?.seats === 'number' && plan.prices !== null && !hasSeats(plan, interval))
    return 'cancelFirst'
  const rankOf = (id: string | null): number => plans.findIndex(({ planType }) => planType === id)
  const present = rankOf(status.planType)
  if (present < 0) return 'change'
  return rankOf(plan.planType) > present ? 'upgrade' : 'downgrade'
}

/** Whether a change to the plan waits, by that interval or by one that nobody said. */
function isWaiting({ planType }: Plan, interval: Interval, subscription?: CompleteSubscription): boolean {
  const waiting = subscription?.pendingChange
  return waiting?.planType === planType && (waiting.interval ?? interval) === interval
}
