import { Hono, type MiddlewareHandler } from 'hono'
import { faulty } from '../api/faults.js'
import { type World, publicPath } from '../core/world.js'
import { mountCheckoutPages } from './checkoutPages.js'
import { mountDocuments } from './documents.js'
import { messagePage } from './layout.js'
import { mountPortal } from './portal.js'
import { mountSeatClaim } from './seatClaim.js'

/** What people see of Polar: checkout, portal and documents. */
export function createPages(world: World): Hono {
  const app = new Hono()
  app.use(faulty(world, 'pages'), secretive)
  app.get('/', (c) => {
    const path = publicPath(world)
    const text = `This is a local Polar. Its API answers under ${path}/v1; what can be done to it is listed under ${path}/_emulator.`
    return messagePage(c, { title: world.organization.name, text })
  })
  mountCheckoutPages(app, world)
  mountPortal(app, world)
  mountSeatClaim(app, world)
  mountDocuments(app, world)
  return app
}

/** The address of a page is a credential: nobody may keep it or pass it on. */
const secretive: MiddlewareHandler = async (c, next) => {
  await next()
  c.header('Cache-Control', 'private, no-store')
  c.header('Referrer-Policy', 'no-referrer')
}
