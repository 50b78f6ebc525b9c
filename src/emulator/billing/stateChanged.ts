import { type World, debounce } from '../core/world.js'
import { emit } from '../webhooks/emit.js'
import { customerState } from './customerState.js'

/** Something in the state of a customer changed: `customer.state_changed` follows once it is quiet. */
export function stateChanged(world: World, customerId: string): void {
  const delay = world.settings.stateChangedDelay
  lagCache(world, customerId)
  debounce(world, `customer.state_changed ${customerId}`, { delay, maximum: 5 * delay }, () =>
    sendState(world, customerId),
  )
}

/** Creating, changing and deleting a customer is announced at once. */
export function stateChangedAtOnce(world: World, customerId: string): void {
  lagCache(world, customerId)
  sendState(world, customerId)
}

/** The state as the API serves it: from a cache that follows after `stateDelay`. */
export function cachedState(world: World, customerId: string): unknown {
  const cached = world.settings.stateDelay === 0 ? undefined : world.stateCache.get(customerId)
  return cached === undefined ? customerState(world, customerId) : JSON.parse(cached)
}

/** Fills the cache with the present, from which it lags behind later. */
export function fillStateCache(world: World): void {
  for (const id of world.db.customers.keys()) remember(world, id)
}

function sendState(world: World, customerId: string): void {
  emit(world, 'customer.state_changed', customerState(world, customerId))
}

function lagCache(world: World, customerId: string): void {
  const { stateDelay } = world.settings
  if (stateDelay === 0) return
  // Only a customer who has just been created is not in the cache.
  if (!world.stateCache.has(customerId)) remember(world, customerId)
  const key = `state cache ${customerId}`
  if (world.clock.isPlanned(key)) return
  world.clock.schedule(key, world.clock.now() + stateDelay, () => remember(world, customerId))
}

function remember(world: World, customerId: string): void {
  world.stateCache.set(customerId, JSON.stringify(customerState(world, customerId)))
}
