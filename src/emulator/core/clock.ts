import { type Task, TaskQueue } from './taskQueue.js'

const MAX_TIMEOUT = 2 ** 31 - 1

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
  #order = 0
  #closed = false
  #tasks = new TaskQueue()
  #background = new Set<Promise<unknown>>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #armedFor = Infinity
  #moves: Promise<unknown> = Promise.resolve()

  constructor(start: number, frozen: boolean) {
    this.#offset = start - Date.now()
    this.#frozen = frozen
    this.#standing = frozen ? start : null
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
    this.#order += 1
    this.#tasks.put({ key, due, order: this.#order, run })
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
    this.#arm()
  }

  /** Moves the clock to `target` and runs everything that falls due up to it. */
  advanceTo(target: number): Promise<void> {
    return this.#move(
      () => target,
      () => target,
    )
  }

  /** Runs what is due within `window` of the clock, and what that brings about, until nothing is left. */
  settle(window: number): Promise<void> {
    return this.#move(
      () => this.now() + window,
      () => this.now(),
    )
  }

  close(): void {
    this.#closed = true
    this.#tasks.clear()
    clearTimeout(this.#timer)
  }

  /**
   * Runs tasks up to `limit`, each with the clock standing at its due time, then lets time go on from `end`.
   */
  #move(limit: () => number, end: () => number): Promise<void> {
    return this.#exclusively(async () => {
      this.#standing = this.now()
      try {
        for (;;) {
          await this.#idle()
          const task = this.#tasks.peek()
          if (task === undefined || task.due > limit()) break
          this.#standing = Math.max(this.#standing, task.due)
          this.#run(task)
        }
      } finally {
        this.#releaseAt(Math.max(end(), this.now()))
      }
    })
  }

  #run(task: Task): void {
    this.#tasks.remove(task.key)
    task.run()
  }

  async #forget(work: Promise<unknown>): Promise<void> {
    await Promise.allSettled([work])
    this.#background.delete(work)
  }

  async #idle(): Promise<void> {
    while (this.#background.size > 0) await Promise.allSettled(this.#background)
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
    this.#timer = setTimeout(() => void this.#tick(), wait)
    unref(this.#timer)
  }

  /** Real time passed: run what is due now, without waiting for what it starts. */
  #tick(): Promise<void> {
    return this.#exclusively(() => {
      const until = this.now()
      const held = this.#standing
      try {
        for (
          let task = this.#tasks.peek();
          task !== undefined && task.due <= until;
          task = this.#tasks.peek()
        ) {
          this.#standing = held ?? task.due
          this.#run(task)
        }
      } finally {
        this.#standing = held
        this.#arm()
      }
    })
  }
}

/** On Node a waiting timer would keep the process alive. */
function unref(timer: unknown): void {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') {
    timer.unref()
  }
}
