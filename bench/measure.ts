/** Calls `run` so often, by so many callers at the same time. Gives seconds for all, and milliseconds for each call. */
export async function measure(
  { calls, callers }: { calls: number; callers: number },
  run: (index: number) => Promise<void>,
): Promise<{ seconds: number; latencies: number[] }> {
  const latencies: number[] = []
  let next = 0
  const call = async (): Promise<void> => {
    for (let index = (next += 1); index <= calls; index = next += 1) {
      const began = performance.now()
      await run(index - 1)
      latencies.push(performance.now() - began)
    }
  }
  const seconds = await secondsOf(() => Promise.all(Array.from({ length: callers }, call)))
  return { seconds, latencies }
}

export async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await run()
  return (performance.now() - start) / 1_000
}

export function perSecond(count: number, seconds: number): string {
  return Math.round(count / seconds).toLocaleString('en')
}

/** `p50 1.2 ms, p99 8.0 ms` */
export function spread(latencies: readonly number[]): string {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (part: number): string => (sorted[Math.floor(sorted.length * part)] ?? 0).toFixed(1)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}
