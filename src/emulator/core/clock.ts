import { ApiError } from './errors.js'
import { type Task, TaskQueue } from './taskQueue.js'
import { breathe, later } from './timers.js'

const MAX_TIMEOUT = 2 ** 31 - 1
/** So many tasks of a long way run before other work gets its turn. */
const TASKS_IN_A_ROW = 100

/**
 * The emulator's time: wall time plus an offset. It can be moved forward, and every task that falls due on
 * the way runs in order of its due time with the clock standing there. Tasks are synchronous; what they start
 * in the background (webhook deliveries) is registered with `track`, and the clock does not move on before it
 * is done.
 */
export class Clock {
  #offset = 0
  #standing: number | null = null
  #frozen = false
  #latest = 0
  #closed = false
  #tasks = new TaskQueue()
  #background = new Set<Promise<unknown>>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #armedFor = Infinity
  #moves: Promise<unknown> = Promise.resolve()
  /** A move waits for what it has started. */
  #isWaiting = false
  readonly #onError: (error: unknown) => void
  readonly #onWork: () => void

  /** `onWork` is told whenever a task, or what it started in the background, has run. */
  constructor(
    start: number,
    frozen: boolean,
    onError: (error: unknown) => void,
    onWork: () => void = () => undefined,
  ) {
    this.#offset = start - Date.now()
    this.#frozen = frozen
    this.#standing = frozen ? start : null
    this.#onError = onError
    this.#onWork = onWork
  }

  get frozen(): boolean {
    return this.#frozen
  }

  /** Never runs backwards, even when a task is run late. */
  now(): number {
    const time = this.#standing ?? Date.now() + this.#offset
    this.#latest = Math.max(this.#latest, time)
    return this.#latest
  }

  /** Plans work. A task with the same key is replaced. */
  schedule(key: string, due: number, run: () => void): void {
    if (!Number.isFinite(due)) throw new Error(`Emulator: the task "${key}" is due at no time`)
    if (this.#closed) return
    this.#tasks.put({ key, due, run })
    if (due < this.#armedFor) this.#arm()
  }

  cancel(key: string): void {
    this.#tasks.remove(key)
  }

  isPlanned(key: string): boolean {
    return this.#tasks.get(key) !== undefined
  }

  /** What is planned, soonest first. */
  upcoming(): { key: string; due: number }[] {
    return this.#tasks.all().map(({ key, due }) => ({ key, due }))
  }

  /** Registers work in the background that `advance` and `settle` wait for. */
  track(work: Promise<unknown>): void {
    this.#background.add(work)
    void this.#forget(work)
  }

  freeze(): void {
    if (this.#frozen) return
    this.#standing = this.now()
    this.#frozen = true
  }

  unfreeze(): void {
    if (!this.#frozen) return
    this.#frozen = false
    this.#releaseAt(this.now())
  }

  /** Moves the clock to the target, told when it is its turn, and runs everything that falls due up to it. */
  advance(target: (now: number) => number): Promise<void> {
    return this.#move((now) => {
      const end = target(now)
      return { limit: () => end, end: () => end }
    })
  }

  /** Runs what is due within `window` of the clock, and what that brings about, until nothing is left. */
  settle(window: number): Promise<void> {
    return this.#move(() => ({ limit: () => this.now() + window, end: () => this.now() }))
  }

  /** Nothing runs any more. */
  close(): void {
    this.#closed = true
    this.#tasks.clear()
    clearTimeout(this.#timer)
  }

  /**
   * Runs tasks up to `limit`, each with the clock standing at its due time, then lets time go on from `end`.
   */
  async #move(plan: (now: number) => { limit: () => number; end: () => number }): Promise<void> {
    // Whoever asks may be the very receiver that this waits for.
    if (this.#isWaiting) {
      throw new ApiError(409, 'ClockBusy', 'The clock waits for webhook receivers to answer; move it later.')
    }
    await this.#exclusively(async () => {
      const { limit, end } = plan(this.now())
      this.#standing = this.now()
      try {
        await this.#runUntil(limit)
      } finally {
        this.#releaseAt(Math.max(end(), this.now()))
      }
    })
  }

  async #runUntil(limit: () => number): Promise<void> {
    for (let count = 1; ; count += 1) {
      await this.#idle()
      const task = this.#tasks.peek()
      if (task === undefined || task.due > limit()) return
      this.#standing = Math.max(this.#standing ?? 0, task.due)
      this.#run(task)
      if (count % TASKS_IN_A_ROW === 0) await breathe()
    }
  }

  #run(task: Task): void {
    this.#tasks.remove(task.key)
    this.#onWork()
    task.run()
  }

  async #forget(work: Promise<unknown>): Promise<void> {
    await Promise.allSettled([work])
    this.#background.delete(work)
    this.#onWork()
  }

  async #idle(): Promise<void> {
    this.#isWaiting = true
    while (this.#background.size > 0) await Promise.allSettled(this.#background)
    this.#isWaiting = false
  }

  #releaseAt(time: number): void {
    this.#latest = Math.max(this.#latest, time)
    this.#offset = time - Date.now()
    this.#standing = this.#frozen ? time : null
    this.#arm()
  }

  /** One move at a time. */
  async #exclusively(work: () => Promise<void> | void): Promise<void> {
    const earlier = this.#moves
    const move = (async () => {
      await Promise.allSettled([earlier])
      await work()
    })()
    this.#moves = move
    await move
  }

  #arm(): void {
    clearTimeout(this.#timer)
    const task = this.#tasks.peek()
    this.#armedFor = task?.due ?? Infinity
    if (task === undefined || this.#closed) return
    const wait = Math.min(Math.max(0, task.due - this.now()), MAX_TIMEOUT)
    if (this.#frozen && wait > 0) return
    this.#timer = later(wait, () => void this.#exclusively(() => this.#tick()))
  }

  /** Real time passed: run what is due now, without waiting for what it starts. */
  #tick(): void {
    const until = this.now()
    for (let task = this.#tasks.peek(); task !== undefined && task.due <= until; task = this.#tasks.peek()) {
      try {
        this.#run(task)
      } catch (error) {
        this.#onError(error)
      }
    }
    this.#arm()
  }
}
