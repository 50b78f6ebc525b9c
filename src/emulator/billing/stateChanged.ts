import { type World, debounce } from '../core/world.js'
import { emit } from '../webhooks/emit.js'
import { customerState } from './customerState.js'

/** Something in the state of a customer changed: `customer.state_changed` follows once it is quiet. */
export function stateChanged(world: World, customerId: string): void {
  const delay = world.options.stateChangedDelay
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
  if (world.options.stateDelay === 0) return customerState(world, customerId)
  const cached = world.stateCache.get(customerId)
  if (cached !== undefined) return JSON.parse(cached)
  const state = customerState(world, customerId)
  world.stateCache.set(customerId, JSON.stringify(state))
  return state
}

function sendState(world: World, customerId: string): void {
  emit(world, 'customer.state_changed', customerState(world, customerId))
}

function lagCache(world: World, customerId: string): void {
  const { stateDelay } = world.options
  if (stateDelay === 0) return
  const key = `state cache ${customerId}`
  if (world.clock.isPlanned(key)) return
  world.clock.schedule(key, world.clock.now() + stateDelay, () => {
    world.stateCache.set(customerId, JSON.stringify(customerState(world, customerId)))
  })
}
