/**
 * What the kit uses of a `pg` Pool. Named here by its shape, so that `pg` is the app's dependency alone, and whatever looks like it
 * (a serverless driver) may stand in.
 */
export interface PostgresPool {
  query(sql: string, params?: unknown[]): Promise<PostgresResult>
  connect(): Promise<PostgresClient>
  readonly totalCount: number
  readonly options: { max?: number | undefined }
  on(event: 'error', listener: (error: Error) => void): unknown
  listenerCount(event: 'error'): number
}

export interface PostgresClient {
  query(sql: string, params?: unknown[]): Promise<PostgresResult>
  on(event: 'error', listener: (error: Error) => void): unknown
  on(event: 'end', listener: () => void): unknown
  on(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  off(event: 'error', listener: (error: Error) => void): unknown
  off(event: 'end', listener: () => void): unknown
  off(event: 'notification', listener: (message: PostgresNotification) => void): unknown
  /** With an error or `true` the connection is closed instead of going back to the pool. */
  release(broken?: Error | boolean): void
}

export interface PostgresResult {
  command: string
  rows: unknown[]
}

export interface PostgresNotification {
  channel: string
  payload?: string | undefined
}
