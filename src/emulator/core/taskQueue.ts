/** Work that falls due at a moment of the emulator's clock. */
export interface Task {
  key: string
  due: number
  order: number
  run: () => void
}

/** Tasks by key and by due time: a heap, in which replaced and cancelled tasks stay until they come up. */
export class TaskQueue {
  #heap: Task[] = []
  #byKey = new Map<string, Task>()

  get(key: string): Task | undefined {
    return this.#byKey.get(key)
  }

  /** Adds a task in place of the one with the same key. */
  put(task: Task): void {
    this.#byKey.set(task.key, task)
    this.#heap.push(task)
    this.#rise(this.#heap.length - 1)
  }

  remove(key: string): void {
    this.#byKey.delete(key)
  }

  peek(): Task | undefined {
    for (;;) {
      const [task] = this.#heap
      if (task === undefined || this.#byKey.get(task.key) === task) return task
      this.#dropFirst()
    }
  }

  /** Soonest first. */
  all(): Task[] {
    return Array.from(this.#byKey.values()).sort((a, b) => (isBefore(a, b) ? -1 : 1))
  }

  clear(): void {
    this.#heap = []
    this.#byKey.clear()
  }

  #dropFirst(): void {
    const last = this.#heap.pop()
    if (last === undefined || this.#heap.length === 0) return
    this.#heap[0] = last
    this.#sink(0)
  }

  #rise(start: number): void {
    let index = start
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (!this.#isBefore(index, parent)) return
      this.#swap(index, parent)
      index = parent
    }
  }

  #sink(start: number): void {
    let index = start
    for (;;) {
      const left = 2 * index + 1
      const right = left + 1
      const smaller = this.#isBefore(right, left) ? right : left
      if (!this.#isBefore(smaller, index)) return
      this.#swap(smaller, index)
      index = smaller
    }
  }

  #isBefore(a: number, b: number): boolean {
    const first = this.#heap[a]
    const second = this.#heap[b]
    return first !== undefined && (second === undefined || isBefore(first, second))
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a]
    const second = this.#heap[b]
    if (first === undefined || second === undefined) return
    this.#heap[a] = second
    this.#heap[b] = first
  }
}

/** Tasks of one moment run in the order in which they were planned. */
function isBefore(a: Task, b: Task): boolean {
  return a.due === b.due ? a.order < b.order : a.due < b.due
}
