import { createAlarm } from '../jobs/alarm.js'

/** Milliseconds: what is used meanwhile, by anybody, is told at once after it. */
const INTERVAL = 500

/** Tells of usage: the first at once, and then all organizations of a moment with one statement, however many events there are. */
export interface UsageNews {
  add(organizationId: string): void
  /** Tells what waits. */
  close(): Promise<void>
}

/** `publish` handles its own failures. */
export function createUsageNews(publish: (organizationIds: readonly string[]) => Promise<void>): UsageNews {
  const waiting = new Set<string>()
  const alarm = createAlarm(() => void tell())
  let telling: Promise<void> | undefined
  let toldAt = Number.NEGATIVE_INFINITY
  let closed = false

  async function tell(): Promise<void> {
    // A slow database is asked one thing at a time.
    if (telling !== undefined) return
    const organizationIds = [...waiting]
    waiting.clear()
    toldAt = performance.now()
    telling = publish(organizationIds).finally(() => {
      telling = undefined
      if (waiting.size > 0 && !closed) alarm.setUnlessSet(INTERVAL)
    })
    await telling
  }

  function add(organizationId: string): void {
    if (closed) return
    waiting.add(organizationId)
    alarm.setUnlessSet(Math.max(0, toldAt + INTERVAL - performance.now()))
  }

  return {
    add,
    close: async () => {
      closed = true
      alarm.clear()
      await telling
      if (waiting.size > 0) await tell()
    },
  }
}
