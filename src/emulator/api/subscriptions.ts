import type { models } from '@polar-sh/sdk/2026-10'
import type { Context } from 'hono'
import * as z from 'zod/mini'
import { totalAmount } from '../billing/amounts.js'
import { revokeSubscription } from '../billing/cancellation.js'
import { customerByExternalId, customerById } from '../billing/customers.js'
import { createSubscription, startBenefits } from '../billing/subscriptions.js'
import { required } from '../core/database.js'
import { invalid } from '../core/errors.js'
import type { CustomerRow, SubscriptionRow } from '../core/rows.js'
import type { World } from '../core/world.js'
import { toSubscription } from '../serialize/subscription.js'
import { type Mount, found, pathId } from './http.js'
import { hasMetadata, listed, oneOf } from './lists.js'
import { Query } from './query.js'
import { id, metadata, text } from './schemas.js'
import { assertRevocable } from './subscriptionRules.js'
import { updateSubscription } from './subscriptionUpdate.js'
import { readBody, readJson } from './validation.js'

const create = z.object({
  product_id: id,
  metadata: z.optional(metadata),
  customer_id: z.optional(id),
  external_customer_id: z.optional(text()),
})

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
  if (totalAmount(product.prices, { seats: null, customAmount: null }) > 0) {
    throw invalid(
      'product_id',
      'Product is not free. The customer should go through a checkout.',
      body.product_id,
    )
  }
  const row = createSubscription(world, {
    customer: existingCustomer(world, body),
    product,
    prices: product.prices,
    currency: product.prices[0]?.price_currency ?? 'usd',
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
  const { db } = world
  const customer = (row: SubscriptionRow) => required(db.customers, row.customer_id)
  const sorting = {
    started_at: (row: SubscriptionRow) => moment(row.started_at),
    current_period_end: (row: SubscriptionRow) => moment(row.current_period_end),
    ends_at: (row: SubscriptionRow) => moment(row.ends_at),
    ended_at: (row: SubscriptionRow) => moment(row.ended_at),
    status: (row: SubscriptionRow) => row.status,
    amount: (row: SubscriptionRow) => row.amount,
    customer: (row: SubscriptionRow) => customer(row).email,
    product: (row: SubscriptionRow) => required(db.products, row.product_id).name,
  }
  const rows = candidates(world, query).filter((row) => isListed(query, row, customer(row)))
  return listed(query, rows, sorting, '-started_at', (row) => toSubscription(row, db))
}

/** Asking for one customer is by far the most common, and must not read everybody's. */
function candidates(world: World, query: Query): readonly SubscriptionRow[] {
  const { customers, externalIds, subscriptions } = world.db
  const external = query.all('external_customer_id')?.map((value) => externalIds.get(value) ?? '')
  const wanted = query.all('customer_id') ?? external
  if (wanted === undefined) return Array.from(subscriptions.values())
  return wanted
    .filter((customerId) => customers.has(customerId))
    .flatMap((customerId) => subscriptions.of(customerId))
}

function isListed(query: Query, row: SubscriptionRow, customer: CustomerRow): boolean {
  const active = query.flag('active')
  const canceling = query.flag('cancel_at_period_end')
  return (
    oneOf(query.all('external_customer_id'), customer.external_id) &&
    oneOf(query.all('product_id'), row.product_id) &&
    oneOf(query.all('status'), row.status) &&
    oneOf(query.all('customer_cancellation_reason'), row.customer_cancellation_reason) &&
    (active === undefined || statusesOf(active).includes(row.status)) &&
    (canceling === undefined || row.cancel_at_period_end === canceling) &&
    isBetween(row.canceled_at, query.moment('canceled_at_after'), query.moment('canceled_at_before')) &&
    isBetween(row.started_at, query.moment('started_after'), query.moment('started_before')) &&
    hasMetadata(query, row.metadata)
  )
}

/** `active=false` is not the opposite of `active=true`: past due and paused are in neither. */
function statusesOf(active: boolean): models.SubscriptionStatus[] {
  return active ? ['active', 'trialing'] : ['canceled', 'unpaid']
}

function isBetween(value: string | null, after: number | undefined, before: number | undefined): boolean {
  const time = moment(value)
  if (after !== undefined && (time === null || time <= after)) return false
  return before === undefined || (time !== null && time < before)
}

function moment(value: string | null): number | null {
  return value === null ? null : Date.parse(value)
}
