import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { totalAmount } from '../billing/amounts.js'
import { revokeSubscription } from '../billing/cancellation.js'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { pricesIn } from '../billing/proration.js'
import { STATUSES } from '../billing/statuses.js'
import { createSubscription, startBenefits } from '../billing/subscriptions.js'
import { required } from '../core/database.js'
import { invalid } from '../core/errors.js'
import type { CustomerRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toSubscription } from '../serialize/subscription.js'
import { readBody, readJson } from './body.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import { Query } from './query.js'
import { id, metadata, text } from './schemas.js'
import { assertRevocable } from './subscriptionRules.js'
import { CANCELLATION_REASONS, updateSubscription } from './subscriptionUpdate.js'

const create = z.object({
  product_id: id,
  metadata: z.optional(metadata),
  customer_id: z.optional(id),
  external_customer_id: z.optional(text()),
})

const order = {
  name: '-started_at',
  by: (row: SubscriptionRow) => Date.parse(row.started_at ?? row.created_at),
}

export const mountSubscriptions: Mount = (api, world) => {
  const byId = (c: Context) => found(world.db.subscriptions.get(pathId(c)))
  const toModel = (row: SubscriptionRow) => toSubscription(row, world.db)

  api.get('/subscriptions/', (c) => c.json(listSubscriptions(world, c)))
  api.post('/subscriptions/', async (c) => {
    const row = subscribeForFree(world, await readBody(c, create))
    return c.json(toModel(row), 201)
  })
  api.get('/subscriptions/:id', (c) => c.json(toModel(byId(c))))
  api.patch('/subscriptions/:id', async (c) => {
    const row = byId(c)
    updateSubscription(world, row, await readJson(c))
    return c.json(toModel(row))
  })
  // Revokes at once, unlike the DELETE of the customer portal.
  api.delete('/subscriptions/:id', (c) => {
    const row = byId(c)
    assertRevocable(row)
    revokeSubscription(world, row)
    return c.json(toModel(row))
  })
}

/** Only free products can be subscribed to without a checkout; there is no order for it. */
function subscribeForFree(world: World, body: z.output<typeof create>): SubscriptionRow {
  const product = world.db.products.get(body.product_id.toLowerCase())
  if (product === undefined) throw invalid('product_id', 'Product does not exist.', body.product_id)
  if (!product.is_recurring)
    throw invalid('product_id', 'Product is not a recurring product.', body.product_id)
  const currency = product.prices[0]?.price_currency ?? 'usd'
  const prices = pricesIn(product, currency)
  if (totalAmount(prices, { seats: null, customAmount: null }) > 0) {
    throw invalid(
      'product_id',
      'Product is not free. The customer should go through a checkout.',
      body.product_id,
    )
  }
  const row = createSubscription(world, {
    customer: existingCustomer(world, body),
    product,
    prices,
    currency,
    metadata: body.metadata ?? {},
  })
  startBenefits(world, row)
  return row
}

function existingCustomer(world: World, body: z.output<typeof create>): CustomerRow {
  const { customer_id, external_customer_id } = body
  const customer =
    customer_id === undefined
      ? customerByExternalId(world, external_customer_id ?? '')
      : customerById(world, customer_id)
  if (customer !== undefined) return customer
  const field = customer_id === undefined ? 'external_customer_id' : 'customer_id'
  throw invalid(field, 'Customer does not exist.', customer_id ?? external_customer_id)
}

function listSubscriptions(world: World, c: Context): models.ListResourceSubscription {
  const query = new Query(c)
  const isWanted = subscriptionFilter(world, query)
  const rows = candidates(world, query).filter(isWanted)
  return listed(query, rows, (row) => toSubscription(row, world.db), order)
}

/** Asking for one customer is by far the most common, and must not read everybody's. */
function candidates(world: World, query: Query): readonly SubscriptionRow[] {
  const { externalIds, subscriptions } = world.db
  const external = query.all('external_customer_id')?.map((value) => externalIds.get(value) ?? '')
  const wanted = query.ids('customer_id') ?? external
  return wanted === undefined
    ? Array.from(subscriptions.values())
    : wanted.flatMap((customerId) => subscriptions.of(customerId))
}

function subscriptionFilter({ db }: World, query: Query): (row: SubscriptionRow) => boolean {
  const external = query.all('external_customer_id')
  const products = query.ids('product_id')
  const discounts = query.ids('discount_id')
  const statuses = query.choices('status', STATUSES)
  const reasons = query.choices('customer_cancellation_reason', CANCELLATION_REASONS)
  const active = query.flag('active')
  const canceling = query.flag('cancel_at_period_end')
  const canceled = [query.moment('canceled_at_after'), query.moment('canceled_at_before')] as const
  const started = [query.moment('started_after'), query.moment('started_before')] as const
  return (row) =>
    oneOf(external, required(db.customers, row.customer_id).external_id) &&
    oneOf(products, row.product_id) &&
    oneOf(discounts, row.discount_id) &&
    oneOf(statuses, row.status) &&
    oneOf(reasons, row.customer_cancellation_reason) &&
    (active === undefined || statusesOf(active).includes(row.status)) &&
    (canceling === undefined || row.cancel_at_period_end === canceling) &&
    isBetween(row.canceled_at, ...canceled) &&
    isBetween(row.started_at, ...started) &&
    hasMetadata(query, row.metadata)
}

/** `active=false` is not the opposite of `active=true`: past due and paused are in neither. */
function statusesOf(active: boolean): models.SubscriptionStatus[] {
  return active ? ['active', 'trialing'] : ['canceled', 'unpaid']
}

function isBetween(value: string | null, after: number | undefined, before: number | undefined): boolean {
  const time = value === null ? null : Date.parse(value)
  if (after !== undefined && (time === null || time <= after)) return false
  return before === undefined || (time !== null && time < before)
}
