import * as z from 'zod/mini'
import { externalId, id, moment, text } from './schemas.js'

const value = z.union([z.string().check(z.minLength(1), z.maxLength(500)), z.number(), z.boolean()])

const cost = z.looseObject({
  // Cents, with 17 digits at most.
  amount: z.union([
    z.number(),
    z.string().check(z.regex(/^(?!(?:\D*\d){18})-?\d+(?:\.\d{1,12})?$/, 'Input should be a valid decimal')),
  ]),
  currency: z.literal('usd'),
})

const llm = z.looseObject({
  vendor: z.string(),
  model: z.string(),
  input_tokens: z.int(),
  output_tokens: z.int(),
  total_tokens: z.int(),
})

/** Metadata of an event: as everywhere, and two objects that Polar understands. */
const metadata = z.catchall(z.object({ _cost: z.optional(cost), _llm: z.optional(llm) }), value).check(
  z.refine((fields) => Object.keys(fields).length <= 50, 'Value error, at most 50 keys are allowed'),
  z.refine(
    (fields) => Object.keys(fields).every((key) => key.length > 0 && key.length <= 40),
    'Value error, keys have 1 to 40 characters',
  ),
)

export const eventCreate = z.object({
  name: text(128),
  timestamp: z.optional(moment),
  external_id: externalId,
  parent_id: z.nullish(text()),
  customer_id: z.nullish(id),
  external_customer_id: z.nullish(text()),
  member_id: z.nullish(id),
  external_member_id: z.nullish(text()),
  metadata: z.optional(metadata),
})

export const eventsIngest = z.object({ events: z.array(z.unknown()) })

export type EventCreateBody = z.output<typeof eventCreate>
