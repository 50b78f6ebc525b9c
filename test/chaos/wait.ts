import { setTimeout as delay } from 'node:timers/promises'

/** Resolves with whether the condition came true in so many seconds. */
export async function comesTrue(
  condition: () => Promise<boolean> | boolean,
  seconds: number,
): Promise<boolean> {
  const end = performance.now() + seconds * 1_000
  for (;;) {
    const began = performance.now()
    if (await condition()) return true
    const now = performance.now()
    if (now > end) return false
    // The emulator lives in this process: looking must leave it most of the time.
    await delay(Math.max(500, 10 * (now - began)))
  }
}

/** Work that goes on until it is told to stop. */
export interface Activity {
  /** Resolves when what was under way is done. */
  stop(): Promise<void>
}

/** Runs one step after the other, each after a pause in milliseconds. */
export function repeat(pause: () => number, step: () => Promise<void> | void): Activity {
  const stopping = new AbortController()
  const { signal } = stopping

  async function run(): Promise<void> {
    for (;;) {
      await delay(pause(), undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      await step()
    }
  }

  const done = run()
  return {
    stop: async () => {
      stopping.abort()
      await done
    },
  }
}

/** Starts so many calls a second, however long each of them takes. */
export function atRate(perSecond: number, call: () => Promise<void>): Activity {
  const underWay = new Set<Promise<void>>()
  const began = performance.now()
  let started = 0

  function launchDue(): void {
    const due = Math.floor(((performance.now() - began) * perSecond) / 1_000)
    for (; started < due; started += 1) {
      const running = call().finally(() => underWay.delete(running))
      underWay.add(running)
    }
  }

  const timer = setInterval(launchDue, 10)
  return {
    stop: async () => {
      launchDue()
      clearInterval(timer)
      await Promise.all(underWay)
    },
  }
}
