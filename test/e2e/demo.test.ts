import type { Browser, Page } from 'playwright'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchBrowser, type RunningDemo, startDemo, visit, type Visitor } from './startDemo.js'

let browser: Browser
let demo: RunningDemo
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

const planName = (page: Page) => page.locator('[data-billing-part="plan-name"]')
const meter = (page: Page) => page.getByRole('meter', { name: 'Characters' })
const upgrade = (page: Page) => page.getByRole('button', { name: 'Upgrade to Pro' })
const manage = (page: Page) => page.getByRole('button', { name: 'Manage billing' })

async function expectPlan(page: Page, name: string): Promise<void> {
  await planName(page).getByText(name, { exact: true }).waitFor()
}

/** Every text that the badge ever shows, from now on and over reloads. */
async function recordBadge({ page }: Visitor): Promise<string[]> {
  const seen: string[] = []
  await page.exposeFunction('reportBadge', (text: string) => seen.push(text))
  await page.addInitScript(() => {
    const report = (globalThis as unknown as { reportBadge: (text: string) => void }).reportBadge
    new MutationObserver(() => {
      const text = document.querySelector('[data-billing-part="plan-name"]')?.textContent
      if (typeof text === 'string') report(text)
    }).observe(document, { subtree: true, childList: true, characterData: true })
  })
  return seen
}

async function openCheckout(page: Page): Promise<void> {
  await upgrade(page).click()
  await page.waitForURL('**/polar/checkout/**')
}

const pay = (page: Page) => page.getByRole('button', { name: /^Pay/ }).click()

describe('the demo', () => {
  let visitor: Visitor
  let page: Page
  beforeEach(async () => {
    demo = await startDemo()
    visitor = await visit(browser, demo.url)
    page = visitor.page
  })
  afterEach(async () => {
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
    await demo.stop()
  })

  it('sells: badge, checkout, webhooks, and the badge turns without a reload', async () => {
    await expectPlan(page, 'Free')
    await meter(page).waitFor()
    expect(await manage(page).count()).toBe(0)
    const seen = await recordBadge(visitor)
    await openCheckout(page)
    await pay(page)
    await page.waitForURL(`${demo.url}/**`)
    await expectPlan(page, 'Pro')
    await page.getByText('You are on Pro').waitFor()
    expect(page.url()).toBe(`${demo.url}/`)
    expect(seen).not.toContain('Free')
    await page.getByRole('button', { name: 'Current plan' }).waitFor()
    await manage(page).waitFor()
  })

  it('a declined card says so, and the next one buys', async () => {
    await openCheckout(page)
    await page.getByRole('checkbox', { name: 'Decline this card' }).check()
    await pay(page)
    await page.getByRole('alert').waitFor()
    expect(await page.getByRole('alert').textContent()).toMatch(/declined/i)
    await page.getByRole('checkbox', { name: 'Decline this card' }).uncheck()
    await pay(page)
    await expectPlan(page, 'Pro')
  })

  it('whoever leaves the checkout has bought nothing', async () => {
    await openCheckout(page)
    await page.goBack()
    await expectPlan(page, 'Free')
    await upgrade(page).waitFor()
    await expect.poll(() => upgrade(page).getAttribute('data-state')).toBe('idle')
  })

  it.each([
    ['the webhook comes late', { delays: { '*': 60_000 } }],
    ['no webhook ever comes', { mode: 'drop' }],
  ])('%s: the page waits, asks, and turns', async (_name, settings) => {
    await demo.control('PATCH /webhooks/settings', settings)
    const seen = await recordBadge(visitor)
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    expect(seen).not.toContain('Free')
  })

  it('the success page without a payment: it says that it is confirming, also after a reload, and turns when it is paid', async () => {
    const { checkoutId, checkoutUrl } = await page.evaluate(async () => {
      const init = {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"planType":"pro"}',
      }
      return (await fetch('/api/billing/checkout', init)).json() as Promise<Record<string, string>>
    })
    const seen = await recordBadge(visitor)
    await page.goto(
      `${demo.url}/?billing=checkout&checkout_id=${checkoutId}&customer_session_token=polar_cst_x`,
    )
    for (const look of ['first', 'after a reload']) {
      await page.getByText('Confirming your purchase…').waitFor()
      await expectPlan(page, 'Confirming…')
      expect(page.url(), look).toBe(`${demo.url}/`)
      expect(await upgrade(page).getAttribute('data-state')).toBe('busy')
      if (look === 'first') await page.reload()
    }
    const other = await visitor.context.newPage()
    await other.goto(checkoutUrl ?? '')
    await pay(other)
    await expectPlan(page, 'Pro')
    await page.getByText('You are on Pro').waitFor()
    expect(seen).not.toContain('Free')
    await page.reload()
    await expectPlan(page, 'Pro')
    expect(await page.getByText('You are on Pro').count()).toBe(0)
  })

  it('Polar is down while the page loads: nothing reads as free, and the page heals', async () => {
    await demo.control('POST /faults/down')
    const seen = await recordBadge(visitor)
    await demo.control('POST /clock/advance', { minutes: 5 })
    const fresh = await startDemo()
    await fresh.control('POST /faults/down')
    await page.goto(fresh.url)
    await expectPlan(page, 'Plan unavailable')
    await page.getByText('Unavailable', { exact: true }).waitFor()
    expect(seen).not.toContain('Free')
    await fresh.control('DELETE /faults')
    await expectPlan(page, 'Free')
    await meter(page).waitFor()
    await fresh.stop()
  })

  it('Polar goes down while something is known: the last known plan, marked as such', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await demo.control('POST /faults/down')
    await demo.control('POST /clock/advance', { minutes: 5 })
    await page.reload()
    await expectPlan(page, 'Pro')
    await page.getByText('Last known', { exact: true }).waitFor()
  })

  it('counts usage: pending at once, then confirmed, then its cost', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await page.getByRole('textbox', { name: 'Text' }).fill('x'.repeat(20_000))
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect.poll(() => meter(page).getAttribute('aria-valuenow')).toBe('20000')
    expect(await meter(page).getAttribute('aria-valuetext')).toContain('20,000 pending')
    // The emulator's meters follow after three seconds; the page looks again by itself.
    await expect
      .poll(() => meter(page).getAttribute('aria-valuetext'), { timeout: 30_000 })
      .not.toContain('pending')
    expect(await meter(page).getAttribute('aria-valuenow')).toBe('20000')
    await expect.poll(() => page.locator('.cost').textContent(), { timeout: 30_000 }).toContain('$3.00')
    const { events } = (await demo.control('GET /events')) as { events: { name: string; metadata: object }[] }
    expect(events).toMatchObject([{ name: 'tts_generation', metadata: { characters: 20_000 } }])
  })

  it('the billing page: changes to a year for what was estimated, cancels with a reason, and keeps it', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await page.getByRole('link', { name: 'Billing' }).click()
    const section = (name: string) => page.locator(`[data-section="${name}"]`)
    await section('plans').getByText('Yearly').click()
    await section('plans').getByRole('button', { name: 'Switch to yearly' }).click()
    const change = page.getByRole('dialog', { name: 'Switch to yearly' })
    // Ten months for twelve, less the month that was paid for a moment ago.
    const due = change.locator('div', { has: page.getByText('Due today', { exact: true }) }).last()
    await due.getByText(/^\$26\d\.\d\d$/).waitFor()
    const estimated = await due.getByText(/^\$26\d\.\d\d$/).textContent()
    await change.getByRole('button', { name: 'Change now' }).click()
    await page.getByText('You are on Pro now.').waitFor()
    await section('subscription').getByText('$290.00 per year').waitFor()
    await section('invoices')
      .getByRole('row')
      .getByText(estimated ?? '', { exact: true })
      .waitFor()

    await section('subscription').getByRole('button', { name: 'Cancel plan' }).click()
    const cancel = page.getByRole('dialog', { name: 'Cancel Pro?' })
    await cancel.getByRole('radio', { name: 'It is too expensive' }).check()
    await cancel.getByRole('button', { name: 'Cancel plan' }).click()
    await page.locator('.billing-banner[data-state="cancel_scheduled"]').waitFor()
    const [subscription] = (await demo.control('GET /subscriptions')) as object[]
    expect(subscription).toMatchObject({
      cancel_at_period_end: true,
      customer_cancellation_reason: 'too_expensive',
    })
    await section('subscription').getByRole('button', { name: 'Keep plan' }).click()
    await section('subscription').getByRole('button', { name: 'Cancel plan' }).waitFor()
    await expect.poll(() => page.locator('.billing-banner').count()).toBe(0)
  })

  it('the portal: what is canceled and resumed there shows on the way back', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await manage(page).click()
    await page.getByRole('button', { name: 'Cancel subscription' }).click()
    await page.getByRole('button', { name: 'Resume subscription' }).waitFor()
    await page.getByRole('link', { name: /^Back to/ }).click()
    await page.getByText(/^Cancels on \w+ \d+, \d{4}$/).waitFor()
    await manage(page).click()
    await page.getByRole('button', { name: 'Resume subscription' }).click()
    await page.getByRole('link', { name: /^Back to/ }).click()
    await expectPlan(page, 'Pro')
    expect(await page.getByText(/^Cancels on/).count()).toBe(0)
  })

  it('the portal in another tab: focus shows what was done there, without any webhook', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await demo.control('PATCH /webhooks/settings', { mode: 'drop' })
    const other = await visitor.context.newPage()
    await other.goto(demo.url)
    await manage(other).click()
    await other.getByRole('button', { name: 'Cancel subscription' }).click()
    await other.getByRole('button', { name: 'Resume subscription' }).waitFor()
    await expect
      .poll(async () => {
        await page.evaluate(() => window.dispatchEvent(new Event('focus')))
        return page.getByText(/^Cancels on/).count()
      })
      .toBe(1)
  })

  it('live: what is done in one tab shows in the others, over one stream, also when its tab is closed', async () => {
    await page.addInitScript(() =>
      addEventListener('focus', (event) => event.stopImmediatePropagation(), { capture: true }),
    )
    await page.goto('about:blank')
    await Promise.all([page.waitForResponse('**/api/billing/events'), page.goto(demo.url)])
    await expectPlan(page, 'Free')
    let streams = 0
    visitor.context.on('request', (request) => {
      if (request.url().endsWith('/api/billing/events')) streams += 1
    })
    const other = await visitor.context.newPage()
    await other.goto(demo.url)
    await openCheckout(other)
    await pay(other)
    await expectPlan(page, 'Pro')
    await expectPlan(other, 'Pro')
    expect(streams).toBe(0)
    const third = await visitor.context.newPage()
    await third.goto(demo.url)
    await expectPlan(third, 'Pro')
    await page.close()
    await expect.poll(() => streams).toBe(1)
    await manage(other).click()
    await other.getByRole('button', { name: 'Cancel subscription' }).click()
    await third.getByText(/^Cancels on/).waitFor()
  })

  it('back out of the portal: the page comes from the cache, its button is free again, and it is up to date', async () => {
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await manage(page).click()
    await page.getByRole('button', { name: 'Cancel subscription' }).click()
    await page.getByRole('button', { name: 'Resume subscription' }).waitFor()
    await page.evaluate(() => history.go(-2))
    await page.getByText(/^Cancels on/).waitFor()
    await expect.poll(() => manage(page).getAttribute('data-state')).toBe('idle')
  })

  it(
    'killed and started again on another port: still Pro, usage counted once',
    { timeout: 240_000 },
    async () => {
      await openCheckout(page)
      await pay(page)
      await expectPlan(page, 'Pro')
      await page.getByRole('textbox', { name: 'Text' }).fill('x'.repeat(12_000))
      await page.getByRole('button', { name: 'Generate' }).click()
      await expect.poll(() => meter(page).getAttribute('aria-valuenow')).toBe('12000')
      await demo.kill()
      const again = await startDemo(demo.env)
      expect(again.url).not.toBe(demo.url)
      await page.goto(again.url)
      await expectPlan(page, 'Pro')
      // Polar itself remembers: what was known before is too old by now.
      await again.control('POST /clock/advance', { minutes: 5 })
      await page.reload()
      await expectPlan(page, 'Pro')
      expect(await page.getByText('Last known', { exact: true }).count()).toBe(0)
      // An event that was being delivered counts twice on the page, and is not sent again, until its lease has ended.
      const afterLease = { timeout: 120_000 }
      await expect.poll(() => again.control('GET /events'), afterLease).toMatchObject({ count: 1 })
      await expect.poll(() => meter(page).getAttribute('aria-valuenow'), afterLease).toBe('12000')
      // Polar is away from the beginning: what is shown comes from the database.
      await again.kill()
      const third = await startDemo(demo.env)
      await third.control('POST /faults/down')
      await third.control('POST /clock/advance', { minutes: 5 })
      await page.goto(third.url)
      await expectPlan(page, 'Pro')
      await page.getByText('Last known', { exact: true }).waitFor()
      await third.stop()
    },
  )

  it('a reset of the emulator resets the billing server too, and webhooks go on', async () => {
    await demo.control('POST /clock/advance', { days: 40 })
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await demo.control('POST /reset')
    await page.reload()
    await expectPlan(page, 'Free')
    await openCheckout(page)
    await pay(page)
    await expectPlan(page, 'Pro')
    await expect
      .poll(async () => {
        const webhooks = (await demo.control('GET /webhooks')) as { succeeded: boolean | null }[]
        return webhooks.length > 0 && webhooks.every(({ succeeded }) => succeeded === true)
      })
      .toBe(true)
  })

  it('a browser whose language is no language tag: the page is there', async () => {
    const context = await browser.newContext()
    await context.addInitScript(() =>
      Object.defineProperty(navigator, 'language', { value: 'en-US@posix', configurable: true }),
    )
    const odd = await context.newPage()
    const problems: string[] = []
    odd.on('pageerror', (error) => problems.push(String(error)))
    await odd.goto(demo.url)
    await odd.locator('.cost').waitFor()
    await expectPlan(odd, 'Free')
    expect(problems).toEqual([])
    await context.close()
  })

  it('forced colours: what a button says can be read', async () => {
    await upgrade(page).waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ forcedColors: 'active', colorScheme })
      const [text, ground] = await upgrade(page).evaluate((button) => {
        const { color, backgroundColor } = getComputedStyle(button)
        return [color, backgroundColor]
      })
      expect(text).not.toBe(ground)
    }
  })

  it('over tRPC: the same page', async () => {
    await page.goto(`${demo.url}/?transport=trpc`)
    await expectPlan(page, 'Free')
    await openCheckout(page)
    await Promise.all([page.waitForRequest(/\/api\/trpc\/billing\./), pay(page)])
    await expectPlan(page, 'Pro')
    await meter(page).waitFor()
  })
})
