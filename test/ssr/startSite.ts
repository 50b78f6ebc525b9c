import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { build, type BuildOptions } from 'esbuild'
import type { Identity } from 'polar-billing-kit/server'
import { createServiceTransport } from 'polar-billing-kit/service'
import { catalog, type Running, startBilling } from '../server/startBilling.js'
import type { AppServer, RenderOptions } from './server.js'

export interface Site {
  url: string
  running: Running
  /** The version of React that renders it. */
  react: string
  /** The billing routes that browsers asked, as `GET /status`. */
  requests: string[]
  close(): Promise<void>
}

const OLDEST = join(import.meta.dirname, '../react-18/node_modules')
const REACT = {
  newest: {},
  oldest: { react: `${OLDEST}/react`, 'react-dom': `${OLDEST}/react-dom` },
} satisfies Record<string, Record<string, string>>

/** An app that renders on the server, and whose browser half asks its billing routes: the real server half over the emulator. */
export async function startSite(react: keyof typeof REACT): Promise<Site> {
  const folder = await mkdtemp(join(tmpdir(), 'polar-billing-kit-ssr-'))
  const bundle = (file: string, options: BuildOptions) =>
    build({
      entryPoints: [join(import.meta.dirname, file)],
      bundle: true,
      alias: REACT[react],
      define: { 'process.env.NODE_ENV': '"development"' },
      jsx: 'automatic',
      logLevel: 'error',
      ...options,
    })
  await bundle('server.tsx', { platform: 'node', format: 'cjs', outfile: join(folder, 'server.cjs') })
  const { outputFiles } = await bundle('client.tsx', { format: 'esm', write: false })
  const client = outputFiles?.[0]?.text
  const { appServer } = createRequire(import.meta.url)(join(folder, 'server.cjs')) as {
    appServer: AppServer
  }

  const running = await startBilling({ billing: { authenticate: ({ headers }) => readSession(headers) } })
  const { billing } = running
  const requests: string[] = []

  async function answer(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/client.js')
      return new Response(client, { headers: { 'content-type': 'text/javascript' } })
    if (pathname.startsWith('/api/billing')) {
      requests.push(`${request.method} ${pathname.slice('/api/billing'.length)}`)
      return billing.fetch(request)
    }
    if (pathname !== '/') return new Response(null, { status: 404 })
    const identity = readSession(request.headers)
    const html = await appServer.render({
      transport: createServiceTransport(billing.service, identity),
      catalog,
      content: (searchParams.get('content') ?? 'components') as RenderOptions['content'],
      as: (searchParams.get('as') ?? 'stream') as RenderOptions['as'],
      prefetch: searchParams.has('prefetch'),
      checkoutId: searchParams.get('checkout_id'),
      organizationId: identity?.organizationId ?? null,
    })
    return new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } })
  }

  const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    running,
    react: appServer.version,
    requests,
    close: async () => {
      await running.close()
      ;(server as Server).closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Who is signed in: the app's cookie says so. */
function readSession(headers: Headers): Identity | null {
  const organizationId = /organization=([\w-]+)/.exec(headers.get('cookie') ?? '')?.[1]
  return organizationId === undefined ? null : { organizationId }
}
