import type { models } from '@polar-sh/sdk/2026-10'
import { newId, newToken } from '../core/ids.js'
import type { EndpointRow } from '../core/rows.js'
import { type World, timestamp } from '../core/world.js'
import { isStandardSecret } from './signing.js'

/** Every type of event that the API version 2026-10 knows. */
export const EVENT_TYPES = [
  'checkout.created',
  'checkout.updated',
  'checkout.expired',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'customer.state_changed',
  'customer_seat.assigned',
  'customer_seat.claimed',
  'customer_seat.revoked',
  'member.created',
  'member.updated',
  'member.deleted',
  'order.created',
  'order.updated',
  'order.paid',
  'order.refunded',
  'subscription.created',
  'subscription.updated',
  'subscription.active',
  'subscription.canceled',
  'subscription.uncanceled',
  'subscription.cycled',
  'subscription.revoked',
  'subscription.past_due',
  'subscription.paused',
  'subscription.resumed',
  'subscription.migrated',
  'refund.created',
  'refund.updated',
  'product.created',
  'product.updated',
  'discount.created',
  'discount.updated',
  'discount.deleted',
  'benefit.created',
  'benefit.updated',
  'benefit_grant.created',
  'benefit_grant.cycled',
  'benefit_grant.updated',
  'benefit_grant.revoked',
  'organization.updated',
] as const satisfies readonly models.WebhookEventType[]

export interface NewEndpoint {
  id?: string
  url: string
  events: readonly models.WebhookEventType[]
  name?: string | null
  format?: models.WebhookFormat
  apiVersion?: models.ApiVersion
  secret?: string | undefined
  signature?: 'standard' | 'legacy' | undefined
  enabled?: boolean | undefined
}

/**
 * Adds an endpoint. Secrets made here are of the standard style, secrets that are brought along of the old
 * one.
 */
export function createEndpoint(world: World, given: NewEndpoint): EndpointRow {
  const secret = given.secret ?? newSecret()
  const signature = given.signature ?? (given.secret === undefined ? 'standard' : 'legacy')
  if (signature === 'standard' && !isStandardSecret(secret)) {
    throw new Error('A secret for standard signatures is "whsec_" and base64')
  }
  const row: EndpointRow = {
    created_at: timestamp(world),
    modified_at: null,
    id: given.id ?? newId(),
    url: given.url,
    name: given.name ?? null,
    api_version: given.apiVersion ?? '2026-10',
    format: given.format ?? 'raw',
    secret,
    organization_id: world.organization.id,
    events: [...given.events],
    enabled: given.enabled ?? true,
    uses_standard_webhook_signature: signature === 'standard',
  }
  world.db.endpoints.set(row.id, row)
  return row
}

export function newSecret(): string {
  return newToken('whsec_')
}

/** Turns an endpoint off; what is still waiting for it is not sent any more, even when it is turned on again. */
export function disableEndpoint(world: World, row: EndpointRow): void {
  row.enabled = false
  for (const event of world.db.webhookEvents.values()) {
    if (event.endpointId === row.id && event.succeeded === null) event.skipped = true
  }
}

/** What is still waiting for a removed endpoint is not sent any more. */
export function removeEndpoint(world: World, row: EndpointRow): void {
  world.db.endpoints.delete(row.id)
  world.queues.delete(row.id)
}
