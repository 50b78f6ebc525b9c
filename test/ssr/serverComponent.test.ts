import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

// About the built package: `npm run build` makes it.

/** Stands for a bundler of server components: of a module that says `'use client'` the server gets the names alone, and runs nothing. */
const BUNDLER = `
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
registerHooks({
  load(url, context, next) {
    const source = url.startsWith('file:') ? readFileSync(fileURLToPath(url), 'utf8') : ''
    if (!/^(\\s|\\/\\/.*)*['"]use client['"]/.test(source)) return next(url, context)
    const names = [
      ...[...source.matchAll(/export\\s*{([^}]*)}/g)].flatMap(([, list]) => list.split(',')),
      ...[...source.matchAll(/export (?:const|function|class) (\\w+)/g)].map(([, name]) => name),
    ].map((name) => name.trim().split(' as ').at(-1)).filter(Boolean)
    const stubs = names.map((name) => \`export const \${name} = 'a reference to the browser'\`)
    return { format: 'module', source: stubs.join('\\n'), shortCircuit: true }
  },
})
`

/** Runs code as a server component's: React there has neither state nor context. */
const onServer = (code: string): string =>
  execFileSync(
    process.execPath,
    ['--conditions=react-server', '--input-type=module', '--eval', `${BUNDLER}${code}`],
    { encoding: 'utf8' },
  ).trim()

describe('in a server component', () => {
  it('React is the one without state and context', () => {
    expect(onServer(`console.log('createContext' in await import('react'))`)).toBe('false')
  })

  it.each(['contract', 'query', 'rest', 'server', 'service', 'trpc'])('%s runs', (entry) => {
    expect(onServer(`console.log(typeof await import('polar-billing-kit/${entry}'))`)).toBe('object')
  })

  it('the provider, the hooks and the components are references to the browser', () => {
    const code = `const { BillingProvider, PlanBadge, useSuspenseUsage } = await import('polar-billing-kit')
      console.log([BillingProvider, PlanBadge, useSuspenseUsage].join())`
    expect(new Set(onServer(code).split(','))).toEqual(new Set(['a reference to the browser']))
  })

  it('prefetches and dehydrates', () => {
    const printed = onServer(`
      const { dehydrate, QueryClient } = await import('@tanstack/react-query')
      const { prefetchBilling } = await import('polar-billing-kit/query')
      const { createServiceTransport } = await import('polar-billing-kit/service')
      const service = { getStatus: async ({ organizationId }) => ({ organizationId, isActive: true, planType: 'pro' }) }
      const transport = createServiceTransport(service, { organizationId: 'acme' })
      const queryClient = new QueryClient()
      await prefetchBilling(queryClient, { transport, organizationId: 'acme' })
      console.log(JSON.stringify(dehydrate(queryClient).queries.map(({ state }) => state.data)))
    `)
    expect(JSON.parse(printed)).toMatchObject([
      { organizationId: 'acme', status: 'active', planType: 'pro', isActive: true },
    ])
  })
})
