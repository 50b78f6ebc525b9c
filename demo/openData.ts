import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/** What the demo keeps over restarts. */
export interface DemoData {
  /** Where it lies, for people. */
  readonly folder: string
  /** The embedded emulator's state. */
  readonly polarFile: string
  /** The billing server's database: to be handed to `createBilling` at once, which refuses a folder that another demo has. */
  openDatabase: () => PGlite
  /** Once nobody uses it. */
  removeDatabase: () => void
}

/** Each Polar has a folder of its own: what was bought on the emulator is not bought on the real one. */
export function openData(folder: string, peer: string): DemoData {
  const own = join(folder, peer)
  const database = join(own, 'database')
  mkdirSync(own, { recursive: true })
  return {
    folder: own,
    polarFile: join(own, 'polar.json'),
    openDatabase: () => new PGlite(database),
    removeDatabase: () => rmSync(database, { recursive: true, force: true }),
  }
}
