import { BillingError } from '../../contract/index.js'
import type { Queryable } from './database.js'

/** What Postgres says to a table, a schema or a column that is not there. */
const NOT_MIGRATED = new Set(['42P01', '3F000', '42703'])

/** Seconds. */
const RETRY_AFTER = 5

/** The statements of a database, failing as the rest of the server does. The driver's own error stays in `cause`, for the log. */
export function explainFailures(database: Queryable): Queryable {
  return {
    query: async (sql, params) => {
      try {
        return await database.query(sql, params)
      } catch (cause) {
        throw explain(cause)
      }
    },
  }
}

function explain(cause: unknown): BillingError {
  if (NOT_MIGRATED.has(String((cause as { code?: unknown }).code)))
    return new BillingError(
      'INTERNAL_SERVER_ERROR',
      'The database lacks tables of polar-billing-kit: call billing.migrate() before the first request, or run ' +
        '`npx polar-billing-kit migrate`.',
      { cause },
    )
  return new BillingError('SERVICE_UNAVAILABLE', 'The billing database cannot be asked now.', {
    cause,
    retryAfter: RETRY_AFTER,
  })
}
