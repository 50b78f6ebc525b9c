import type { PolarEmulator } from 'polar-billing-kit/emulator'
import { PLAN_OF_PRODUCT, type ProductIds, type ProductKey } from './shop.js'

type Subscription = ReturnType<PolarEmulator['controls']['listSubscriptions']>[number]

/** What a status must say, worked out from the emulator's subscriptions and from the contract alone. */
export interface Truth {
  status: string
  isActive: boolean
  isTrial: boolean
  hasActiveSubscription: boolean
  planType: string | null
  expiresAt: string | null
  graceEndsAt: string | null
  cancelAtPeriodEnd: boolean
  customerId: string | null
}

const NONE: Truth = {
  status: 'none',
  isActive: false,
  isTrial: false,
  hasActiveSubscription: false,
  planType: null,
  expiresAt: null,
  graceEndsAt: null,
  cancelAtPeriodEnd: false,
  customerId: null,
}
/** The server's default `gracePeriodDays`. */
const GRACE = 7 * 86_400_000
/** From the one that speaks for the others to the one that never does. */
const RANKS = ['usable', 'past_due', 'paused', 'incomplete', 'canceled']
const PLANS = ['pro', 'team']

/** The truth about an organization that has these subscriptions. */
export function truthOf(subscriptions: readonly Subscription[], products: ProductIds, now: number): Truth {
  const plans = new Map(Object.entries(products).map(([key, id]) => [id, PLAN_OF_PRODUCT[key as ProductKey]]))
  const planOf = ({ product_id }: Subscription): string | null => plans.get(product_id) ?? null
  const rankOf = (subscription: Subscription): number =>
    RANKS.indexOf(isUsable(subscription, now) ? 'usable' : subscription.status)
  const [winner] = subscriptions.toSorted(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      PLANS.indexOf(planOf(b) ?? '') - PLANS.indexOf(planOf(a) ?? '') ||
      Date.parse(b.current_period_end) - Date.parse(a.current_period_end),
  )
  if (winner === undefined) return NONE
  return {
    status: winner.status,
    isActive: isUsable(winner, now),
    isTrial: winner.status === 'trialing',
    hasActiveSubscription: subscriptions.some(isPaid),
    planType: planOf(winner),
    expiresAt: normal(expiryOf(winner)),
    graceEndsAt: normal(graceEndOf(winner)),
    cancelAtPeriodEnd: winner.cancel_at_period_end,
    customerId: winner.customer_id,
  }
}

function isPaid({ status }: Subscription): boolean {
  return status === 'active' || status === 'trialing'
}

function isUsable(subscription: Subscription, now: number): boolean {
  const graceEnd = graceEndOf(subscription)
  return isPaid(subscription) || (graceEnd !== null && now < Date.parse(graceEnd))
}

function graceEndOf({ status, past_due_at }: Subscription): string | null {
  if (status !== 'past_due' || past_due_at === null || past_due_at === undefined) return null
  return new Date(Date.parse(past_due_at) + GRACE).toISOString()
}

function expiryOf(subscription: Subscription): string | null | undefined {
  const { status, ends_at, trial_end, current_period_end, ended_at } = subscription
  if (status === 'trialing') return ends_at ?? trial_end
  if (status === 'active') return ends_at ?? current_period_end
  if (status === 'past_due') return graceEndOf(subscription)
  return status === 'canceled' ? ended_at : null
}

/** Polar leaves out milliseconds that are 0. */
function normal(date: string | null | undefined): string | null {
  return date === null || date === undefined ? null : new Date(date).toISOString()
}

/** The fields in which an answer differs from the truth, for people: `planType "pro" instead of "team"`. */
export function differences(answer: Readonly<Record<string, unknown>>, truth: Truth): string[] {
  return Object.entries(truth)
    .filter(([name, value]) => answer[name] !== value)
    .map(([name, value]) => `${name} ${JSON.stringify(answer[name])} instead of ${JSON.stringify(value)}`)
}
