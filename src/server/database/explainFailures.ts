import { BillingError } from '../../contract/index.js'
import { NotMigratedError } from '../openDatabase.js'
import type { Queryable } from './database.js'

/** Seconds. */
const RETRY_AFTER = 5

/** The statements of a database, failing as the rest of the server does. */
export function explainFailures(database: Queryable): Queryable {
  return { query: (sql, params) => explained(() => database.query(sql, params)) }
}

/** Work on a database, failing as the rest of the server does. The driver's own error stays in `cause`, for the log. */
export async function explained<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw explain(cause)
  }
}

/** The database cannot be asked: it says nothing of the provider. */
export class DatabaseAwayError extends BillingError {
  constructor(cause: unknown) {
    super('SERVICE_UNAVAILABLE', 'The billing database cannot be asked now.', {
      cause,
      retryAfter: RETRY_AFTER,
    })
  }
}

function explain(cause: unknown): BillingError {
  return cause instanceof NotMigratedError
    ? new BillingError('INTERNAL_SERVER_ERROR', cause.message, { cause })
    : new DatabaseAwayError(cause)
}
