import type { OnEvent } from '../events.js'
import type { UsageEvent } from './usageEvent.js'

/**
 * Wraps a function so that each call that succeeds is recorded. `usedBy` says what a call used, by its result and arguments; nothing
 * where there is nothing to record.
 */
export type Metered = <Args extends unknown[], Result>(
  run: (...args: Args) => Result | Promise<Result>,
  usedBy: (result: NoInfer<Result>, ...args: NoInfer<Args>) => UsageEvent | null | undefined,
) => (...args: Args) => Promise<Result>

interface MeteredOptions {
  track: (event: UsageEvent) => Promise<void>
  onEvent: OnEvent
}

/**
 * The work is done when its usage turns out not to be recordable: failing then would neither undo nor record it, and whoever tries
 * again works twice. So the result is given in any case, and the log gets the event as it was, to be recorded from there.
 */
export function createMetered({ track, onEvent }: MeteredOptions): Metered {
  async function record(used: () => UsageEvent | null | undefined): Promise<void> {
    let event: UsageEvent | null | undefined = null
    try {
      event = used()
      if (event !== null && event !== undefined) await track(event)
    } catch (error) {
      onEvent({ type: 'usage_lost', event: event ?? null, message: String(error) })
    }
  }

  return (run, usedBy) =>
    async (...args) => {
      const result = await run(...args)
      await record(() => usedBy(result, ...args))
      return result
    }
}
