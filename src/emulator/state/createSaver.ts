/** Keeps a file up to date. */
export interface Saver {
  /** Something has changed: it is saved in a moment, together with what else changes until then. */
  soon(): void
  /** Resolves when everything up to now is saved; rejects if it could not be. */
  saved(): Promise<void>
  /** Saves, and does nothing more. */
  close(): void
}

/** A long history takes a while to write: the next writing waits as long as the last one took, so that half the time is left for work. */
export function createSaver(save: () => void): Saver {
  let next: Promise<void> | undefined
  let cost = 0
  let closed = false

  function run(): void {
    next = undefined
    const start = performance.now()
    save()
    cost = performance.now() - start
  }

  function saved(): Promise<void> {
    next ??= new Promise((resolve, reject) => {
      // It keeps the process alive until then: somebody waits for it.
      setTimeout(() => {
        try {
          if (!closed) run()
          resolve()
        } catch (error) {
          reject(error)
        }
      }, cost)
    })
    return next
  }

  return {
    soon: () => {
      if (!closed) void saved().catch(complain)
    },
    saved,
    close: () => {
      if (closed) return
      closed = true
      try {
        run()
      } catch (error) {
        complain(error)
      }
    },
  }
}

// Such an error names a file and holds nothing of a request.
function complain(error: unknown): void {
  // oxlint-disable-next-line no-console -- the emulator has no other log
  console.error(`[polar-billing-kit] the emulator's state was not saved: ${String(error)}`)
}
