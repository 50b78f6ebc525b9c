import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { buildPage } from './buildPage.js'
import { readConfig } from './config.js'
import { createDemo, type Demo } from './createDemo.js'

// One process, one port: the page, its billing server and, unless POLAR_ACCESS_TOKEN is set, a local Polar.

const config = readConfigOrStop()
const page = await buildPage()
let demo: Demo | undefined
const server = serve(
  {
    fetch: (request) => demo?.fetch(request) ?? new Response(null, { status: 503 }),
    hostname: config.host,
    port: config.port,
  },
  () => {
    const { port } = server.address() as AddressInfo
    demo = createDemo(page, port, config.polar)
    if (config.polar === null) console.log('on the embedded Polar emulator; its controls: /polar/_emulator')
    else console.log(`on Polar, ${config.polar.environment}`)
    console.log(`ready on http://localhost:${port}`)
  },
)
server.on('error', (error) => {
  console.error(
    `The demo cannot listen on port ${config.port}: ${error.message}. Choose another one with PORT.`,
  )
  process.exit(1)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close()
    void demo?.close().finally(() => process.exit(0))
  })
}

function readConfigOrStop() {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
