import type { models } from '@polar-sh/sdk/2026-10'
import { assign, required } from '../core/database.js'
import { newId } from '../core/ids.js'
import type { CustomerRow, GrantProperties, GrantRow, OrderRow, SubscriptionRow } from '../core/rows.js'
import { type World, timestamp, touch } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { toGrantWebhook } from '../serialize/grant.js'
import { emit } from '../webhooks/emit.js'
import { applyCredit, cycleCredit, takeCreditBack } from './credits.js'
import { stateChanged } from './stateChanged.js'
import { isActive } from './statuses.js'

/** What a grant hangs on: a subscription, or the order of a product bought once. */
type Scope = { subscription_id: string; order_id: null } | { subscription_id: null; order_id: string }

/**
 * Brings the grants of a subscription in line with its product and status: what no longer belongs is revoked
 * before what is new is granted. A grant that comes back keeps its id.
 */
export function syncGrants(world: World, subscription: SubscriptionRow): void {
  const scope: Scope = { subscription_id: subscription.id, order_id: null }
  const product = required(world.db.products, subscription.product_id)
  // The benefits of a seat product are granted to whoever claims a seat.
  const seats = subscription.prices.some((price) => price.amount_type === 'seat_based')
  const wanted = isActive(subscription.status) && !seats ? product.benefitIds : []
  const granted = grantsOf(world, subscription.customer_id, scope).filter((grant) => grant.is_granted)
  for (const grant of granted) {
    if (!wanted.includes(grant.benefit_id)) revoke(world, grant)
  }
  for (const benefitId of wanted) {
    if (!granted.some((grant) => grant.benefit_id === benefitId)) {
      grantBenefit(world, subscription.customer_id, benefitId, scope)
    }
  }
}

/** Grants the benefits of a product that was bought once. */
export function grantForOrder(world: World, order: OrderRow, benefitIds: readonly string[]): void {
  for (const benefitId of benefitIds) {
    grantBenefit(world, order.customer_id, benefitId, { subscription_id: null, order_id: order.id })
  }
}

/** A new period is paid: the grants of these benefits go on, and credits are given anew. */
export function cycleGrants(
  world: World,
  subscription: SubscriptionRow,
  benefitIds: readonly string[],
): void {
  const scope: Scope = { subscription_id: subscription.id, order_id: null }
  for (const grant of grantsOf(world, subscription.customer_id, scope)) {
    if (!grant.is_granted || !benefitIds.includes(grant.benefit_id)) continue
    const previous = { ...grant.properties }
    grant.properties = cycleCredit(world, grant)
    announce(world, grant, 'cycled', previous)
  }
}

export function revokeAllGrants(world: World, customerId: string): void {
  for (const grant of world.db.grants.of(customerId)) {
    if (grant.is_granted) revoke(world, grant)
  }
}

function grantBenefit(world: World, customerId: string, benefitId: string, scope: Scope): void {
  const known = grantsOf(world, customerId, scope).find((grant) => grant.benefit_id === benefitId)
  const grant = known ?? newGrant(world, customerId, benefitId, scope)
  const previous = { ...grant.properties }
  world.db.grants.set(grant.id, grant)
  grant.properties = applyCredit(world, grant)
  assign(grant, {
    is_granted: true,
    granted_at: timestamp(world),
    is_revoked: false,
    revoked_at: null,
  })
  announce(world, grant, 'created', previous)
}

function revoke(world: World, grant: GrantRow): void {
  const previous = { ...grant.properties }
  grant.properties = takeCreditBack(world, grant)
  assign(grant, {
    is_granted: false,
    granted_at: null,
    is_revoked: true,
    revoked_at: timestamp(world),
  })
  announce(world, grant, 'revoked', previous)
}

function announce(
  world: World,
  grant: GrantRow,
  what: 'created' | 'cycled' | 'revoked',
  previous: GrantProperties,
): void {
  touch(world, grant)
  const customer: CustomerRow = required(world.db.customers, grant.customer_id)
  const metadata: models.BenefitGrantMetadata = {
    benefit_id: grant.benefit_id,
    benefit_grant_id: grant.id,
    benefit_type: required(world.db.benefits, grant.benefit_id).type,
  }
  recordSystemEvent(world, customer, what === 'created' ? 'benefit.granted' : `benefit.${what}`, metadata)
  emit(world, `benefit_grant.${what}`, toGrantWebhook(grant, previous, world.db))
  stateChanged(world, grant.customer_id)
}

function grantsOf(world: World, customerId: string, scope: Scope): GrantRow[] {
  return world.db.grants
    .of(customerId)
    .filter((grant) => grant.subscription_id === scope.subscription_id && grant.order_id === scope.order_id)
}

function newGrant(world: World, customerId: string, benefitId: string, scope: Scope): GrantRow {
  return {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    granted_at: null,
    is_granted: false,
    revoked_at: null,
    is_revoked: false,
    customer_id: customerId,
    member_id: null,
    benefit_id: benefitId,
    properties: {},
    ...scope,
  }
}
