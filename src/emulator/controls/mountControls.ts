import type { Context, Hono, MiddlewareHandler } from 'hono'
import * as z from 'zod/mini'
import { parseJson } from '../api/body.js'
import { check } from '../core/check.js'
import { ValidationFailure } from '../core/errors.js'
import { type World, publicPath } from '../core/world.js'
import { CONTROL_ROUTES } from './routes.js'
import type { EmulatorControls } from './types.js'

const PREFIX = '/_emulator'

/**
 * Serves the controls over HTTP, and their description. Both come from one table, so they cannot disagree.
 */
export function mountControls(app: Hono, world: World, controls: EmulatorControls): void {
  const prefix = () => publicPath(world) + PREFIX
  app.get(PREFIX, (c) => {
    const description = JSON.stringify({ controls: describeControls(prefix()) }, null, 2)
    return c.body(description, 200, { 'Content-Type': 'application/json' })
  })
  app.use(`${PREFIX}/*`, refuseOtherSites)
  for (const { name, method, path, input } of CONTROL_ROUTES) {
    app.on(method, PREFIX + path, async (c) => {
      const value = check(input, { ...c.req.query(), ...(await bodyOf(c)), ...c.req.param() })
      // The table pairs each name with the schema of its input.
      const run = controls[name] as (input: unknown) => unknown
      return c.json(await run(value), 200, { 'Cache-Control': 'no-store' })
    })
  }
  app.all(`${PREFIX}/*`, (c) => {
    const detail = `There is no such control. GET ${prefix()} lists them all.`
    return c.json({ error: 'UnknownControl', detail }, 404)
  })
}

/** A page of somebody else, open in the same browser, must not be able to empty a developer's shop. Browsers say where they are. */
const refuseOtherSites: MiddlewareHandler = async (c, next) => {
  if (c.req.header('sec-fetch-site') !== 'cross-site') return next()
  const detail = 'A page of another site asked. The controls answer programs, and pages of the same site.'
  return c.json({ error: 'CrossSiteRequest', detail }, 403)
}

function describeControls(prefix: string) {
  return CONTROL_ROUTES.map(({ name, method, path, summary, input, example }) => ({
    name,
    method,
    path: prefix + path,
    summary,
    input: z.toJSONSchema(input, { io: 'input' }),
    example,
  }))
}

/** An empty body means: no settings. */
async function bodyOf(c: Context): Promise<object> {
  const text = await c.req.text()
  const body = text === '' ? {} : parseJson(text)
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body
  throw new ValidationFailure([
    { type: 'dict_type', loc: ['body'], msg: 'A JSON object is expected', input: body },
  ])
}
