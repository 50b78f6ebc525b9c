import type { Env, Hono } from 'hono'
import type { BillingHealth } from './health.js'

export interface HealthRoute {
  allow: (request: Request) => boolean | Promise<boolean>
  read: () => Promise<BillingHealth>
}

/** Below the base path. */
const PATH = '/health'

/** The status says all that a load balancer reads. Who may not look learns nothing, not even that there is something to see. */
export function addHealthRoute<E extends Env>(app: Hono<E>, { allow, read }: HealthRoute): void {
  app.get(PATH, async (c) => {
    if (!(await allow(c.req.raw))) return c.notFound()
    const health = await read()
    return c.json(health, health.ok ? 200 : 503)
  })
}
