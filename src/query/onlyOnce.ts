const running = new WeakMap<object, Record<string, Promise<unknown>>>()

/** Gives a second click the first one's promise, as long as that runs. `key` names what is done. */
export function onlyOnce<T>(transport: object, key: string, run: () => Promise<T>): Promise<T> {
  const promises = running.get(transport) ?? {}
  running.set(transport, promises)
  return (promises[key] ??= run().finally(() => delete promises[key])) as Promise<T>
}
