import { BillingError, type ChangeMoment, type SubscriptionUpdate } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { chooseOffer } from '../chooseOffer.js'
import { isFree } from '../pickSubscription.js'
import type { ProviderSubscription, SubscriptionChange } from '../provider.js'
import type { Standing } from '../standing.js'
import { assertSeatsFit } from './assertSeatsFit.js'

type Update<Action extends SubscriptionUpdate['action']> = Extract<SubscriptionUpdate, { action: Action }>

/**
 * What has to be asked of the provider. What it would refuse by what is known of the subscription is refused here, with words for the
 * one who clicked.
 *
 * @throws BillingError `NOT_FOUND`: nothing is bought; `CONFLICT`: its state does not allow it; `BAD_REQUEST`: there is no such plan
 */
export async function planChange(
  context: BillingContext,
  standing: Standing,
  update: SubscriptionUpdate,
): Promise<{ subscriptionId: string; change: SubscriptionChange }> {
  const { planName } = standing
  const subscription = assertRunning(standing.subscription)
  return { subscriptionId: subscription.id, change: await toChange() }

  function toChange(): SubscriptionChange | Promise<SubscriptionChange> {
    switch (update.action) {
      case 'change':
        return toProductChange(context, subscription, planName, update)
      case 'seats':
        return toSeatChange(subscription, planName, update)
      case 'cancel':
        return toCancel(subscription, update)
      case 'pause':
        return toPause(subscription, update)
      case 'resume':
        return toResume(subscription)
    }
  }
}

function assertRunning(subscription: ProviderSubscription | undefined): ProviderSubscription {
  if (subscription === undefined)
    throw new BillingError('NOT_FOUND', 'This organization has nothing bought yet: open a checkout.')
  if (subscription.status === 'canceled')
    throw conflict('The subscription has ended: open a checkout to buy again.')
  if (subscription.status === 'incomplete')
    throw conflict('The first payment of the subscription is not through yet: wait until it is.')
  return subscription
}

async function toProductChange(
  context: BillingContext,
  subscription: ProviderSubscription,
  planName: string,
  { planType, interval, when = 'now' }: Update<'change'>,
): Promise<SubscriptionChange> {
  const { product } = subscription
  const offer = chooseOffer(context, { planType, interval }, product.recurringInterval)
  const isPresent =
    offer.productId === product.id ||
    // A product that is no longer sold is the plan, too: nobody is moved to a new price for a click on what he has.
    (context.productMap.planOf(product.id) === planType && product.recurringInterval === offer.interval)
  if (isPresent && subscription.pendingChange !== null) return { kind: 'keep' }
  assertChangeable(subscription, when)
  if (isPresent) throw conflict(`This organization is already on ${planName}.`)
  if (isFree(subscription))
    throw conflict(`${planName} is free, and a card has to be given first: open a checkout.`)
  await assertSeatsFit(context, subscription, planName, { planType, productId: offer.productId, when })
  return { kind: 'product', productId: offer.productId, when }
}

function toSeatChange(
  subscription: ProviderSubscription,
  planName: string,
  { seats, when = 'now' }: Update<'seats'>,
): SubscriptionChange {
  // Its product may be sold otherwise by now: a subscription keeps the prices that it was bought at.
  if (subscription.seats === null) throw conflict(`The plan ${planName} has no seats.`)
  assertChangeable(subscription, when)
  return { kind: 'seats', seats, when }
}

function toCancel(
  { status, cancelAtPeriodEnd }: ProviderSubscription,
  { reason, comment }: Update<'cancel'>,
): SubscriptionChange {
  if (status === 'paused')
    throw conflict('A paused subscription costs nothing until it is resumed, and is canceled after that.')
  if (cancelAtPeriodEnd) throw conflict('The subscription is canceled already, and runs to its end.')
  return { kind: 'cancel', reason: reason ?? null, comment: comment ?? null }
}

function toPause(subscription: ProviderSubscription, { resumesAt }: Update<'pause'>): SubscriptionChange {
  assertChangeable(subscription)
  if (subscription.status === 'past_due')
    throw conflict('The last payment failed: update the payment method in the customer portal first.')
  if (resumesAt === undefined) return { kind: 'pause', resumesAt: null }
  if (Date.parse(resumesAt) <= Date.parse(subscription.currentPeriodEnd)) {
    throw new BillingError(
      'BAD_REQUEST',
      `resumesAt has to be after the end of the period, ${subscription.currentPeriodEnd}: the pause begins then.`,
    )
  }
  const inUtc = new Date(resumesAt).toISOString()
  // Later years have a sign, and the provider reads none.
  if (inUtc.startsWith('+'))
    throw new BillingError('BAD_REQUEST', 'resumesAt has to be before the year 10000.')
  return { kind: 'pause', resumesAt: inUtc }
}

function toResume({ status, cancelAtPeriodEnd, pauseAtPeriodEnd }: ProviderSubscription): SubscriptionChange {
  if (status === 'paused') return { kind: 'resume' }
  if (cancelAtPeriodEnd) return { kind: 'uncancel' }
  if (pauseAtPeriodEnd) return { kind: 'unpause' }
  throw conflict('There is nothing to resume: the subscription is neither canceled nor paused.')
}

function assertChangeable(
  { status, cancelAtPeriodEnd, pauseAtPeriodEnd }: ProviderSubscription,
  when?: ChangeMoment,
): void {
  if (status === 'paused') throw conflict('The subscription is paused: resume it first.')
  if (cancelAtPeriodEnd) throw conflict('The subscription is canceled and still runs: resume it first.')
  if (pauseAtPeriodEnd && when === 'period_end')
    throw conflict('The subscription is paused at the end of the period: resume it first, or change it now.')
}

function conflict(message: string): BillingError {
  return new BillingError('CONFLICT', message)
}
