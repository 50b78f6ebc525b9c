import type { Changed } from '../contract/changes.js'
import type { Operation } from '../contract/operations.js'
import { pause } from './pause.js'

/** Makes the organization's queries of an operation old, or of all operations. Resolves when those in use have been asked again. */
export type Invalidate = (operation: readonly Operation[], cancelRefetch: boolean) => Promise<void>

/** Milliseconds between two refreshes of the same kind. Usage may change all the time, and the server has to ask for its sum. */
const SPACE: Record<Changed, number> = { status: 1_000, usage: 5_000 }

/** What has to be asked again. Usage costs something, which the status says too. */
const OPERATIONS: Record<Changed, Parameters<Invalidate>[0][]> = {
  status: [[]],
  usage: [['getUsage'], ['getUsageHistory'], ['getStatus']],
}

/**
 * Asks again, one time after the other: what changes while the answers are on their way is asked about when they are there, so that a
 * busy organization neither floods the server nor keeps anybody from getting an answer.
 */
export function createRefresh(
  invalidate: Invalidate,
  signal: AbortSignal,
): (changed: Changed, cancelRefetch?: boolean) => void {
  const running = new Set<Changed>()
  const waiting = new Set<Changed>()

  async function run(changed: Changed, cancelRefetch: boolean): Promise<void> {
    running.add(changed)
    const queries = OPERATIONS[changed].map((operation) => invalidate(operation, cancelRefetch))
    await Promise.allSettled([...queries, pause(SPACE[changed], signal)])
    running.delete(changed)
    if (waiting.delete(changed)) refresh(changed)
  }

  // An answer that was on its way may be from before the change.
  function refresh(changed: Changed, cancelRefetch = true): void {
    if (signal.aborted) return
    if (running.has(changed)) waiting.add(changed)
    else void run(changed, cancelRefetch)
  }

  return refresh
}
