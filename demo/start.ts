import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { buildPage } from './buildPage.js'
import { readConfig } from './config.js'
import { createDemo, type Demo } from './createDemo.js'
import { type DemoData, openData } from './openData.js'

// One process, one port: the page, its billing server and, unless POLAR_ACCESS_TOKEN is set, a local Polar.

const config = readConfigOrStop()
console.log('building the page')
const page = await buildPage()
let demo: Demo | undefined
let opening: Promise<void> | undefined
const server = serve(
  {
    fetch: (request) => demo?.fetch(request) ?? new Response(null, { status: 503 }),
    hostname: config.host,
    port: config.port,
  },
  () => {
    opening = open((server.address() as AddressInfo).port)
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
    void stop().finally(() => process.exit(0))
  })
}

async function open(port: number): Promise<void> {
  try {
    demo = await createDemo({ page, port, polar: config.polar, data: readData() })
  } catch (error) {
    console.error((error as Error).message)
    // At once: a database that was refused must not go on opening its folder.
    process.exit(1)
  }
  if (config.polar === null) console.log('on the embedded Polar emulator; its controls: /polar/_emulator')
  else console.log(`on Polar, ${config.polar.environment}`)
  console.log(`ready on http://localhost:${port}`)
}

function readData(): DemoData | null {
  if (config.data === null) {
    console.log('nothing is kept when it stops (DEMO_DATA=memory)')
    return null
  }
  const data = openData(config.data, config.polar?.environment ?? 'emulator')
  console.log(`opening ${data.folder}; the first time this takes some seconds`)
  return data
}

/** Half an opened database would be no good start for the next time. */
async function stop(): Promise<void> {
  await opening
  await demo?.close()
}

function readConfigOrStop() {
  try {
    return readConfig(process.env)
  } catch (error) {
    console.error((error as Error).message)
    process.exit(1)
  }
}
