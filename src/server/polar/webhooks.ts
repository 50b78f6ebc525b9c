import { webhooks } from '@polar-sh/sdk/2026-10'
import { BillingError } from '../../contract/index.js'
import type { Webhook } from '../provider.js'
import { ORGANIZATION_KEY } from './checkouts.js'
import { withoutSecrets } from './withoutSecrets.js'

const REQUIRED_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** As Polar writes dates; anything else is no date to a database. */
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$/

/** Verifies a delivery against each secret (two are valid while one is being rotated). The SDK tries both of Polar's key styles. */
export async function readWebhook(
  headers: Headers,
  body: string,
  secrets: readonly string[],
): Promise<Webhook | null> {
  if (secrets.length === 0) return null
  const missing = REQUIRED_HEADERS.filter((name) => !headers.get(name))
  if (missing.length > 0) {
    throw new BillingError('BAD_REQUEST', `This is no signed webhook: ${missing.join(', ')} missing.`)
  }
  let failure: unknown
  for (const secret of secrets) {
    try {
      // A `Headers` object would read as "no headers": the SDK wants a plain one.
      return toWebhook(headers, await webhooks.validateEvent(body, Object.fromEntries(headers), secret))
    } catch (error) {
      if (error instanceof webhooks.PolarWebhookUnknownTypeError) return toWebhook(headers, JSON.parse(body))
      if (!(error instanceof webhooks.PolarWebhookVerificationError)) throw notJson(error)
      failure = error
    }
  }
  throw new BillingError(
    'FORBIDDEN',
    'The signature does not hold: wrong webhookSecret, a changed body, or a clock that is more than 5 minutes off.',
    { cause: failure },
  )
}

function notJson(cause: unknown): BillingError {
  return new BillingError('BAD_REQUEST', 'The webhook is signed correctly, but its body is not JSON.', {
    cause,
  })
}

// Signed, so it is Polar's; but the SDK checks nothing of what it holds.
function toWebhook(headers: Headers, payload: unknown): Webhook {
  const { type, timestamp, data } = fieldsOf(withoutSecrets(payload))
  const occurredAt = dateOf(timestamp) ?? attemptedAt(headers)
  return {
    id: headers.get('webhook-id') ?? '',
    type: typeof type === 'string' ? type : 'unknown',
    organizationId: organizationOf(String(type), fieldsOf(data)),
    occurredAt,
    subject: subjectOf(String(type), occurredAt, fieldsOf(data)),
    data: data ?? null,
  }
}

/**
 * An event of a subscription carries all of it. `customer.state_changed` carries what the customer has now: its own date is the
 * customer's, who stays the same when a subscription changes, so that the event's counts.
 */
function subjectOf(type: string, occurredAt: string, data: Record<string, unknown>): Webhook['subject'] {
  const { id, modified_at: modifiedAt, created_at: createdAt } = data
  if (typeof id !== 'string' || id === '') return null
  if (type === 'customer.state_changed') return { id, changedAt: occurredAt }
  const changedAt = type.startsWith('subscription.') ? (dateOf(modifiedAt) ?? dateOf(createdAt)) : null
  return changedAt === null ? null : { id, changedAt }
}

function dateOf(value: unknown): string | null {
  return typeof value === 'string' && DATE.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
}

function attemptedAt(headers: Headers): string {
  return new Date(Number(headers.get('webhook-timestamp')) * 1_000).toISOString()
}

/** Every payload about a customer names the organization in one of these places. Others have external ids of their own: members. */
function organizationOf(type: string, data: Record<string, unknown>): string | null {
  const organizationId =
    fieldsOf(data['customer'])['external_id'] ??
    data['external_customer_id'] ??
    (type.startsWith('customer.') ? data['external_id'] : undefined) ??
    fieldsOf(data['metadata'])[ORGANIZATION_KEY] ??
    // Of a seat that was taken away this is all that is left.
    fieldsOf(data['seat_metadata'])[ORGANIZATION_KEY]
  return typeof organizationId === 'string' && organizationId !== '' ? organizationId : null
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
