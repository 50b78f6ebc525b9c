/** Waits for so many milliseconds, but no longer than until the signal, or one of the window's events. */
export function pause(delay: number, signal: AbortSignal, event?: string): Promise<void> {
  return new Promise((resolve) => {
    const ended = new AbortController()
    const end = (): void => {
      clearTimeout(timer)
      ended.abort()
      resolve()
    }
    const timer = setTimeout(end, delay)
    signal.addEventListener('abort', end, ended)
    if (event !== undefined) addEventListener(event, end, ended)
    if (signal.aborted) end()
  })
}
