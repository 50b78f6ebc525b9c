/** One timer that can be put off. */
export interface Alarm {
  /** In so many milliseconds, whatever was set before. */
  set(delay: number): void
  setUnlessSet(delay: number): void
  clear(): void
}

export function createAlarm(ring: () => void): Alarm {
  let timer: ReturnType<typeof setTimeout> | undefined

  function clear(): void {
    clearTimeout(timer)
    timer = undefined
  }

  function set(delay: number): void {
    clear()
    timer = setTimeout(() => {
      timer = undefined
      ring()
    }, delay)
    unref(timer)
  }

  return {
    set,
    setUnlessSet: (delay) => {
      if (timer === undefined) set(delay)
    },
    clear,
  }
}

// A timer must not keep a script alive that has nothing else to do; edge runtimes have no `unref`.
export function unref<Timer>(timer: Timer): Timer {
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') {
    timer.unref()
  }
  return timer
}
