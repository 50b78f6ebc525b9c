'use client'
import { useCallback, useState } from 'react'
import type { BillingError } from '../contract/errors.js'

/** How something that somebody began is coming along, or why it failed. */
export type Progress = 'busy' | 'done' | BillingError

/** The progress of several things, each under its key. What was never begun is absent. */
export type ProgressOf<Key extends string> = { readonly [K in Key]?: Progress | undefined }
type Run<Key extends string> = (key: Key, action: () => Promise<unknown>) => Promise<boolean>

/** Keys are ids of others: an object of the usual kind has something under "constructor" already. */
const NOTHING = Object.create(null) as object

/**
 * Several things that run side by side, each under its key. `run` says whether it went well, and never rejects; `forget` takes a thing for
 * one that was never begun. What one organization began is never seen in another.
 */
export function useProgress<Key extends string>(
  organizationId: string | null,
): [progress: ProgressOf<Key>, run: Run<Key>, forget: (key: Key) => void] {
  const [all, setAll] = useState<ReadonlyMap<string | null, ProgressOf<Key>>>(new Map())
  const set = useCallback(
    (key: Key, state: Progress | undefined) =>
      setAll((others) => {
        const own = Object.assign(Object.create(null), others.get(organizationId), { [key]: state })
        return new Map(others).set(organizationId, own as ProgressOf<Key>)
      }),
    [organizationId],
  )
  const run: Run<Key> = useCallback(
    async (key, action) => {
      set(key, 'busy')
      try {
        await action()
        set(key, 'done')
        return true
      } catch (error) {
        set(key, error as BillingError)
        return false
      }
    },
    [set],
  )
  const forget = useCallback((key: Key) => set(key, undefined), [set])
  return [all.get(organizationId) ?? NOTHING, run, forget]
}
