import { fillStateCache } from '../billing/stateChanged.js'
import type { Database } from '../core/database.js'
import type { World } from '../core/world.js'
import { type EmulatorState, TABLES } from './emulatorState.js'
import { restoreTasks } from './restoreTasks.js'

/** Where the clock goes on. While nothing ran, time has passed, unless the clock stood. */
export function restoredTime({ clock, savedAt }: EmulatorState): number {
  return clock.frozen ? clock.now : clock.now + Math.max(0, Date.now() - savedAt)
}

/** Gives a world that has only its catalog everything that was there before. */
export function restoreState(world: World, state: EmulatorState): void {
  const { db } = world
  const isSameCatalog = JSON.stringify(world.options.catalog) === JSON.stringify(state.catalog)
  if (isSameCatalog) Object.assign(world.organization, state.organization)
  restoreTables(db, state, isSameCatalog)
  for (const row of db.checkouts.values()) db.checkoutsBySecret.set(row.client_secret, row)
  for (const event of state.events) db.events.append(event)
  if (world.settings.stateDelay > 0) fillStateCache(world)
  restoreTasks(world, state.clock.planned)
}

/** Where the catalog is another one than before, its entries win; those that have left it stay, for somebody may have bought them. */
function restoreTables(db: Database, { tables }: EmulatorState, isSameCatalog: boolean): void {
  for (const name of TABLES) {
    // Each table goes into the one that it came from.
    const table = db[name] as Map<string, unknown>
    for (const [key, row] of tables[name]) {
      if (isSameCatalog || !table.has(key)) table.set(key, row)
    }
  }
}
