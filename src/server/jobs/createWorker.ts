import { createAlarm } from './alarm.js'

/** Runs one kind of work, one run at a time. Which process runs it, and when, is decided here and nowhere else. */
export interface Worker {
  /** There is something to do: a run starts in so many milliseconds, unless one is due sooner or a pause holds. */
  wake(delay: number): void
  /** No run of its own accord for so many milliseconds. */
  pause(delay: number): void
  /** Runs this work as soon as no other runs, pause or not. */
  now(work: () => Promise<void>): Promise<void>
  /** No run of its own accord any more. */
  stop(): void
}

interface WorkerOptions {
  /** Does all there is. Its failure is its own to handle: by a pause. */
  work: () => Promise<void>
  /** Milliseconds after which it looks for what others have left. Without it, only what wakes it starts a run. */
  net?: number | undefined
}

export function createWorker({ work, net }: WorkerOptions): Worker {
  const alarm = createAlarm(() => void ring())
  const netAlarm = createAlarm(() => void ring())
  let running: Promise<void> | undefined
  let paused = false
  let stopped = false

  async function now(task: () => Promise<void>): Promise<void> {
    if (running !== undefined) {
      await running.catch(() => undefined)
      return now(task)
    }
    running = run(task).finally(() => {
      running = undefined
    })
    return running
  }

  async function run(task: () => Promise<void>): Promise<void> {
    alarm.clear()
    netAlarm.clear()
    paused = false
    await task()
    if (net !== undefined && !paused && !stopped) netAlarm.set(net)
  }

  // What came while a run was ending may have been missed by it; but if it failed, its pause holds.
  async function ring(): Promise<void> {
    try {
      await running
      if (!stopped) await now(work)
    } catch {
      // `work` has said when to try again.
    }
  }

  return {
    wake: (delay) => {
      if (!stopped) alarm.setUnlessSet(delay)
    },
    pause: (delay) => {
      paused = true
      if (!stopped) alarm.set(delay)
    },
    now,
    stop: () => {
      stopped = true
      alarm.clear()
      netAlarm.clear()
    },
  }
}
