/** A transaction that the app has opened: a client of `pg`, a transaction of PGlite, or what looks like one. */
export interface TransactionClient {
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>
}
