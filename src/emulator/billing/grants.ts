import type { models } from '@polar-sh/sdk/2026-10'
import { assign, required } from '../core/database.js'
import { newId } from '../core/ids.js'
import type {
  CustomerRow,
  GrantProperties,
  GrantRow,
  OrderRow,
  Price,
  SubscriptionRow,
} from '../core/rows.js'
import { type World, timestamp, touch } from '../core/world.js'
import { recordSystemEvent } from '../metering/systemEvents.js'
import { toGrantWebhook } from '../serialize/grant.js'
import { emit } from '../webhooks/emit.js'
import { seatPriceIn } from './amounts.js'
import { applyCredit, cycleCredit, takeCreditBack } from './credits.js'
import { holdersOf, type SeatScope } from './seatScope.js'
import { stateChanged } from './stateChanged.js'
import { isActive } from './statuses.js'

/**
 * Brings the grants of a subscription in line with its product and status: what no longer belongs is revoked
 * before what is new is granted. A grant that comes back keeps its id.
 */
export function syncGrants(world: World, subscription: SubscriptionRow): void {
  const { customer_id: customerId, prices, product_id: productId } = subscription
  const place = { customerId, scope: { subscription_id: subscription.id, order_id: null } }
  const { benefitIds } = required(world.db.products, productId)
  sync(world, place, isActive(subscription.status) ? wantedIn(world, place.scope, prices, benefitIds) : [])
}

/** The same for a product that was bought once. */
export function syncOrderGrants(world: World, order: OrderRow): void {
  const place = { customerId: order.customer_id, scope: { subscription_id: null, order_id: order.id } }
  const { prices, benefitIds } = required(world.db.products, order.product_id ?? '')
  sync(world, place, wantedIn(world, place.scope, prices, benefitIds))
}

/** Whose grants they are, and what they hang on. */
interface Place {
  customerId: string
  scope: SeatScope
}

interface Wanted {
  benefitId: string
  /** Who holds the seat; `null`: the customer itself. */
  memberId: string | null
}

/** The benefits of a seat product are granted to whoever has claimed a seat. */
function wantedIn(
  { db }: World,
  scope: SeatScope,
  prices: readonly Price[],
  benefitIds: readonly string[],
): Wanted[] {
  const holders = seatPriceIn(prices) === undefined ? [null] : holdersOf(db, scope)
  return holders.flatMap((memberId) => benefitIds.map((benefitId) => ({ benefitId, memberId })))
}

function sync(world: World, place: Place, wanted: readonly Wanted[]): void {
  const granted = grantsOf(world, place).filter((grant) => grant.is_granted)
  for (const grant of granted) {
    if (!wanted.some((one) => isFor(grant, one))) revoke(world, grant)
  }
  for (const one of wanted) {
    if (!granted.some((grant) => isFor(grant, one))) grantBenefit(world, place, one)
  }
}

function isFor(grant: GrantRow, { benefitId, memberId }: Wanted): boolean {
  return grant.benefit_id === benefitId && grant.member_id === memberId
}

/** A new period is paid: the grants of these benefits go on, and credits are given anew. */
export function cycleGrants(
  world: World,
  subscription: SubscriptionRow,
  benefitIds: readonly string[],
): void {
  const scope = { subscription_id: subscription.id, order_id: null }
  for (const grant of grantsOf(world, { customerId: subscription.customer_id, scope })) {
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

function grantBenefit(world: World, place: Place, wanted: Wanted): void {
  const known = grantsOf(world, place).find((grant) => isFor(grant, wanted))
  const grant = known ?? newGrant(world, place, wanted)
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

function grantsOf(world: World, { customerId, scope }: Place): GrantRow[] {
  return world.db.grants
    .of(customerId)
    .filter((grant) => grant.subscription_id === scope.subscription_id && grant.order_id === scope.order_id)
}

function newGrant(world: World, { customerId, scope }: Place, { benefitId, memberId }: Wanted): GrantRow {
  return {
    created_at: timestamp(world),
    modified_at: null,
    id: newId(),
    granted_at: null,
    is_granted: false,
    revoked_at: null,
    is_revoked: false,
    customer_id: customerId,
    member_id: memberId,
    benefit_id: benefitId,
    properties: {},
    ...scope,
  }
}
