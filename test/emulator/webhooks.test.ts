import { webhooks } from '@polar-sh/sdk/2026-10'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Received, type Running, startEmulator, startReceiver } from './startEmulator.js'

const { pro } = sampleCatalog.products

interface Changed {
  created_at: string
  modified_at: string | null
  cancel_at_period_end: boolean
}

/** With microseconds, of which a `Date` knows nothing. */
const inTime = (a: string, b: string): number => digits(a) - digits(b)
const digits = (moment: string): number =>
  Date.parse(moment) * 1_000 + Number(/\.\d{3}(\d{3})/.exec(moment)?.[1] ?? 0)

describe('webhooks', () => {
  let running: Running

  beforeEach(async () => {
    running = await startEmulator()
  })
  afterEach(() => running.close())

  const add = (input: object = {}) =>
    running.emulator.controls.addWebhookEndpoint({ url: running.receiver.url, ...input })
  const newCustomer = (id: string) =>
    running.polar.customers.create({ email: `${id}@example.com`, external_id: id })
  const validate = ({ body, headers }: Received, secret: string) =>
    webhooks.validateEvent(body, headers, secret)

  describe('signatures', () => {
    it('verify in the standard style with a generated secret', async () => {
      const { secret, signature } = add({ events: ['customer.created'] })
      expect(secret).toMatch(/^whsec_[0-9A-Za-z]{43}$/)
      expect(signature).toBe('standard')
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      const [delivery] = running.receiver.received
      expect(delivery?.headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'polar.sh webhooks',
        'webhook-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'webhook-signature': expect.stringMatching(/^v1,/),
      })
      const payload = await validate(delivery as Received, secret)
      expect(payload).toMatchObject({
        type: 'customer.created',
        timestamp: '2026-01-10T12:00:00Z',
        api_version: '2026-10',
        data: { external_id: 'org_1' },
      })
    })

    it('verify in the old style with a secret of one’s own', async () => {
      const { signature } = add({ secret: 'my secret', events: ['customer.created'] })
      expect(signature).toBe('legacy')
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      const delivery = running.receiver.received[0] as Received
      expect(await validate(delivery, 'my secret')).toMatchObject({ type: 'customer.created' })
      await expect(validate(delivery, 'another secret')).rejects.toThrow()
    })

    it('differ between the styles for the same secret', async () => {
      const { secret } = add({ events: ['customer.created'] })
      add({ secret, signature: 'legacy', events: ['customer.created'] })
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      const [first, second] = running.receiver.received as [Received, Received]
      expect(await validate(first, secret)).toBeDefined()
      expect(await validate(second, secret)).toBeDefined()
      expect(first.headers['webhook-id']).not.toBe(second.headers['webhook-id'])
      expect(() => add({ secret: 'not base64!', signature: 'standard' })).toThrow('whsec_')
    })

    it('are made with real time while the payload has the emulator’s', async () => {
      const { secret } = add({ events: ['subscription.cycled'] })
      running.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      await running.emulator.controls.advanceClock({ days: 31 })
      const payload = await validate(running.receiver.received[0] as Received, secret)
      expect(payload.timestamp).toBe('2026-02-10T12:00:00Z')
    })
  })

  describe('delivery', () => {
    it('goes to those who asked for the type', async () => {
      add({ events: ['customer.created'] })
      add({ events: ['customer.updated'] })
      add({ enabled: false })
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      expect(running.receiver.types()).toEqual(['customer.created'])
    })

    it('is tried ten times with the same id and then given up', async () => {
      add({ events: ['customer.created'] })
      running.receiver.answer(500)
      await newCustomer('org_1')
      await running.emulator.controls.advanceClock({ hours: 1 })
      const ids = running.receiver.received.map(({ headers }) => headers['webhook-id'])
      expect(ids).toHaveLength(10)
      expect(new Set(ids).size).toBe(1)
      expect(running.emulator.controls.listWebhooks()).toMatchObject([
        { attempts: 10, succeeded: false, last_http_code: 500 },
      ])
      const deliveries = await running.polar.webhooks.listWebhookDeliveries({})
      expect(deliveries.pagination.total_count).toBe(10)
      expect(deliveries.items[0]).toMatchObject({ succeeded: false, http_code: 500 })
    })

    it('takes longer and longer between the attempts', async () => {
      add({ events: ['customer.created'] })
      running.receiver.answer(500)
      await newCustomer('org_1')
      await running.emulator.controls.advanceClock({ seconds: 1 })
      expect(running.receiver.received).toHaveLength(1)
      await running.emulator.controls.advanceClock({ seconds: 3 })
      expect(running.receiver.received).toHaveLength(2)
      await running.emulator.controls.advanceClock({ minutes: 16 })
      expect(running.receiver.received.length).toBeLessThan(10)
    })

    it('counts a redirect as a failure and recovers', async () => {
      add({ events: ['customer.created'] })
      running.receiver.answer(302)
      await newCustomer('org_1')
      await running.emulator.controls.advanceClock({ seconds: 1 })
      running.receiver.answer(200)
      await running.emulator.controls.advanceClock({ seconds: 5 })
      expect(running.emulator.controls.listWebhooks()).toMatchObject([{ attempts: 2, succeeded: true }])
    })

    it('gives up on a receiver that does not answer in time', async () => {
      const { emulator, receiver } = running
      add({ events: ['customer.created'] })
      emulator.controls.setWebhookSettings({ timeoutMs: 50 })
      receiver.answer(0)
      await newCustomer('org_1')
      await emulator.controls.advanceClock({ ms: 1 })
      expect(emulator.controls.listWebhooks()).toMatchObject([
        { attempts: 1, succeeded: null, last_http_code: null },
      ])
    })

    it('lets later events pass one that failed, but not one that was never tried', async () => {
      add({ events: ['customer.created', 'customer.updated'] })
      running.receiver.answer(500)
      const { id } = await newCustomer('org_1')
      await running.emulator.controls.advanceClock({ seconds: 1 })
      running.receiver.answer(200)
      await running.polar.customers.update(id, { name: 'Ada' })
      await running.emulator.controls.advanceClock({ seconds: 5 })
      expect(running.receiver.types()).toEqual(['customer.created', 'customer.updated', 'customer.created'])
    })

    it('turns an endpoint off after ten failed events and skips the rest', async () => {
      const { id } = add({ events: ['customer.created'] })
      running.receiver.answer(500)
      for (let count = 0; count < 10; count += 1) await newCustomer(`org_${count}`)
      await running.emulator.controls.advanceClock({ minutes: 10 })
      await newCustomer('late')
      await running.emulator.controls.advanceClock({ hours: 2 })
      expect(await running.polar.webhooks.getWebhookEndpoint(id)).toMatchObject({ enabled: false })
      expect(running.emulator.controls.listWebhooks().at(-1)).toMatchObject({
        skipped: true,
        succeeded: null,
      })
      running.receiver.answer(200)
      await newCustomer('too_late')
      await running.emulator.controls.settle()
      expect(running.emulator.controls.listWebhooks()).toHaveLength(11)
      await running.polar.webhooks.updateWebhookEndpoint(id, { enabled: true })
      await newCustomer('in_time')
      await running.emulator.controls.settle()
      expect(running.receiver.received.at(-1)?.data).toMatchObject({ external_id: 'in_time' })
    })

    it('is repeated on request with the same id and a fresh signature', async () => {
      const { secret } = add({ events: ['customer.created'] })
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      const [first] = running.receiver.received as [Received]
      const eventId = first.headers['webhook-id'] ?? ''
      await running.polar.webhooks.redeliverWebhookEvent(eventId)
      await running.emulator.controls.settle()
      running.emulator.controls.redeliverWebhook({ id: eventId })
      await running.emulator.controls.settle()
      expect(running.receiver.received).toHaveLength(3)
      for (const delivery of running.receiver.received) {
        expect(delivery.headers['webhook-id']).toBe(eventId)
        expect(delivery.body).toBe(first.body)
        expect(await validate(delivery, secret)).toBeDefined()
      }
    })

    it('stays a success when it is repeated in vain', async () => {
      const { emulator, receiver } = running
      add({ events: ['customer.created'] })
      await newCustomer('org_1')
      await emulator.controls.settle()
      const [{ id } = { id: '' }] = emulator.controls.listWebhooks()
      receiver.answer(500)
      emulator.controls.redeliverWebhook({ id })
      await emulator.controls.advanceClock({ hours: 2 })
      expect(receiver.received).toHaveLength(11)
      expect(emulator.controls.listWebhooks()).toMatchObject([{ succeeded: true, attempts: 11 }])
    })

    it('is repeated for what was lost', async () => {
      const { emulator, receiver } = running
      add({ events: ['customer.created'] })
      emulator.controls.setWebhookSettings({ mode: 'drop' })
      await newCustomer('org_1')
      emulator.controls.setWebhookSettings({ mode: 'deliver' })
      const [{ id, skipped } = { id: '', skipped: false }] = emulator.controls.listWebhooks()
      expect(skipped).toBe(true)
      receiver.answer(500)
      emulator.controls.redeliverWebhook({ id })
      await emulator.controls.settle({ seconds: 0 })
      receiver.answer(200)
      await emulator.controls.advanceClock({ minutes: 1 })
      expect(emulator.controls.listWebhooks()).toMatchObject([{ succeeded: true, skipped: false }])
    })

    it('ends when the endpoint is disabled', async () => {
      const { emulator, receiver, polar } = running
      const { id } = add({ events: ['customer.created'] })
      receiver.answer(500)
      await newCustomer('org_1')
      await emulator.controls.settle({ seconds: 0 })
      await polar.webhooks.updateWebhookEndpoint(id, { enabled: false })
      await emulator.controls.advanceClock({ hours: 2 })
      expect(receiver.received).toHaveLength(1)
      const [event] = emulator.controls.listWebhooks()
      expect(event).toMatchObject({ skipped: true, succeeded: null })
      emulator.controls.redeliverWebhook({ id: event?.id ?? '' })
      await emulator.controls.settle()
      expect(receiver.received).toHaveLength(1)
    })

    it('comes again after the same time in every run of a frozen clock', async () => {
      const { emulator, receiver } = running
      receiver.answer(500)
      for (let run = 0; run < 5; run += 1) {
        emulator.controls.reset()
        add({ events: ['customer.created'] })
        receiver.clear()
        await newCustomer('org_1')
        await emulator.controls.advanceClock({ ms: 2_999 })
        expect(receiver.received).toHaveLength(1)
        await emulator.controls.advanceClock({ ms: 1 })
        expect(receiver.received).toHaveLength(2)
      }
    })

    it('is forgotten in the end', async () => {
      const { emulator, polar } = running
      add({ events: ['customer.updated'] })
      const { id } = await newCustomer('org_1')
      emulator.controls.setWebhookSettings({ mode: 'drop' })
      const update = () =>
        emulator.fetch(
          new Request(`http://polar.test/v1/customers/${id}`, {
            method: 'PATCH',
            headers: { authorization: 'Bearer polar_oat_test' },
            body: '{}',
          }),
        )
      for (let count = 0; count < 5_600; count += 1) await update()
      expect(emulator.controls.listWebhooks().length).toBeLessThanOrEqual(5_500)
      expect((await polar.webhooks.listWebhookDeliveries({})).items).toEqual([])
    })

    it('tells which is the later one of two events, or of two states, of one moment', async () => {
      add()
      const { controls } = running.emulator
      const { subscription_id } = controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      const id = subscription_id ?? ''
      await running.polar.subscriptions.update(id, { cancel_at_period_end: true })
      await running.polar.subscriptions.update(id, { cancel_at_period_end: false })
      const envelopes = controls
        .listWebhooks()
        .map(({ payload }) => JSON.parse(payload) as { type: string; timestamp: string; data: Changed })
      const times = envelopes.map(({ timestamp }) => timestamp)
      expect(times).toEqual([...new Set(times)].toSorted(inTime))
      const states = envelopes.filter(({ type }) => type.startsWith('subscription.')).map(({ data }) => data)
      const changes = states.map(({ created_at, modified_at }) => modified_at ?? created_at)
      expect(changes).toEqual(changes.toSorted(inTime))
      const planned = new Map(states.map((state, index) => [changes[index], state.cancel_at_period_end]))
      expect([...planned.values()]).toEqual([false, true, false])
    })

    it('announces a burst of changes as one state change', async () => {
      add({ events: ['customer.state_changed'] })
      running.emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      await running.emulator.controls.settle()
      // One at once for the new customer, still without a subscription, and one for everything after it.
      expect(
        running.receiver.received.map(({ data }) => (data.active_subscriptions as unknown[]).length),
      ).toEqual([0, 1])
    })

    it('waits for the state change five times its delay at most', async () => {
      const { polar, emulator, receiver } = running
      const { subscription_id } = emulator.controls.purchase({
        external_customer_id: 'org_1',
        product_id: pro.id,
      })
      await emulator.controls.settle()
      add({ events: ['customer.state_changed'] })
      for (let step = 0; step < 8; step += 1) {
        await polar.subscriptions.update(subscription_id ?? '', { metadata: { step } })
        await emulator.controls.advanceClock({ ms: 700 })
      }
      expect(receiver.received).toHaveLength(1)
    })
  })

  describe('made worse on demand', () => {
    it('holds types back', async () => {
      const { emulator, receiver } = running
      add({ events: ['checkout.updated', 'order.paid', 'subscription.active'] })
      emulator.controls.setWebhookSettings({ delays: { 'checkout.updated': 60_000, '*': 1_000 } })
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      await emulator.controls.advanceClock({ ms: 999 })
      expect(receiver.types()).toEqual([])
      await emulator.controls.advanceClock({ seconds: 2 })
      expect(receiver.types()).toEqual(['subscription.active', 'order.paid'])
      await emulator.controls.advanceClock({ minutes: 1 })
      expect(receiver.types()).toEqual([
        'subscription.active',
        'order.paid',
        'checkout.updated',
        'checkout.updated',
      ])
    })

    it('duplicates and reorders', async () => {
      const { emulator, receiver } = running
      add({ events: ['subscription.created', 'subscription.active', 'order.paid'] })
      emulator.controls.setWebhookSettings({ duplicate: true, reorder: true })
      emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
      await emulator.controls.settle()
      expect(receiver.types()).toEqual([
        'order.paid',
        'order.paid',
        'subscription.active',
        'subscription.active',
        'subscription.created',
        'subscription.created',
      ])
      const [first, second] = receiver.received
      expect(first?.headers['webhook-id']).toBe(second?.headers['webhook-id'])
    })

    it('pauses and loses', async () => {
      const { emulator, receiver } = running
      add({ events: ['customer.created'] })
      emulator.controls.setWebhookSettings({ mode: 'pause' })
      await newCustomer('org_1')
      await emulator.controls.advanceClock({ hours: 1 })
      expect(receiver.received).toEqual([])
      emulator.controls.setWebhookSettings({ mode: 'drop' })
      await newCustomer('org_2')
      emulator.controls.setWebhookSettings({ mode: 'deliver' })
      await emulator.controls.settle()
      expect(receiver.received.map(({ data }) => data.external_id)).toEqual(['org_1'])
    })

    it('retries without waiting when time is scaled to nothing', async () => {
      add({ events: ['customer.created'] })
      running.receiver.answer(500)
      running.emulator.controls.setWebhookSettings({ retryTimeScale: 0 })
      await newCustomer('org_1')
      await running.emulator.controls.settle()
      expect(running.receiver.received).toHaveLength(10)
    })

    it('sends whatever it is told, signed', async () => {
      const { secret } = add()
      running.emulator.controls.sendWebhook({ type: 'future.event', data: { a: 1 } })
      running.emulator.controls.sendWebhook({ body: 'not json' })
      await running.emulator.controls.settle()
      const [unknown, broken] = running.receiver.received as [Received, Received]
      await expect(validate(unknown, secret)).rejects.toMatchObject({ name: 'PolarWebhookUnknownTypeError' })
      expect(broken.body).toBe('not json')
      await expect(validate(broken, secret)).rejects.toMatchObject({ name: 'PolarWebhookError' })
    })
  })

  it('are managed through the SDK', async () => {
    const { polar, emulator } = running
    const other = await startReceiver()
    const created = await polar.webhooks.createWebhookEndpoint({
      url: other.url,
      format: 'raw',
      events: ['customer.created'],
      api_version: '2026-10',
    })
    expect(created).toMatchObject({
      enabled: true,
      uses_standard_webhook_signature: true,
      api_version: '2026-10',
    })
    const rotated = await polar.webhooks.resetWebhookEndpointSecret(created.id)
    expect(rotated.secret).not.toBe(created.secret)
    await newCustomer('org_1')
    await emulator.controls.settle()
    expect(await validate(other.received[0] as Received, rotated.secret)).toBeDefined()
    expect((await polar.webhooks.listWebhookEndpoints({})).items).toHaveLength(1)
    const old = { url: other.url, format: 'raw' } as const
    expect(await polar.webhooks.createWebhookEndpoint({ ...old, events: [] })).toMatchObject({
      api_version: '2026-04',
    })
    await polar.webhooks.deleteWebhookEndpoint(created.id)
    await newCustomer('org_2')
    await emulator.controls.settle()
    expect(other.received).toHaveLength(1)
    await expect(polar.webhooks.getWebhookEndpoint(created.id)).rejects.toMatchObject({ statusCode: 404 })
    await other.close()
  })
})
