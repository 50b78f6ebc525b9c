import type { Subscription, SubscriptionUpdate } from '../../contract/index.js'
import type { BillingContext } from '../billingContext.js'
import { assertNoPurchaseUnderWay } from '../checkouts/earlierCheckouts.js'
import { readForDecision } from '../checkouts/readForDecision.js'
import type { Reading } from '../freshCache.js'
import type { CustomerReading, ProviderSubscription, SubscriptionChange } from '../provider.js'
import { toStanding } from '../standing.js'
import { planChange } from '../subscriptions/planChange.js'
import { UnknownOutcomeError } from '../unknownOutcomeError.js'
import { toSubscription } from './getSubscription.js'

export async function updateSubscription(
  context: BillingContext,
  organizationId: string,
  update: SubscriptionUpdate,
): Promise<Subscription> {
  await context.limits.assert('attempt', organizationId)
  return context.changeLock(organizationId, async () => {
    const { standing, earlier } = await readForDecision(context, organizationId)
    // It may turn a free subscription into another one, and bring what is not read yet.
    assertNoPurchaseUnderWay(earlier, standing.reading.value)
    const { subscriptionId, change } = await planChange(context, standing, update)
    await context.limits.assert('update', organizationId)
    const changed = await apply(context, organizationId, subscriptionId, change)
    return readChanged(context, organizationId, changed)
  })
}

async function apply(
  { provider, reader }: BillingContext,
  organizationId: string,
  subscriptionId: string,
  change: SubscriptionChange,
): Promise<ProviderSubscription> {
  try {
    return await provider.updateSubscription(subscriptionId, change)
  } catch (error) {
    // It may still happen, and a refusal says that what was read is old: the next read asks.
    if (error instanceof UnknownOutcomeError) await reader.watch(organizationId)
    else await reader.expire(organizationId)
    throw error
  }
}

/** The subscription as it is read from now on, by whoever asks: this read tells the browsers of the organization, too. */
async function readChanged(
  context: BillingContext,
  organizationId: string,
  changed: ProviderSubscription,
): Promise<Subscription> {
  try {
    await context.reader.expire(organizationId)
    const reading = await context.reader.customer(organizationId, undefined, 'checkout')
    return await toSubscription(context, organizationId, toStanding(context, withChanged(reading, changed)))
  } catch (cause) {
    throw new UnknownOutcomeError('The subscription has changed, but cannot be read now: load it again.', {
      cause,
    })
  }
}

/** A reading that could not be repeated is from before the change. */
function withChanged(
  reading: Reading<CustomerReading>,
  changed: ProviderSubscription,
): Reading<CustomerReading> {
  if (!reading.stale) return reading
  const others = reading.value.subscriptions.filter(({ id }) => id !== changed.id)
  return { ...reading, value: { ...reading.value, subscriptions: [...others, changed] } }
}
