/** Takes single statements of Postgres' SQL. */
export interface Queryable {
  /**
   * Runs one statement and gives its rows. Values stand as `$1` in the statement and go in beside it.
   *
   * Drivers differ in some types, so that a statement names them: JSON goes in as text (`$1::jsonb`), a count comes out as `::int`
   * (a bigint is a string here and a number there), and a timestamp whose microseconds matter is compared in SQL or read as `::text`
   * (a `Date` holds milliseconds).
   */
  query<Row>(sql: string, params?: readonly unknown[]): Promise<Row[]>
}

/** Where the server half keeps what must not be lost: the seam between the kit and a driver. */
export interface Database extends Queryable {
  readonly kind: 'postgres' | 'pglite'
  /**
   * Commits when `run` resolves and rolls back when it rejects, with `run`'s error. Reads are "read committed". It rejects too if a
   * failed statement has aborted the transaction and `run` kept silent about it: resolved means committed.
   *
   * Inside `run` only `tx` may be used: PGlite has one connection, and `query` would wait for the transaction for ever.
   */
  transaction<T>(run: (tx: Queryable) => Promise<T>): Promise<T>
  /** Runs several statements, without values: all of them or, if one fails, none. Gives the rows of all of them, one after the other. */
  exec<Row>(sql: string): Promise<Row[]>
  /**
   * Hears what `notify` sends on a channel, a lower-case identifier, from any process, until the returned function is called.
   * Messages are hints: those sent while the connection is down are lost, so `onReconnect` is the moment to read again.
   *
   * @throws Error if this database cannot deliver them; whoever listens then has to poll
   */
  listen(
    channel: string,
    onMessage: (payload: string) => void,
    onReconnect?: () => void,
  ): Promise<() => Promise<void>>
  /** Gives back what was taken besides the handle (the lock of a folder). The handle stays its owner's, who closes it first. */
  close(): void
}
