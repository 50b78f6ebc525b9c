import { webhooks } from '@polar-sh/sdk/2026-10'
import { BillingError } from '../../contract/index.js'
import type { WebhookHint } from '../provider.js'
import { ORGANIZATION_KEY } from './checkouts.js'

const REQUIRED_HEADERS = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const

/** Verifies a delivery against each secret (two are valid while one is being rotated). The SDK tries both of Polar's key styles. */
export async function readWebhook(
  headers: Headers,
  body: string,
  secrets: readonly string[],
): Promise<WebhookHint | null> {
  if (secrets.length === 0) return null
  const missing = REQUIRED_HEADERS.filter((name) => !headers.get(name))
  if (missing.length > 0) {
    throw new BillingError('BAD_REQUEST', `This is no signed webhook: ${missing.join(', ')} missing.`)
  }
  let failure: unknown
  for (const secret of secrets) {
    try {
      // A `Headers` object would read as "no headers": the SDK wants a plain one.
      const { type, data } = await webhooks.validateEvent(body, Object.fromEntries(headers), secret)
      return { type, organizationId: organizationOf(data) }
    } catch (error) {
      if (error instanceof webhooks.PolarWebhookUnknownTypeError)
        return { type: String(error.eventType), organizationId: null }
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

/** Every payload about a customer names the organization in one of these places. */
function organizationOf(data: object | null | undefined): string | null {
  const {
    external_id: own,
    external_customer_id: named,
    customer,
    metadata,
  } = (data ?? {}) as {
    external_id?: unknown
    external_customer_id?: unknown
    customer?: { external_id?: unknown } | null
    metadata?: Record<string, unknown>
  }
  const organizationId = customer?.external_id ?? named ?? own ?? metadata?.[ORGANIZATION_KEY]
  return typeof organizationId === 'string' && organizationId !== '' ? organizationId : null
}
