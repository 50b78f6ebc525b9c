import { BillingError } from '../../contract/index.js'
import type { Queryable } from '../database/database.js'
import type { Reading } from '../freshCache.js'
import { isPaying } from '../pickSubscription.js'
import type { PaymentProvider } from '../paymentProvider.js'
import type { CustomerReading } from '../provider.js'

/**
 * What is known of a customer once the webhooks since the last reading are taken into account. For the time in which the provider
 * cannot be asked; as soon as it has answered, its answer is all that counts.
 */
export type Told = (
  organizationId: string,
  known: Reading<CustomerReading> | undefined,
) => Promise<Reading<CustomerReading> | undefined>

interface ToldOptions {
  applyWebhook: PaymentProvider['applyWebhook']
  activeIn: PaymentProvider['activeIn']
  /** Reports a webhook that does not hold what its type promises. */
  warnOnce: (message: string) => void
}

/** Seconds. */
const RETRY_AFTER = 5

const NOTHING: CustomerReading = { customerId: null, subscriptions: [], counters: [] }

/**
 * Nothing of this is written down: the stored webhooks are put upon the last reading whenever somebody asks, each in its newest version, so
 * that neither repetition nor order nor the number of processes matters.
 */
export function createTold(database: Queryable, { applyWebhook, activeIn, warnOnce }: ToldOptions): Told {
  return async (organizationId, known) => {
    let value = known?.value ?? NOTHING
    let asOf = known?.readAt ?? new Date(0)
    const active: string[] = []
    for (const { type, payload, occurred_at } of await findNews(database, organizationId, known)) {
      try {
        value = applyWebhook(value, { type, data: payload })
        active.push(...activeIn({ type, data: payload }))
        const occurredAt = new Date(occurred_at)
        if (occurredAt > asOf) asOf = occurredAt
      } catch (error) {
        warnOnce(`A webhook ${type} does not hold what it should, and is left out: ${String(error)}`)
      }
    }
    // Webhooks tell of one subscription each: where all of them are over, another one may be paid for that nobody told of, or only by id.
    const isPaid = value.subscriptions.some(isPaying)
    if (known === undefined && !isPaid) return undefined
    if (!isPaid && active.some((id) => !value.subscriptions.some((subscription) => subscription.id === id)))
      throw new BillingError(
        'SERVICE_UNAVAILABLE',
        'Something was bought, and the payment provider cannot be asked what.',
        {
          retryAfter: RETRY_AFTER,
        },
      )
    return {
      value,
      readAt: asOf,
      answeredAt: known?.answeredAt ?? asOf,
      stale: true,
      reason: known?.reason,
    }
  }
}

interface News {
  type: string
  payload: unknown
  occurred_at: Date
}

/**
 * The newest that was told of each subject, unless the reading has it or something newer. A webhook that was here before the reading
 * was asked for is older than it (epochs), and so is one whose state began before what the reading holds, in the provider's own
 * microseconds: no clock of ours is compared with the provider's.
 */
function findNews(
  database: Queryable,
  organizationId: string,
  known: Reading<CustomerReading> | undefined,
): Promise<News[]> {
  const versions = known?.value.subscriptions.map(({ id, modifiedAt }) => ({ id, modifiedAt })) ?? []
  return database.query<News>(
    `with held as (
       select id, "modifiedAt" as modified_at from jsonb_to_recordset($2::jsonb) as held(id text, "modifiedAt" timestamptz)
     )
     select type, payload, occurred_at from (
       select distinct on (w.subject) w.type, w.payload, w.occurred_at, w.changed_at
       from polar_billing.webhooks w
       left join polar_billing.snapshots s on s.kind = 'customer' and s.key = w.organization_id
       left join held on held.id = w.subject
       where w.organization_id = $1 and w.subject is not null
         and coalesce(w.epoch, 0) > coalesce(s.read_epoch, -1)
         and w.changed_at > coalesce(held.modified_at, (select max(modified_at) from held), '-infinity')
       order by w.subject, w.changed_at desc, w.occurred_at desc, w.received_at desc
     ) as newest
     order by changed_at, occurred_at`,
    [organizationId, JSON.stringify(versions)],
  )
}
