import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build, transform } from 'esbuild'

// What an app pays for, in bytes of gzip: its bundler's entry and all that the entry loads at once. Chunks that are loaded when they
// are used do not count; React and TanStack Query are the app's own.

const HEADLESS = `
  export { BillingProvider, useBillingStatus, useUsage, useCheckout, usePortal } from 'polar-billing-kit'
  export { createRestTransport } from 'polar-billing-kit/rest'`

/** What each component adds to the headless client, its View, words and own hooks included. */
const COMPONENTS = {
  BillingAnnouncer: 1_400,
  BillingBanner: 6_500,
  BillingPage: 31_000,
  CancelDialog: 3_900,
  CheckoutReturn: 2_700,
  Entitled: 1_500,
  InvoiceList: 4_000,
  PlanBadge: 1_900,
  PlanChangeDialog: 8_000,
  PortalButton: 1_600,
  PricingTable: 14_200,
  // With the dialog in which their number is changed. As a chunk of its own it would split what every page loads.
  SeatList: 9_800,
  SubscriptionCard: 7_300,
  UpgradeButton: 1_500,
  UsageChart: 4_500,
  UsageMeter: 2_100,
  UsageMeterList: 2_600,
  UsageRing: 2_300,
} as const satisfies Record<string, number>

const headless = await sizeOf(HEADLESS)
const budgets = [
  { name: 'headless: provider, status, usage, checkout, portal, REST', limit: 3_100, size: headless },
  {
    name: 'headless and PlanBadge, UsageMeter, UpgradeButton',
    limit: 6_000,
    size: await sizeOf(withComponents('PlanBadge, UsageMeter, UpgradeButton')),
  },
  ...(await Promise.all(
    Object.entries(COMPONENTS).map(async ([name, limit]) => ({
      name: `${name}, beside headless`,
      limit,
      size: (await sizeOf(withComponents(name))) - headless,
    })),
  )),
  {
    name: 'everything that "." and "./rest" export',
    limit: 36_500,
    size: await sizeOf(`export * from 'polar-billing-kit'; export * from 'polar-billing-kit/rest'`),
  },
  {
    name: 'live changes, loaded once the page stands',
    limit: 1_850,
    size: await sizeOf(HEADLESS, /^out\/live-/),
  },
  {
    name: 'consume, loaded when it is used',
    limit: 700,
    size: await sizeOf(HEADLESS, /^out\/consume-/),
  },
  { name: 'styles.css', limit: 8_000, size: await sizeOfStyles() },
]

for (const { name, limit, size } of budgets) {
  console.log(`${size > limit ? 'TOO LARGE' : 'ok'}  ${size} of ${limit} B gz  ${name}`)
}
process.exitCode = budgets.some(({ size, limit }) => size > limit) ? 1 : 0

function withComponents(names: string): string {
  return `${HEADLESS}; export { ${names} } from 'polar-billing-kit'`
}

/** What is loaded at once, or a chunk that is not. */
async function sizeOf(contents: string, chunk = /^out\/stdin\.js$/): Promise<number> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    write: false,
    metafile: true,
    outdir: 'out',
    external: ['react', 'react/*', '@tanstack/react-query'],
    define: { 'process.env.NODE_ENV': '"production"' },
    // The package as it is published, not its sources.
    tsconfigRaw: {},
  })
  const atOnce = new Set<string>()
  const collect = (path: string): void => {
    if (atOnce.has(path)) return
    atOnce.add(path)
    for (const { path: next, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) collect(next)
    }
  }
  for (const path of Object.keys(metafile.outputs).filter((name) => chunk.test(name))) collect(path)
  const files = outputFiles.filter(({ path }) => [...atOnce].some((name) => path.endsWith(name)))
  return files.reduce((sum, { text }) => sum + gzipSync(mergeImports(text), { level: 9 }).length, 0)
}

/** One import of React, as other bundlers write it: esbuild repeats it for every module, which no app's bundle has. */
function mergeImports(code: string): string {
  const names = new Map<string, string[]>()
  const rest = code.replaceAll(
    /import\{([^}]*)\}from"(react|react\/[\w-]+|@tanstack\/[\w-]+)";/g,
    (_, list, from) => {
      names.set(from, [...(names.get(from) ?? []), list])
      return ''
    },
  )
  return Array.from(names, ([from, lists]) => `import{${lists.join()}}from"${from}";`).join('') + rest
}

async function sizeOfStyles(): Promise<number> {
  const { code } = await transform(readFileSync('dist/styles.css', 'utf8'), { loader: 'css', minify: true })
  return gzipSync(code, { level: 9 }).length
}
