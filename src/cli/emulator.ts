import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createPolarEmulator, type PolarEmulator } from '../emulator/index.js'

/** Runs a local Polar until it is told to stop. */
export function emulator(args: string[]): void {
  const { port, host } = readOptions(args)
  let polar: PolarEmulator | undefined
  const server = serve(
    {
      fetch: (request) => polar?.fetch(request) ?? new Response(null, { status: 503 }),
      hostname: host,
      port,
    },
    () => {
      const url = `http://localhost:${(server.address() as AddressInfo).port}`
      polar = createPolarEmulator({ publicUrl: url })
      console.log(`A local Polar: no money moves, and nothing is kept when it stops.`)
      console.log(`  SDK       createPolar({ accessToken: 'polar_oat_local', baseUrl: '${url}' })`)
      console.log(`  controls  ${url}/_emulator`)
      console.log(`ready on ${url}`)
    },
  )
  server.on('error', (error) =>
    fail(`cannot listen on port ${port}: ${error.message}. Choose another one with --port.`),
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      polar?.close()
      process.exit(0)
    })
  }
}

function readOptions(args: string[]): { port: number; host: string } {
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string' }, host: { type: 'string' } } })
    const port = Number(values.port ?? 4010)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port ${values.port} is no port number`)
    return { port, host: values.host ?? '127.0.0.1' }
  } catch (error) {
    return fail((error as Error).message)
  }
}

function fail(message: string): never {
  console.error(`polar-billing-kit emulator: ${message}`)
  process.exit(1)
}
