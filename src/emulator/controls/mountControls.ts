import type { Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { errorResponse } from '../api/http.js'
import { check } from '../api/validation.js'
import { ValidationFailure } from '../core/errors.js'
import { CONTROL_ROUTES } from './routes.js'
import type { EmulatorControls } from './types.js'

const PREFIX = '/_emulator'

/**
 * Serves the controls over HTTP, and their description. Both come from one table, so they cannot disagree.
 */
export function mountControls(app: Hono, controls: EmulatorControls): void {
  app.get(PREFIX, (c) => c.json({ controls: describeControls() }))
  for (const route of CONTROL_ROUTES) {
    app.on(route.method, PREFIX + route.path, async (c) => {
      try {
        const input = { ...Object.fromEntries(new URL(c.req.url).searchParams), ...(await bodyOf(c.req.raw)) }
        const value = check(route.input, { ...input, ...c.req.param() })
        // The table pairs each name with the schema of its input.
        const run = controls[route.name] as (input: unknown) => unknown
        return c.json(await run(value), 200, { 'Cache-Control': 'no-store' })
      } catch (error) {
        return errorResponse(c, error instanceof Error ? error : new Error(String(error)))
      }
    })
  }
  app.all(`${PREFIX}/*`, unknownControl)
}

function unknownControl(c: Context): Response {
  return c.json(
    { error: 'UnknownControl', detail: `There is no such control. GET ${PREFIX} lists them all.` },
    404,
  )
}

function describeControls() {
  return CONTROL_ROUTES.map(({ name, method, path, summary, input, example }) => ({
    name,
    method,
    path: PREFIX + path,
    summary,
    input: z.toJSONSchema(input, { io: 'input' }),
    example,
  }))
}

/** An empty body means: no settings. */
async function bodyOf(request: Request): Promise<object> {
  const text = await request.text()
  if (text === '') return {}
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Reported below, like JSON that is no object.
  }
  throw new ValidationFailure([
    { type: 'json_invalid', loc: ['body'], msg: 'A JSON object is expected', input: text },
  ])
}
