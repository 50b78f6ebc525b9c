import type { models } from '@polar-sh/sdk/2026-10'
import { seatPriceIn } from '../billing/amounts.js'
import { type Behavior, assertProductPayable, bringsSeats, changeProduct } from '../billing/planChange.js'
import { pricesIn } from '../billing/proration.js'
import { changeTrialProduct, endTrial, setTrialEnd } from '../billing/trials.js'
import { announceSubscription } from '../billing/subscriptionEvents.js'
import { assign } from '../core/database.js'
import { invalid } from '../core/errors.js'
import type { ProductRow, SubscriptionRow } from '../core/rows.js'
import { iso } from '../core/time.js'
import type { World } from '../core/world.js'
import { assertActive, assertChangeable, assertNoReset } from './subscriptionRules.js'

interface BaseUpdate {
  metadata?: SubscriptionRow['metadata'] | undefined
  product_id?: string | null | undefined
  proration_behavior?: models.SubscriptionProrationBehavior | null | undefined
  discount_id?: string | null | undefined
  trial_end?: string | null | undefined
}

/** Product, trial and metadata of a subscription. Nothing changes unless everything can. */
export function updateBase(world: World, row: SubscriptionRow, body: BaseUpdate): void {
  if (typeof body.discount_id === 'string') {
    throw invalid(
      'discount_id',
      'Discount does not exist, is not applicable or is not redeemable.',
      body.discount_id,
    )
  }
  const move = plannedMove(world, row, body)
  const trialEnd = body.trial_end ?? null
  if (trialEnd !== null) assertTrialEnd(world, row, trialEnd)
  if (move !== null) assertProductPayable(world, row, move.product, move.behavior)
  assign(row, { metadata: body.metadata })
  if (move !== null) moveTo(world, row, move, trialEnd !== null)
  if (trialEnd === 'now') endTrial(world, row)
  else if (trialEnd !== null) setTrialEnd(world, row, iso(Date.parse(trialEnd)))
  if (move === null && trialEnd === null) announceSubscription(world, row, 'updated')
}

interface Move {
  product: ProductRow
  behavior: Behavior
}

function plannedMove(world: World, row: SubscriptionRow, body: BaseUpdate): Move | null {
  const id = body.product_id ?? null
  const behavior = body.proration_behavior ?? 'prorate'
  if (id === null) return null
  assertChangeable(row)
  assertNoReset(behavior)
  const product = world.db.products.get(id.toLowerCase())
  assertSuitable(row, product, id)
  if (behavior === 'next_period' && bringsSeats(row, product)) {
    const msg =
      "Switching from a non-seat to a seat-based product must apply immediately and can't use the 'next_period' proration behavior."
    throw invalid('proration_behavior', msg, behavior)
  }
  return { product, behavior }
}

/** In a trial the new product brings its own, unless the end of the trial is given. */
function moveTo(world: World, row: SubscriptionRow, { product, behavior }: Move, hasTrialEnd: boolean): void {
  const isOwnTrial = row.status === 'trialing' && behavior !== 'next_period' && !hasTrialEnd
  if (isOwnTrial) changeTrialProduct(world, row, product)
  else changeProduct(world, row, product, behavior)
}

function assertSuitable(
  row: SubscriptionRow,
  product: ProductRow | undefined,
  id: string,
): asserts product is ProductRow {
  const refuse = (msg: string) => invalid('product_id', msg, id)
  if (product === undefined) throw refuse('Product does not exist.')
  if (product.is_archived) throw refuse('Product is archived.')
  if (!product.is_recurring) throw refuse('Product is not recurring.')
  const prices = pricesIn(product, row.currency)
  if (prices.length === 0) {
    throw refuse("This product doesn't have a price for the subscription currency.")
  }
  if (prices.some((price) => price.amount_type === 'custom')) {
    throw refuse("Can't update to a product with custom prices.")
  }
  if (seatPriceIn(row.prices) !== undefined && seatPriceIn(prices) === undefined) {
    throw refuse("Can't switch from a seat-based to a non-seat-based product.")
  }
}

function assertTrialEnd(world: World, row: SubscriptionRow, trialEnd: string): void {
  assertActive(row)
  const isTrial = row.status === 'trialing'
  if (trialEnd === 'now') {
    if (isTrial) return
    throw invalid('trial_end', 'The subscription is not currently trialing.', trialEnd)
  }
  if (Date.parse(trialEnd) <= world.clock.now()) {
    throw invalid('trial_end', 'Trial end must be in the future.', trialEnd)
  }
  if (!isTrial && Date.parse(trialEnd) <= Date.parse(row.current_period_end)) {
    throw invalid('trial_end', 'Trial end must be after the current period end.', trialEnd)
  }
}
