/** Work that falls due at a moment of the emulator's clock. */
export interface Task {
  key: string
  due: number
  run: () => void
}

/** Tasks by key, soonest first; those of one moment in the order in which they were planned. */
export class TaskQueue {
  #tasks: Task[] = []
  #byKey = new Map<string, Task>()

  get(key: string): Task | undefined {
    return this.#byKey.get(key)
  }

  /** Adds a task in place of the one with the same key. */
  put(task: Task): void {
    this.remove(task.key)
    this.#byKey.set(task.key, task)
    this.#tasks.splice(this.#after(task.due), 0, task)
  }

  remove(key: string): void {
    const task = this.#byKey.get(key)
    if (task === undefined) return
    this.#byKey.delete(key)
    this.#tasks.splice(this.#tasks.lastIndexOf(task, this.#after(task.due)), 1)
  }

  peek(): Task | undefined {
    return this.#tasks[0]
  }

  all(): readonly Task[] {
    return this.#tasks
  }

  clear(): void {
    this.#tasks = []
    this.#byKey.clear()
  }

  /** Where the tasks begin that are due later. */
  #after(due: number): number {
    let low = 0
    let high = this.#tasks.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#tasks[middle]?.due ?? Infinity) <= due) low = middle + 1
      else high = middle
    }
    return low
  }
}
