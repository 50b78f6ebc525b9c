import type { Context } from 'hono'
import { ApiError } from '../core/errors.js'

const FORM = /^(?:application\/x-www-form-urlencoded|multipart\/form-data)\b/i

/** What a page sent. */
export async function readForm(c: Context): Promise<Record<string, unknown>> {
  if (!FORM.test(c.req.header('Content-Type') ?? '')) throw unreadable()
  try {
    return await c.req.parseBody()
  } catch {
    throw unreadable()
  }
}

function unreadable(): ApiError {
  return new ApiError(400, 'UnreadableForm', 'A form is expected.')
}
