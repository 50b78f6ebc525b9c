import { PolarClientError } from '@polar-sh/sdk'
import type { models, PolarCore } from '@polar-sh/sdk/2026-10'
import { updateSubscriptions } from '@polar-sh/sdk/2026-10/services/subscriptions'
import { BillingError } from '../../contract/index.js'
import type { ProviderSubscription, SubscriptionChange } from '../provider.js'
import { UnknownOutcomeError } from '../unknownOutcomeError.js'
import { callPolar, DEFAULT_RETRY_AFTER, refusalOf } from './callPolar.js'
import { expectString } from './expect.js'
import { toSubscription } from './mapping.js'

/** @param timeout seconds: a card is charged before Polar answers */
export function updateSubscription(
  core: PolarCore,
  id: string,
  change: SubscriptionChange,
  timeout: number,
): Promise<ProviderSubscription> {
  return callPolar('Updating the subscription', async () => {
    try {
      const subscription = await updateSubscriptions(core)(id, toBody(change), { timeout })
      expectString(subscription.id)
      return toSubscription(subscription)
    } catch (error) {
      throw explain(error)
    }
  })
}

const WHEN = { now: 'invoice', period_end: 'next_period' } as const

// Polar takes exactly one kind of change, and no field of another.
function toBody(change: SubscriptionChange): models.SubscriptionUpdate {
  switch (change.kind) {
    case 'product':
      return { product_id: change.productId, proration_behavior: WHEN[change.when] }
    case 'seats':
      return { seats: change.seats, proration_behavior: WHEN[change.when] }
    case 'keep':
      return { pending_update: null }
    case 'cancel':
      return {
        cancel_at_period_end: true,
        customer_cancellation_reason: change.reason,
        customer_cancellation_comment: change.comment,
      }
    case 'uncancel':
      return { cancel_at_period_end: false }
    case 'pause':
      return { pause_at_period_end: true, resumes_at: change.resumesAt }
    case 'unpause':
      return { pause_at_period_end: false }
    case 'resume':
      return { resume: true }
  }
}

function explain(error: unknown): unknown {
  const refusal = refusalOf(error)
  if (refusal !== null && Object.hasOwn(REFUSALS, refusal.name)) {
    const { code, message } = REFUSALS[refusal.name as keyof typeof REFUSALS]
    return new BillingError(
      code,
      message.replace('{reason}', () => refusal.reason),
      { cause: error },
    )
  }
  // A refusal, 429 among them, has changed nothing. Of anything else nobody knows.
  if (error instanceof PolarClientError) return error
  return new UnknownOutcomeError(
    'The payment provider did not say whether the subscription has changed: look at it before you try again.',
    { cause: error, retryAfter: DEFAULT_RETRY_AFTER },
  )
}

const PAYMENT_FAILED = {
  code: 'PAYMENT_REQUIRED',
  message:
    'The payment failed, and nothing has changed. Update the payment method in the customer portal, then try again.',
} as const
const NOT_NOW = { code: 'CONFLICT', message: 'The subscription does not allow this now: {reason}' } as const
const WRONG_SEATS = { code: 'BAD_REQUEST', message: 'seats: {reason}' } as const
const MEANWHILE = {
  code: 'CONFLICT',
  message: 'The subscription has changed meanwhile. Load it again, then try again.',
} as const

/** What Polar's refusals mean, by their names. All others are ours or the configuration's. */
const REFUSALS = {
  PaymentFailed: PAYMENT_FAILED,
  PaymentActionRequired: {
    code: 'PAYMENT_REQUIRED',
    message:
      'The bank wants the payment to be confirmed, which is not possible here, and nothing has changed. Pay with another payment method: set it in the customer portal, then try again.',
  },
  SubscriptionLocked: {
    code: 'CONFLICT',
    message: 'The subscription is being changed right now. Wait a moment, then try again.',
  },
  AlreadyCanceledSubscription: MEANWHILE,
  InactiveSubscription: MEANWHILE,
  SubscriptionNotScheduledToCancel: MEANWHILE,
  CannotPauseSubscription: NOT_NOW,
  NoScheduledPause: MEANWHILE,
  NotPausedSubscription: MEANWHILE,
  ResourceUnavailable: MEANWHILE,
  ResourceNotFound: MEANWHILE,
  NotASeatBasedSubscription: NOT_NOW,
  SeatsAlreadyAssigned: { code: 'CONFLICT', message: 'So many seats are given away: {reason}' },
  BelowMinimumSeats: WRONG_SEATS,
  AboveMaximumSeats: WRONG_SEATS,
  // A broken rule of Polar's, such as a currency that the new product is not sold in. A malformed request has another name.
  PolarRequestValidationError: NOT_NOW,
} as const satisfies Record<string, Pick<BillingError, 'code' | 'message'>>
