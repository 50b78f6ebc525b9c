import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** An empty database, to be copied: making one takes seconds, and every demo needs its own. */
    emptyDatabase: string
  }
}

/** Runs once before the tests of this folder. */
export async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), 'empty-database-'))
  const pglite = await PGlite.create(folder)
  await pglite.close()
  project.provide('emptyDatabase', folder)
  return () => rmSync(folder, { recursive: true })
}
