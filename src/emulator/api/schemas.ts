import * as z from 'zod/mini'

export const text = (maximum = Infinity) =>
  Number.isFinite(maximum) ? z.string().check(z.maxLength(maximum)) : z.string()

export const id = z.guid()

/** Trimmed, and `''` means none. */
export const externalId = z.nullish(
  z.pipe(
    z.string(),
    z.transform((value) => (value === '' ? null : value)),
  ),
)

export const email = z.pipe(
  z.string(),
  z.pipe(
    z.transform((value: string) => value.trim()),
    z.email(),
  ),
)

export const httpUrl = z.url({ protocol: /^https?$/ })

/** A moment with a time zone. */
export const moment = z.iso.datetime({ offset: true })

const metadataValue = z.union([z.string().check(z.minLength(1), z.maxLength(500)), z.number(), z.boolean()])

/** What merchants attach to things. */
export const metadata = z
  .record(z.string().check(z.minLength(1), z.maxLength(40)), metadataValue)
  .check(z.refine((value) => Object.keys(value).length <= 50, 'Value error, at most 50 keys are allowed'))

/** Countries are not checked against the list: the emulator computes no tax. */
export const address = z.object({
  line1: z._default(z.nullable(z.string()), null),
  line2: z._default(z.nullable(z.string()), null),
  postal_code: z._default(z.nullable(z.string()), null),
  city: z._default(z.nullable(z.string()), null),
  state: z._default(z.nullable(z.string()), null),
  country: z.string().check(z.regex(/^[A-Z]{2}$/, 'Input should be a country code')),
})

export const trialInterval = z.enum(['day', 'week', 'month', 'year'])
