import type { AddressInfo } from 'node:net'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { createPolarEmulator, type PolarEmulator, sampleCatalog } from '../emulator/index.js'

/** The same at every start, so that it can stay in an app's environment. It protects nothing: no money moves here. */
const WEBHOOK_SECRET = 'whsec_bG9jYWwtcG9sYXItbm8tbW9uZXktbW92ZXMtaGVyZSE'

/** Runs a local Polar until it is told to stop. */
export function emulator(args: string[]): void {
  const { port, host, webhook, data } = readOptions(args)
  let polar: PolarEmulator | undefined
  const server = serve(
    {
      fetch: (request) => polar?.fetch(request) ?? new Response(null, { status: 503 }),
      hostname: host,
      port,
    },
    () => {
      const url = `http://localhost:${(server.address() as AddressInfo).port}`
      polar = start({ url, webhook, data })
      console.log(describe(url, { webhook, data }))
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

function start({ url, webhook, data }: Pick<Options, 'webhook' | 'data'> & { url: string }): PolarEmulator {
  try {
    return createPolarEmulator({
      publicUrl: url,
      webhookEndpoints: webhook === undefined ? [] : [{ url: webhook, secret: WEBHOOK_SECRET }],
      file: data,
    })
  } catch (error) {
    return fail((error as Error).message)
  }
}

function describe(url: string, { webhook, data }: Pick<Options, 'webhook' | 'data'>): string {
  const memory =
    data === undefined ? 'nothing is kept when it stops (--data FILE keeps it)' : `all is kept in ${data}`
  const secret =
    webhook === undefined
      ? '(start with --webhook http://localhost:3000/api/billing/webhooks/polar)'
      : WEBHOOK_SECRET
  const { pro, proYearly, team, enterprise } = sampleCatalog.products
  return `A local Polar: no money moves, and ${memory}. For the environment of your app:

  POLAR_ACCESS_TOKEN=polar_oat_local
  POLAR_BASE_URL=${url}
  POLAR_PRODUCT_ID=${pro.id}
  POLAR_WEBHOOK_SECRET=${secret}

All that it sells, for the \`products\` of createBilling, as far as your catalog has such plans:

  pro: { month: '${pro.id}', year: '${proYearly.id}' },
  team: '${team.id}',
  enterprise: '${enterprise.id}',

Its catalog is at ${url}/_emulator/catalog, its controls are described at ${url}/_emulator
`
}

interface Options {
  port: number
  host: string
  webhook: string | undefined
  /** The file that its state is kept in. */
  data: string | undefined
}

function readOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        webhook: { type: 'string' },
        data: { type: 'string' },
      },
    })
    const port = Number(values.port ?? 4010)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port ${values.port} is no port number`)
    const { host = '127.0.0.1', webhook, data } = values
    if (data === '') throw new Error('--data needs the name of a file')
    if (webhook !== undefined && !URL.canParse(webhook)) throw new Error(`--webhook ${webhook} is no URL`)
    return { port, host, webhook, data }
  } catch (error) {
    return fail((error as Error).message)
  }
}

function fail(message: string): never {
  console.error(`polar-billing-kit emulator: ${message}`)
  process.exit(1)
}
