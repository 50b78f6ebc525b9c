import * as z from 'zod/mini'

/** Longer delays would leave the years that dates can hold. */
const YEAR = 366 * 86_400_000

const natural = z.int().check(z.nonnegative())
const delay = z.int().check(z.nonnegative(), z.maximum(YEAR))

/** How the emulated Polar behaves: delays in milliseconds, limits and rules. */
export const settings = z.strictObject({
  /** Requests per minute before 429, `null` for no limit. */
  rateLimit: z.nullable(natural),
  /** A second purchase of a subscriber is refused. */
  oneSubscriptionPerCustomer: z.boolean(),
  /** After the last event until the meters of a customer follow. */
  meterDelay: delay,
  /** Until usage is on the bill of a subscription, `null` for together with the customer's meters. */
  subscriptionMeterDelay: z.nullable(delay),
  /** By which the customer state lags behind. */
  stateDelay: delay,
  /** After the last change until `customer.state_changed` is sent. */
  stateChangedDelay: delay,
  /** Between the confirmation of a checkout and its payment. */
  paymentDelay: delay,
  /** Until an invoice that was asked for is there. */
  invoiceDelay: delay,
})

/** How webhooks are delivered. */
const webhookSettings = z.strictObject({
  /** Milliseconds by which events of a type are held back, `*` for all others. */
  delays: z.record(z.string(), delay),
  /** Every successful delivery is sent twice. */
  duplicate: z.boolean(),
  /** Events of one moment arrive in reverse order. */
  reorder: z.boolean(),
  /** `pause` keeps events until deliveries go on, `drop` loses them. */
  mode: z.enum(['deliver', 'pause', 'drop']),
  /** Factor on the waiting times between attempts: 0 retries at once. */
  retryTimeScale: z.number().check(z.nonnegative(), z.maximum(1_000)),
  /** Real milliseconds that a receiver has to answer. */
  timeoutMs: z.int().check(z.positive(), z.maximum(600_000)),
})

/** A failure that the API shows on demand. Without `status` a matching request is only delayed. */
export const fault = z
  .strictObject({
    /** @default every method */
    method: z.optional(z.string()),
    /** Prefix of the path after `/v1`, or a pattern with `*`, e.g. `/customers/*`. @default every path */
    path: z.optional(z.string()),
    /** `pages` strikes the hosted pages instead of the API. @default 'api' */
    scope: z.optional(z.enum(['api', 'pages'])),
    /** 400 to 599, or 200 with a body that is empty or HTML, as from a proxy. */
    status: z.optional(z.int().check(z.minimum(200), z.maximum(599))),
    /** Polar's name of the error in a JSON body, such as `SubscriptionLocked`. @default 'EmulatedFault' */
    error: z.optional(z.string()),
    /** Seconds, sent as `Retry-After`. */
    retryAfter: z.optional(natural),
    /** Real milliseconds before the answer. */
    latencyMs: z.optional(natural.check(z.maximum(3_600_000))),
    /**
     * `slow` sends the head at once and stalls in the body for `latencyMs`, 30 seconds by default. `cut` drops the connection in the
     * middle of the answer; without `status` the request has had its effect.
     * @default 'json', 'empty' for 429
     */
    body: z.optional(z.enum(['json', 'empty', 'html', 'slow', 'cut'])),
    /** Strikes this often, then disappears. @default for ever */
    times: z.optional(z.int().check(z.positive())),
    /** Between 0 and 1. @default 1 */
    probability: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  })
  .check(
    z.refine(
      ({ status = 400, body = 'json' }) =>
        status >= 400 || (status === 200 && ['html', 'empty'].includes(body)),
      {
        path: ['status'],
        error: 'Input should be at least 400, or 200 with a body that is empty or HTML',
      },
    ),
  )

/** What can be changed while the emulator runs. What is left out stays. */
export const settingsPatch = z.partial(settings)
export const webhookSettingsPatch = z.partial(webhookSettings)

export type EmulatorSettings = z.output<typeof settings>
export type WebhookSettings = z.output<typeof webhookSettings>
export type FaultInput = z.output<typeof fault>

/** A fault in force. */
export interface Fault extends FaultInput {
  id: string
  /** How often it struck. */
  hits: number
}

export const DEFAULT_WEBHOOK_SETTINGS: WebhookSettings = {
  delays: {},
  duplicate: false,
  reorder: false,
  mode: 'deliver',
  retryTimeScale: 1,
  timeoutMs: 10_000,
}
