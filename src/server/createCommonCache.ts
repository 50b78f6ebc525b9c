import { DatabaseAwayError } from './database/explainFailures.js'
import { createFreshCache, type FreshCache } from './freshCache.js'
import type { CreateKeptCache, KeptCacheOptions } from './reader.js'

const MINUTE = 60_000
const HOUR = 3_600_000

/** For what is the same for everybody and changes rarely: kept too, but it does not take the database to tell a price. */
export function createCommonCache<Value>(
  createKeptCache: CreateKeptCache,
  { kind, read, now }: Pick<KeptCacheOptions<Value>, 'kind' | 'read' | 'now'>,
): FreshCache<Value> {
  const kept = createKeptCache({ kind, read, now, maxAge: HOUR })
  return createFreshCache({
    read: async (key, priority) => {
      try {
        return (await kept.get(key, HOUR, priority)).value
      } catch (error) {
        if (!(error instanceof DatabaseAwayError)) throw error
        return read(key, priority)
      }
    },
    now,
    maxAge: MINUTE,
  })
}
