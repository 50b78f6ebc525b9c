import type { SubscriptionRow } from '../core/rows.js'
import { type World, touch } from '../core/world.js'
import { toSubscription } from '../serialize/subscription.js'
import { emit } from '../webhooks/emit.js'
import { stateChanged } from './stateChanged.js'

type Change =
  | 'created'
  | 'active'
  | 'updated'
  | 'canceled'
  | 'uncanceled'
  | 'cycled'
  | 'revoked'
  | 'past_due'
  | 'paused'
  | 'resumed'

/** Sends the events of one change in their order, all with the subscription as it is now. */
export function announceSubscription(
  world: World,
  subscription: SubscriptionRow,
  ...changes: Change[]
): void {
  if (!changes.includes('created')) touch(world, subscription)
  for (const change of changes) {
    emit(world, `subscription.${change}`, toSubscription(subscription, world.db))
  }
  stateChanged(world, subscription.customer_id)
}
