import { Hono } from 'hono'
import { createApi } from './api/createApi.js'
import { errorResponse } from './api/http.js'
import { mountControls } from './controls/mountControls.js'
import type { EmulatorControls } from './controls/types.js'
import type { World } from './core/world.js'
import { createPages } from './pages/createPages.js'
import { messagePage } from './pages/layout.js'

/** Everything that answers requests: API, controls and pages. */
export function createApp(world: World, controls: EmulatorControls): Hono {
  const { basePath } = world.options
  const app = new Hono().basePath(basePath === '' ? '/' : basePath)
  app.use(async (c, next) => {
    world.lastUrl = new URL(c.req.url).origin + basePath
    await next()
  })
  app.route('/v1', createApi(world))
  mountControls(app, world, controls)
  app.route('/', createPages(world))
  app.notFound((c) =>
    messagePage(c, { title: 'Not found', text: 'There is no such page here.', status: 404 }),
  )
  app.onError((error, c) => errorResponse(c, error))
  return app
}
