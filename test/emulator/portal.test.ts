import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, listen, portalForm, startEmulator, submit } from './startEmulator.js'

const { pro } = sampleCatalog.products

describe('customer portal', () => {
  let running: Running
  let id: string
  let url: string

  beforeEach(async () => {
    running = await startEmulator({ basePath: '/polar' })
    const { controls } = running.emulator
    id = controls.purchase({ external_customer_id: 'org_1', product_id: pro.id }).subscription_id ?? ''
    await controls.settle()
    url = await open()
  })
  afterEach(() => running.close())

  const open = async (return_url: string | null = 'http://localhost:4242/billing'): Promise<string> => {
    const session = await running.polar.customerSessions.create({ external_customer_id: 'org_1', return_url })
    return session.customer_portal_url
  }
  const page = async () => (await fetch(url)).text()
  const button = (name: string) => new RegExp(String.raw`<button[^>]*>${name}</button>`)
  const events = async (): Promise<string[]> => {
    await running.emulator.controls.settle()
    const types = running.receiver.types('customer.state_changed')
    running.receiver.clear()
    return types
  }

  it('is opened by a session that lasts an hour', async () => {
    const { polar, emulator, baseUrl } = running
    const session = await polar.customerSessions.create({ external_customer_id: 'org_1' })
    expect(session).toMatchObject({
      token: expect.stringMatching(/^polar_mst_/),
      expires_at: '2026-01-10T13:00:01Z',
      return_url: null,
      customer: { external_id: 'org_1' },
    })
    expect(session.customer_portal_url).toContain(
      `${baseUrl}/acme/portal?customer_session_token=${session.token}`,
    )
    await emulator.controls.advanceClock({ hours: 1 })
    const late = await fetch(session.customer_portal_url)
    expect(late.status).toBe(401)
    expect(await late.text()).toContain('This link has expired')
    expect((await fetch(`${baseUrl}/acme/portal`)).status).toBe(401)
  })

  it('is refused with 422 for an unknown customer', async () => {
    await expect(
      running.polar.customerSessions.create({ external_customer_id: 'nobody' }),
    ).rejects.toMatchObject({
      statusCode: 422,
      error: {
        error: 'PolarRequestValidationError',
        detail: [{ loc: ['body', 'external_customer_id'], msg: 'Customer does not exist.' }],
      },
    })
  })

  it('shows subscription, usage, orders and the way back', async () => {
    const { polar, emulator } = running
    await polar.events.ingest({
      events: [{ name: 'tts_generation', external_customer_id: 'org_1', metadata: { characters: 12_000 } }],
    })
    await emulator.controls.settle()
    const html = await page()
    expect(html).toContain('$29.00')
    expect(html).toContain('Renews on February 10, 2026')
    expect(html).toMatch(/12,000 used\s*<span class="muted">of 10,000 included, \$0\.60 so far/)
    expect(html).toContain('<a href="http://localhost:4242/billing">Back to localhost:4242</a>')
    url = await open(null)
    expect(await page()).not.toContain('Back to')
  })

  it('cancels and resumes', async () => {
    listen(running)
    const canceled = await portalForm(url, `/subscriptions/${id}/cancel`)
    expect(canceled.status).toBe(303)
    expect(await events()).toEqual(['subscription.updated', 'subscription.canceled'])
    const html = await page()
    expect(html).toContain('Cancels on February 10, 2026')
    expect(html).toMatch(button('Resume subscription'))
    expect(html).not.toMatch(button('Cancel subscription'))
    await portalForm(url, `/subscriptions/${id}/resume`)
    expect(await events()).toEqual(['subscription.updated', 'subscription.uncanceled'])
    expect(await page()).toMatch(button('Cancel subscription'))
  })

  it('ends a pause, planned or in force', async () => {
    const { polar, emulator } = running
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    expect(await page()).toContain('Pauses on February 10, 2026')
    await portalForm(url, `/subscriptions/${id}/resume`)
    expect(await polar.subscriptions.get(id)).toMatchObject({ pause_at_period_end: false })
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    await emulator.controls.advanceClock({ days: 31 })
    url = await open()
    expect(await page()).toContain('paused')
    await portalForm(url, `/subscriptions/${id}/resume`)
    expect(await polar.subscriptions.get(id)).toMatchObject({ status: 'active' })
  })

  it('changes the card: a bad one fails the renewal, a good one pays it at once', async () => {
    const { polar, emulator } = running
    await portalForm(url, '/card', { decline: '1' })
    await emulator.controls.advanceClock({ days: 31 })
    expect(await polar.subscriptions.get(id)).toMatchObject({ status: 'past_due' })
    url = await open()
    expect(await page()).toContain('The last payment failed')
    listen(running)
    await portalForm(url, '/card')
    expect(await events()).toEqual([
      'subscription.updated',
      'subscription.active',
      'order.updated',
      'order.paid',
      'benefit_grant.created',
      'benefit_grant.created',
    ])
    expect(await polar.subscriptions.get(id)).toMatchObject({ status: 'active' })
  })

  it('generates invoices', async () => {
    const { polar } = running
    const [order] = (await polar.orders.list({})).items
    expect(await page()).toMatch(button('Generate invoice'))
    await portalForm(url, `/orders/${order?.id}/invoice`)
    const link = /<a href="([^"]+)">Invoice<\/a>/.exec(await page())?.[1] ?? ''
    const invoice = await (await fetch(link)).text()
    expect(invoice).toContain(order?.invoice_number)
    expect(invoice).toContain('$29.00')
  })

  it('lets nobody act for another customer', async () => {
    const { emulator, polar } = running
    const other = emulator.controls.purchase({ external_customer_id: 'org_2', product_id: pro.id })
    await portalForm(url, `/subscriptions/${other.subscription_id}/cancel`)
    expect(await polar.subscriptions.get(other.subscription_id ?? '')).toMatchObject({
      cancel_at_period_end: false,
    })
    const target = new URL(url)
    const forged = await submit(`${target.origin}${target.pathname}/subscriptions/${id}/cancel`, {
      customer_session_token: 'polar_mst_forged',
    })
    expect(forged.status).toBe(401)
  })

  it('is neither cached nor named to others', async () => {
    const response = await fetch(url)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await response.text()).toContain('Local Polar emulator')
  })
})
