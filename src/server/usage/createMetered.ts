import type { OnEvent } from '../events.js'
import type { UsageEvent } from './usageEvent.js'

type AnyFunction = (...args: never[]) => unknown
type ResultOf<Run extends AnyFunction> = Awaited<ReturnType<Run>>

/**
 * Wraps a function so that each call that succeeds is recorded. `usedBy` says what a call used, by its result and arguments; nothing
 * where there is nothing to record.
 */
export type Metered = <Run extends AnyFunction>(
  run: Run,
  usedBy: (result: ResultOf<Run>, ...args: Parameters<Run>) => UsageEvent | null | undefined,
) => (...args: Parameters<Run>) => Promise<ResultOf<Run>>

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
    async (...args): Promise<ResultOf<typeof run>> => {
      // Of a function that is not known yet, no list of arguments is known to fit.
      const result = (await run(...(args as never[]))) as ResultOf<typeof run>
      await record(() => usedBy(result, ...args))
      return result
    }
}
