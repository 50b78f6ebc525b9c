import * as z from 'zod/mini'
import { email, id, text } from './schemas.js'

const seatMetadata = z.record(z.string(), z.unknown()).check(
  z.refine((value) => Object.keys(value).length <= 10, 'Value error, Metadata cannot have more than 10 keys'),
  z.refine((value) => JSON.stringify(value).length <= 1_024, 'Value error, Metadata size cannot exceed 1KB'),
)

export const seatAssign = z
  .object({
    subscription_id: z.nullish(id),
    order_id: z.nullish(id),
    email: z.nullish(email),
    external_customer_id: z.nullish(text()),
    customer_id: z.nullish(id),
    external_member_id: z.nullish(text()),
    member_id: z.nullish(id),
    metadata: z.nullish(seatMetadata),
    immediate_claim: z._default(z.boolean(), false),
  })
  .check(
    z.refine(
      ({ subscription_id, order_id }) => (subscription_id ?? null) === null || (order_id ?? null) === null,
      'Value error, Exactly one of subscription_id or order_id must be provided',
    ),
  )

export const seatClaim = z.object({ invitation_token: text() })

export type SeatAssignBody = z.output<typeof seatAssign>
