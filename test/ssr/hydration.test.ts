import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { chromiumLaunchOptions } from '../chromium.js'
import { pay } from '../server/pay.js'
import { type Site, startSite } from './startSite.js'

let browser: Browser
beforeAll(async () => {
  browser = await chromium.launch(await chromiumLaunchOptions())
})
afterAll(() => browser.close())

/** Tags with their attributes in order: React 18 writes those of a radio button anew, as they were. */
const sorted = (markup = '') => markup.split('<').map((tag) => tag.split(/[ >]/).toSorted().join(' '))

describe.each([
  ['newest', /^19\./],
  ['oldest', /^18\.3\./],
] as const)('rendered on the server by the %s React', (react, version) => {
  let site: Site
  beforeAll(async () => {
    site = await startSite(react)
    expect(site.react).toMatch(version)
  })
  afterAll(() => site.close())

  const purchase = (product: string, organizationId: string) =>
    site.running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: site.running.products[product] ?? '',
    })

  let page: Page
  let complaints: string[]
  afterEach(() => page.context().close())

  interface Visit extends BrowserContextOptions {
    /** Who is signed in. */
    organizationId?: string
    query: string
    /** What the browser's clock says. @default the time */
    time?: string
  }

  /** What the server writes, and what React makes of it when it takes over. */
  async function visit({ organizationId, query, time, ...options }: Visit) {
    const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC', ...options })
    if (organizationId !== undefined)
      await context.addCookies([{ name: 'organization', value: organizationId, url: site.url }])
    page = await context.newPage()
    if (time !== undefined) await page.clock.setFixedTime(time)
    complaints = []
    page.on('console', (message) => {
      if (/error|warning/.test(message.type())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(String(error)))
    site.requests.length = 0
    const response = await page.goto(`${site.url}/?${query}`)
    await page.waitForFunction(() => globalThis.MARKUP?.hydrated !== undefined)
    const [html = ''] = ((await response?.text()) ?? '').split('<script>STATE')
    return { html, markup: await page.evaluate(() => globalThis.MARKUP) }
  }

  const badge = (text: string) => page.locator('.billing-badge', { hasText: text }).waitFor()
  const badgeStates = () => page.evaluate(() => globalThis.BADGE)
  const isQuiet = () => page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))

  it.each(['stream', 'string'])('prefetched, as a %s: no request, no flash, no complaint', async (as) => {
    purchase('pro', `prefetched-${as}`)
    const { html, markup } = await visit({ organizationId: `prefetched-${as}`, query: `prefetch&as=${as}` })
    expect(html).toMatch(/data-state="active"[^>]*><span[^>]*>Pro</)
    expect(html).toContain('0 characters')
    expect(html).toContain('Current plan')
    expect(html).toContain('Manage billing')
    expect(markup.hydrated).toBe(markup.received)
    await isQuiet()
    expect(await badgeStates()).toEqual(['active'])
    expect(site.requests).toEqual([])
    expect(complaints).toEqual([])
  })

  it('not prefetched: the server says that it loads, and the browser asks', async () => {
    purchase('pro', 'plain')
    const { html, markup } = await visit({ organizationId: 'plain', query: '' })
    expect(html).toMatch(/data-state="loading"[^>]*class="billing-badge"/)
    expect(html).not.toContain('Free')
    expect(markup.hydrated).toBe(markup.received)
    await badge('Pro')
    expect(await badgeStates()).toEqual(['loading', 'active'])
    expect(new Set(site.requests)).toEqual(new Set(['GET /status', 'GET /usage']))
    expect(complaints).toEqual([])
  })

  it('signed out: nothing is rendered, and nothing is asked', async () => {
    const { html, markup } = await visit({ query: 'prefetch' })
    expect(html).toContain('<main></main>')
    expect(markup.hydrated).toBe(markup.received)
    await isQuiet()
    expect(site.requests).toEqual([])
    expect(complaints).toEqual([])
  })

  it('writes en and UTC first, then as the browser’s owner does', async () => {
    purchase('trial', 'trial')
    const { html, markup } = await visit({
      organizationId: 'trial',
      query: 'prefetch',
      locale: 'de-DE',
      timezoneId: 'Pacific/Kiritimati',
    })
    expect(html).toContain('January 24, 2026')
    expect(markup.hydrated).toBe(markup.received)
    await badge('25. Januar 2026')
    expect(complaints).toEqual([])
  })

  it('back from a checkout: confirming from the first byte until it is paid, and never free', async () => {
    const identity = { organizationId: 'buyer', email: 'buyer@example.com' }
    const { checkoutUrl, checkoutId } = await site.running.billing.service.createCheckout(identity, {
      planType: 'pro',
    })
    const { html, markup } = await visit({
      organizationId: 'buyer',
      query: `prefetch&billing=checkout&checkout_id=${checkoutId}`,
    })
    expect(html).toContain('data-state="confirming"')
    expect(html).not.toContain('Free')
    expect(markup.hydrated).toBe(markup.received)
    await page.locator('.billing-return[data-state="waiting"]').waitFor()
    expect(site.requests).toEqual([])
    await pay(checkoutUrl)
    await badge('Pro')
    expect(await badgeStates()).toEqual(['confirming', 'active'])
    expect(complaints).toEqual([])
  })

  it('an account: what is not prefetched loads on the server, and the browser asks for that alone', async () => {
    purchase('pro', 'account')
    const { html, markup } = await visit({ organizationId: 'account', query: 'content=account&prefetch' })
    expect(html).toContain('$29.00')
    expect(html).toContain('The API')
    expect(html).toContain('Loading your invoices…')
    expect(html).not.toContain('unavailable')
    expect(sorted(markup.hydrated)).toEqual(sorted(markup.received))
    await page.getByRole('table', { name: 'Invoices' }).waitFor()
    await page.locator('.billing-chart[data-state="empty"]').waitFor()
    await page.locator('.billing-seats').waitFor({ state: 'detached' })
    expect(new Set(site.requests)).toEqual(new Set(['GET /orders', 'GET /seats', 'GET /usage/history']))
    expect(complaints).toEqual([])
  })

  it('rendered before midnight, and taken over after it: first as on the server, then as of today', async () => {
    purchase('trial', 'midnight')
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-01-21T23:59:50Z') })
    const { html, markup } = await visit({
      organizationId: 'midnight',
      query: 'content=account&prefetch',
      time: '2026-01-22T00:00:10Z',
    }).finally(() => vi.useRealTimers())
    expect(html).toContain('Your trial ends in 3 days')
    expect(sorted(markup.hydrated)).toEqual(sorted(markup.received))
    await page.getByText('Your trial ends in 2 days').waitFor()
    expect(complaints).toEqual([])
  })

  it('an account, signed out: the price list alone', async () => {
    const { html, markup } = await visit({ query: 'content=account&prefetch' })
    expect(html).toMatch(/<main><div[^>]*class="billing-pricing"/)
    expect(sorted(markup.hydrated)).toEqual(sorted(markup.received))
    await isQuiet()
    expect(site.requests).toEqual([])
  })

  it('a whole billing page, prefetched: what is known is there, and React takes over without a complaint', async () => {
    purchase('pro', 'paged')
    const { html } = await visit({ organizationId: 'paged', query: 'content=page&prefetch' })
    expect(html).toMatch(/>Subscription<\/h2>.*Next payment.*>Usage<\/h2>.*>Plans<\/h2>/s)
    await page.getByRole('table', { name: 'Invoices' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('a whole billing page, signed out: the plans, and no heading of anything else', async () => {
    const { html } = await visit({ query: 'content=page&prefetch' })
    expect(html.match(/<h2[^>]*>[^<]*/g)?.map((heading) => heading.replace(/.*>/, ''))).toEqual(['Plans'])
    expect(complaints).toEqual([])
  })

  describe('with <Suspense>', () => {
    it('prefetched: the server writes the content, and the browser asks nothing', async () => {
      purchase('pro', 'suspended-prefetched')
      const { html, markup } = await visit({
        organizationId: 'suspended-prefetched',
        query: 'content=suspense&prefetch',
      })
      expect(html).toMatch(/Pro(<!-- -->)?: (<!-- -->)?0/)
      expect(html).not.toContain('Loading')
      expect(markup.hydrated).toBe(markup.received)
      await isQuiet()
      expect(site.requests).toEqual([])
      expect(complaints).toEqual([])
    })

    it('not prefetched: the content is streamed after what stands for it', async () => {
      purchase('pro', 'suspended')
      const { html } = await visit({ organizationId: 'suspended', query: 'content=suspense' })
      expect(html.indexOf('Loading the plan')).toBeGreaterThan(0)
      expect(html.search(/Pro(<!-- -->)?: (<!-- -->)?0/)).toBeGreaterThan(html.indexOf('Loading the plan'))
      await page.getByText('Pro: 0').waitFor()
      await page.getByText('Enterprise').waitFor()
      await expect
        .poll(() => new Set(site.requests))
        .toEqual(new Set(['GET /status', 'GET /usage', 'GET /plans']))
      expect(complaints).toEqual([])
    })
  })
})
