/**
 * Stores the items of many calls with few statements: those that come while one is under way share the next. A call resolves when its
 * own items are stored, and its items are never split.
 */
export function gatherCalls<T>(
  store: (items: readonly T[]) => Promise<void>,
): (items: readonly T[]) => Promise<void> {
  let waiting: T[] = []
  let current: Promise<void> = Promise.resolve()
  let next: Promise<void> | undefined

  async function storeWaiting(): Promise<void> {
    await current.catch(() => undefined)
    await turn()
    const items = waiting
    waiting = []
    next = undefined
    current = store(items)
    return current
  }

  return (items) => {
    waiting = waiting.concat(items)
    next ??= storeWaiting()
    return next
  }
}

// Calls that are ready and have not had their turn may join: a database in this process runs each statement at once. Edge runtimes
// have no `setImmediate`.
function turn(): Promise<void> {
  const schedule: (run: () => void) => void = 'setImmediate' in globalThis ? setImmediate : setTimeout
  return new Promise((resolve) => schedule(resolve))
}
