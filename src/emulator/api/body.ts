import type { Context } from 'hono'
import type * as z from 'zod/mini'
import { check } from '../core/check.js'
import { ValidationFailure } from '../core/errors.js'

type Location = (string | number)[]

/** Nothing that Polar takes is nested nearly as deep. */
const MAX_DEPTH = 50

/** Reads the JSON body and checks it. Unknown keys are ignored. */
export async function readBody<Schema extends z.ZodMiniType>(
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  return check(schema, await readJson(c))
}

export async function readJson(c: Context): Promise<unknown> {
  return parseJson(await c.req.text())
}

export function parseJson(text: string): unknown {
  if (text === '') throw refusal('missing', ['body'], 'Field required', null)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw refusal('json_invalid', ['body', 0], 'JSON decode error', {})
  }
  refuseUnfit(body, ['body'])
  return body
}

/** Polar's database cannot store NUL characters. */
function refuseUnfit(value: unknown, loc: Location): void {
  if (typeof value === 'string' && value.includes('\0')) {
    throw refusal('value_error', loc, 'Value error, NUL characters are not allowed', value)
  }
  if (typeof value !== 'object' || value === null) return
  if (loc.length > MAX_DEPTH) throw refusal('json_invalid', ['body', 0], 'JSON is nested too deep', {})
  for (const [key, inner] of Object.entries(value)) refuseUnfit(inner, [...loc, key])
}

function refusal(type: string, loc: Location, msg: string, input: unknown): ValidationFailure {
  return new ValidationFailure([{ type, loc, msg, input }])
}
