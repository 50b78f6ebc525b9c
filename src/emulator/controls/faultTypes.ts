/** A failure that the API shows on demand. Without `status` a matching request is only delayed. */
export interface FaultInput {
  /** @default every method */
  method?: string
  /** Prefix of the path after `/v1`, or a pattern with `*`, e.g. `/customers/*`. @default every path */
  path?: string
  /** `pages` strikes the hosted pages instead of the API. @default 'api' */
  scope?: 'api' | 'pages'
  status?: number
  /** Seconds, sent as `Retry-After`. */
  retryAfter?: number
  /** Real milliseconds before the answer. */
  latencyMs?: number
  /**
   * `slow` sends the head at once and stalls in the body for `latencyMs`, 30 seconds by default.
   * @default 'json', 'empty' for 429
   */
  body?: 'json' | 'empty' | 'html' | 'slow'
  /** Strikes this often, then disappears. @default for ever */
  times?: number
  /** Between 0 and 1. @default 1 */
  probability?: number
}

/** A fault in force. */
export interface Fault extends FaultInput {
  id: string
  /** How often it struck. */
  hits: number
}
