'use client'
import { useCallback, useState } from 'react'
import type { BillingError } from '../contract/errors.js'

/** How something that somebody began is coming along, or why it failed. */
export type Progress = 'busy' | 'done' | BillingError

/** The progress of several things, each under its key. What was never begun is absent. */
export type ProgressOf<Key extends string> = { readonly [K in Key]?: Progress }
type Run<Key extends string> = (key: Key, action: () => Promise<unknown>) => Promise<boolean>

const NOTHING = {}

/**
 * Several things that run side by side, each under its key. `run` says whether it went well, and never rejects. What one organization
 * began is never seen in another.
 */
export function useProgress<Key extends string>(
  organizationId: string | null,
): [progress: ProgressOf<Key>, run: Run<Key>] {
  const owner = String(organizationId)
  const [all, setAll] = useState<Readonly<Record<string, ProgressOf<Key>>>>({})
  const run: Run<Key> = useCallback(
    async (key, action) => {
      const set = (state: Progress): void =>
        setAll((others) => ({ ...others, [owner]: { ...(others[owner] ?? NOTHING), [key]: state } }))
      set('busy')
      try {
        await action()
        set('done')
        return true
      } catch (error) {
        set(error as BillingError)
        return false
      }
    },
    [owner],
  )
  return [all[owner] ?? NOTHING, run]
}
