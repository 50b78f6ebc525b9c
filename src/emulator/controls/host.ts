import type { World } from '../core/world.js'

/** Whoever owns the world: a reset puts another one in its place. */
export interface Host {
  world: World
  restart: () => void
}
