import { connectDatabase } from './database/connectDatabase.js'
import type { Database, Queryable } from './database/database.js'
import type { TransactionClient } from './database/transactionClient.js'

/** What the option `database` takes. */
export type DatabaseHandle = Parameters<typeof connectDatabase>[0]

/**
 * Connects the app's database at once, so that a folder of somebody else's is refused before it is touched, and asks it nothing until
 * something needs it. Statements that miss the kit's tables say so.
 */
export function openDatabase(handle: DatabaseHandle): Database {
  const database = connectDatabase(handle)
  return {
    ...database,
    query: (sql, params) => explain(database.query(sql, params)),
    transaction: (run) => explain(database.transaction(run)),
  }
}

/** The app's own transaction, for statements that are to be part of it. */
export function joinTransaction(client: TransactionClient): Queryable {
  return {
    query: async <Row>(sql: string, params: readonly unknown[] = []) =>
      (await explain(client.query(sql, [...params]))).rows as Row[],
  }
}

/** Missing tables: `billing.migrate()` was not called. */
export class NotMigratedError extends Error {
  override readonly name = 'NotMigratedError'
}

const UNDEFINED_TABLE = '42P01'

async function explain<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown }
    if (code !== UNDEFINED_TABLE || !String(message).includes('polar_billing.')) throw error
    throw new NotMigratedError(
      'polar-billing-kit: the database lacks the tables of the kit. Call `await billing.migrate()` before the first use, or run ' +
        '`npx polar-billing-kit migrate`.',
      { cause: error },
    )
  }
}
