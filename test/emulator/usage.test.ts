import { errors } from '@polar-sh/sdk/2026-10'
import { type EmulatorCatalog, sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { free, pro } = sampleCatalog.products
const METER = sampleCatalog.meters.characters.id

describe('usage', () => {
  let running: Running
  const start = async (options = {}): Promise<Running> => {
    running = await startEmulator(options)
    return running
  }
  const generate = (characters: unknown, rest: object = {}) => ({
    name: 'tts_generation',
    external_customer_id: 'org_1',
    metadata: { characters: characters as number },
    ...rest,
  })
  const buy = (product_id: string = pro.id) =>
    running.emulator.controls.purchase({ external_customer_id: 'org_1', product_id })
  const state = () => running.polar.customers.getStateExternal('org_1')

  afterEach(() => running.close())

  describe('ingesting', () => {
    it('stores events once for each external id, also within a batch', async () => {
      const { polar, emulator } = await start()
      const events = [generate(1, { external_id: 'a' }), generate(2, { external_id: 'a' }), generate(3)]
      expect(await polar.events.ingest({ events })).toEqual({ inserted: 2, duplicates: 1 })
      expect(await polar.events.ingest({ events })).toEqual({ inserted: 1, duplicates: 2 })
      const dump = emulator.controls.listEvents({ external_customer_id: 'org_1' })
      expect(dump.count).toBe(3)
      expect(dump.events[0]).toMatchObject({
        external_id: 'a',
        metadata: { characters: 1 },
        timestamp: '2026-01-10T12:00:00Z',
      })
    })

    it('refuses the whole batch for one bad event', async () => {
      const { polar, emulator } = await start()
      const future = polar.events.ingest({
        events: [generate(1), generate(2, { timestamp: '2026-01-10T12:00:00.001Z' })],
      })
      await expect(future).rejects.toBeInstanceOf(errors.HTTPValidationError)
      await expect(future).rejects.toMatchObject({
        error: { detail: [{ loc: ['body', 'events', 1, 'timestamp'] }] },
      })
      expect(emulator.controls.listEvents().count).toBe(0)
    })

    it('says which event is bad and why', async () => {
      const { baseUrl } = await start()
      const nobody = '00000000-0000-4000-8000-0000000000ff'
      const ingest = async (event: object) => {
        const response = await fetch(`${baseUrl}/v1/events/ingest`, {
          method: 'POST',
          headers: { authorization: 'Bearer polar_oat_test' },
          body: JSON.stringify({ events: [event] }),
        })
        expect(response.status).toBe(422)
        const { detail } = (await response.json()) as { detail: { loc: unknown[]; msg: string }[] }
        return `${String(detail[0]?.loc.at(-1))}: ${detail[0]?.msg}`
      }
      const named = { name: 'x', external_customer_id: 'a' }
      expect(await ingest({ name: 'x', customer_id: nobody })).toBe('customer_id: Customer not found.')
      expect(await ingest({ external_customer_id: 'a' })).toBe('name: Field required')
      expect(await ingest({ name: 'x' })).toContain('Exactly one of')
      expect(await ingest({ ...named, metadata: { key: '' } })).toContain('key: ')
      expect(await ingest({ ...named, timestamp: '2026-01-01T00:00:00' })).toContain('timezone')
      expect(await ingest({ ...named, parent_id: 'unknown' })).toBe('parent_id: Parent event not found.')
    })

    it('takes an external id that nobody has yet and gives its usage to the customer who comes', async () => {
      const { polar, emulator } = await start()
      await polar.events.ingest({ events: [generate(700)] })
      await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
      await emulator.controls.settle()
      expect(await state()).toMatchObject({
        first_user_event_at: '2026-01-10T12:00:00Z',
        active_meters: [{ meter_id: METER, consumed_units: 700, credited_units: 0, balance: -700 }],
      })
      const listed = await polar.events.list({ external_customer_id: 'org_1', source: 'user' })
      expect(listed.items).toMatchObject([
        { customer: { external_id: 'org_1' }, metadata: { characters: 700 } },
      ])
    })

    it('does not add up numbers that were sent as text', async () => {
      const { polar, emulator } = await start()
      buy()
      await polar.events.ingest({ events: [generate('500'), generate(20)] })
      await emulator.controls.settle()
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 20 }])
    })

    it('lists events and parents', async () => {
      const { polar, emulator } = await start()
      buy()
      await polar.events.ingest({
        events: [generate(5, { external_id: 'parent' }), { name: 'other', external_customer_id: 'org_1' }],
      })
      await emulator.controls.advanceClock({ minutes: 1 })
      await polar.events.ingest({ events: [generate(7, { parent_id: 'parent' })] })
      const users = await polar.events.list({ source: 'user', limit: 100 })
      expect(users.items.map(({ name }) => name)).toEqual(['tts_generation', 'other', 'tts_generation'])
      expect(users.items.at(-1)).toMatchObject({ child_count: 1 })
      const [child] = users.items
      expect(await polar.events.get(child?.id ?? '')).toMatchObject({ parent_id: users.items.at(-1)?.id })
      expect((await polar.events.list({ meter_id: METER })).items).toHaveLength(2)
      const system = await polar.events.list({ source: 'system', limit: 100 })
      expect(system.items.map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          'meter.reset',
          'meter.credited',
          'benefit.granted',
          'subscription.created',
          'order.paid',
        ]),
      )
      await expect(polar.events.list({ sorting: ['timestamp'] })).rejects.toMatchObject({ statusCode: 422 })
    })

    it('finds parents in the same batch, in any order', async () => {
      const { polar } = await start()
      await polar.events.ingest({
        events: [
          generate(1, { external_id: 'child', parent_id: 'parent' }),
          generate(2, { external_id: 'parent' }),
          generate(3, { parent_id: 'child' }),
        ],
      })
      const { items } = await polar.events.list({})
      const [grandchild, parent, child] = items
      expect(child).toMatchObject({ parent_id: parent?.id, child_count: 1 })
      expect(grandchild).toMatchObject({ parent_id: child?.id })
    })

    it('takes a cost only as a decimal number of cents', async () => {
      const { polar } = await start()
      const cost = (amount: string | number) =>
        polar.events.ingest({
          events: [
            { name: 'a', external_customer_id: 'x', metadata: { _cost: { amount, currency: 'usd' } } },
          ],
        })
      for (const amount of ['0.000000000001', 12.5, '3', '-1']) {
        expect(await cost(amount)).toMatchObject({ inserted: 1 })
      }
      for (const amount of ['abc', '1e5', '0.0000000000001', '123456789012345678', '']) {
        await expect(cost(amount)).rejects.toMatchObject({ statusCode: 422 })
      }
    })
  })

  describe('meters', () => {
    it('follow once it is quiet, and announce it', async () => {
      const { polar, emulator, receiver } = await start({ meterDelay: 15_000 })
      buy()
      await emulator.controls.advanceClock({ minutes: 1 })
      listen(running)
      await polar.events.ingest({ events: [generate(1_000)] })
      await emulator.controls.advanceClock({ seconds: 14 })
      await polar.events.ingest({ events: [generate(200)] })
      await emulator.controls.advanceClock({ seconds: 14 })
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 0 }])
      expect(receiver.types()).toEqual([])
      await emulator.controls.advanceClock({ seconds: 3 })
      expect((await state()).active_meters).toMatchObject([
        { consumed_units: 1_200, credited_units: 10_000, balance: 8_800 },
      ])
      expect(receiver.types()).toEqual(['subscription.updated', 'customer.state_changed'])
    })

    it('follow later on the bill, if wanted', async () => {
      const { polar, emulator, receiver } = await start({ subscriptionMeterDelay: 900_000 })
      buy()
      await emulator.controls.settle()
      await emulator.controls.advanceClock({ minutes: 15 })
      listen(running)
      await polar.events.ingest({ events: [generate(11_000)] })
      await emulator.controls.advanceClock({ minutes: 1 })
      expect(await state()).toMatchObject({
        active_meters: [{ consumed_units: 11_000 }],
        active_subscriptions: [{ meters: [{ consumed_units: 0, amount: 0 }] }],
      })
      expect(receiver.types()).toEqual(['customer.state_changed'])
      await emulator.controls.advanceClock({ minutes: 15 })
      expect((await state()).active_subscriptions).toMatchObject([
        { meters: [{ consumed_units: 11_000, amount: 30 }] },
      ])
      expect(receiver.types().slice(1)).toEqual(['subscription.updated', 'customer.state_changed'])
      emulator.controls.changeSettings({ subscriptionMeterDelay: null })
      await polar.events.ingest({ events: [generate(1_000)] })
      await emulator.controls.settle()
      expect((await state()).active_subscriptions).toMatchObject([{ meters: [{ amount: 60 }] }])
    })

    it('count the same in one go and little by little', async () => {
      const catalog = {
        ...sampleCatalog,
        meters: {
          ...sampleCatalog.meters,
          ...Object.fromEntries(
            (['max', 'min', 'avg', 'unique'] as const).map((func) => [
              func,
              { name: func, aggregation: { func, property: 'characters' } },
            ]),
          ),
          count: { name: 'count', event: 'tts_generation' },
        },
      } as EmulatorCatalog
      const { polar, emulator } = await start({ catalog })
      const sizes = [5, 3, 3, 9, 1]
      await polar.events.ingest({ events: [generate(100), generate(200, { external_customer_id: 'all' })] })
      for (const external_id of ['org_1', 'all']) {
        await polar.customers.create({ email: `${external_id}@example.com`, external_id })
      }
      const { id } = await polar.customers.getExternal('org_1')
      await polar.events.ingest({
        events: sizes.map((size) => generate(size, { external_customer_id: 'all' })),
      })
      for (const [index, size] of sizes.entries()) {
        const by = index % 2 === 0 ? {} : { external_customer_id: undefined, customer_id: id }
        await polar.events.ingest({ events: [generate(size, by)] })
        await emulator.controls.advanceClock({ seconds: 5 })
      }
      await polar.events.ingest({ events: [generate(100, { external_customer_id: 'all' })] })
      await polar.events.ingest({ events: [generate(200)] })
      await emulator.controls.settle()
      const names = Object.fromEntries(
        Object.entries(emulator.controls.catalog().meters).map(([key, id]) => [id, key]),
      )
      const consumed = async (external_id: string) =>
        Object.fromEntries(
          (await polar.customers.getStateExternal(external_id)).active_meters.map(
            ({ meter_id, consumed_units }) => [names[meter_id], consumed_units],
          ),
        )
      expect(await consumed('org_1')).toEqual({
        characters: 321,
        max: 200,
        min: 1,
        avg: 321 / 7,
        unique: 6,
        count: 7,
      })
      expect(await consumed('all')).toEqual(await consumed('org_1'))
    })

    it('count what came in for an external id that is given later', async () => {
      const { polar, emulator } = await start()
      const { id } = await polar.customers.create({ email: 'a@example.com' })
      await polar.events.ingest({
        events: [generate(70), { name: 'tts_generation', customer_id: id, metadata: { characters: 5 } }],
      })
      await emulator.controls.settle()
      expect((await polar.customers.getState(id)).active_meters).toMatchObject([{ consumed_units: 5 }])
      await polar.customers.update(id, { external_id: 'org_1' })
      await emulator.controls.settle()
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 75 }])
      buy()
      await polar.events.ingest({ events: [generate(30)] })
      await emulator.controls.settle()
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 30, balance: 9_970 }])
    })

    it('follow after three hours at the latest', async () => {
      const { polar, emulator } = await start({ meterDelay: 3_600_000 })
      buy()
      for (let minutes = 0; minutes < 180; minutes += 30) {
        await polar.events.ingest({ events: [generate(10)] })
        await emulator.controls.advanceClock({ minutes: 30 })
      }
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 60 }])
    })

    it('cost what exceeds the credits, in cents', async () => {
      const { polar, emulator } = await start()
      buy()
      await polar.events.ingest({ events: [generate(22_345)] })
      await emulator.controls.settle()
      const { active_subscriptions } = await state()
      // 12,345 characters at 0.03 cents are 370.35 cents.
      expect(active_subscriptions[0]?.meters).toMatchObject([
        { consumed_units: 22_345, credited_units: 10_000, amount: 370 },
      ])
    })

    it('forget what was used before the purchase', async () => {
      const { polar, emulator } = await start()
      await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
      await polar.subscriptions.create({ product_id: free.id, external_customer_id: 'org_1' })
      await polar.events.ingest({ events: [generate(900)] })
      await emulator.controls.settle()
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 900, balance: -900 }])
      const { items } = await polar.subscriptions.list({ external_customer_id: 'org_1' })
      await polar.subscriptions.revoke(items[0]?.id ?? '')
      buy()
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 0, balance: 10_000 }])
    })

    it('start anew with each paid period, and the overage is on the invoice', async () => {
      const { polar, emulator } = await start()
      const { subscription_id } = buy()
      await polar.events.ingest({ events: [generate(20_000)] })
      await emulator.controls.advanceClock({ days: 31 })
      expect((await state()).active_meters).toMatchObject([
        { consumed_units: 0, credited_units: 10_000, balance: 10_000 },
      ])
      const orders = await polar.orders.list({ subscription_id })
      expect(orders.items[0]).toMatchObject({ total_amount: 2_900 + 300 })
      expect(orders.items[0]?.items.map(({ label }) => label)).toContain('Characters: 10,000 units')
    })

    it('carry over what is left of credits that roll over', async () => {
      const catalog = {
        meters: { calls: { name: 'Calls', event: 'call' } },
        benefits: {
          calls: {
            type: 'meter_credit',
            meter: 'calls',
            units: 100,
            rollover: true,
            description: '100 calls',
          },
        },
        products: {
          api: {
            id: pro.id,
            name: 'API',
            interval: 'month',
            prices: [
              { type: 'fixed', amount: 1_000 },
              { type: 'metered', meter: 'calls', unitAmount: '1' },
            ],
            benefits: ['calls'],
          },
        },
      } as const satisfies EmulatorCatalog
      const { polar, emulator } = await start({ catalog })
      buy()
      const calls = Array.from({ length: 30 }, () => ({ name: 'call', external_customer_id: 'org_1' }))
      await polar.events.ingest({ events: calls })
      await emulator.controls.advanceClock({ days: 31 })
      expect((await state()).active_meters).toMatchObject([{ consumed_units: 0, credited_units: 170 }])
    })

    it('are listed for customers', async () => {
      const { polar } = await start()
      const { customer_id } = buy()
      const listed = await polar.customerMeters.list({ external_customer_id: 'org_1' })
      expect(listed.items).toMatchObject([
        { customer_id, meter_id: METER, balance: 10_000, meter: { name: 'Characters' } },
      ])
      const [meter] = listed.items
      expect(await polar.customerMeters.get(meter?.id ?? '')).toEqual(meter)
      expect((await polar.meters.list({ query: 'char' })).items).toMatchObject([{ id: METER }])
      expect(await polar.meters.get(METER)).toMatchObject({
        aggregation: { func: 'sum', property: 'characters' },
      })
    })

    it('compute filters and aggregations of every kind', async () => {
      const clause = {
        conjunction: 'and',
        clauses: [{ property: 'name', operator: 'eq', value: 'job' }],
      } as const
      const meter = (aggregation: object, filter: object = clause) => ({ name: 'm', aggregation, filter })
      const catalog = {
        meters: {
          all: meter({ func: 'count' }, { conjunction: 'and', clauses: [] }),
          max: meter({ func: 'max', property: 'size' }),
          min: meter({ func: 'min', property: 'size' }),
          avg: meter({ func: 'avg', property: 'size' }),
          unique: meter({ func: 'unique', property: 'user' }),
          nested: meter(
            { func: 'sum', property: 'metadata.size' },
            {
              conjunction: 'or',
              clauses: [
                { property: 'user', operator: 'like', value: 'nn' },
                { conjunction: 'and', clauses: [{ property: 'size', operator: 'gte', value: 8 }] },
              ],
            },
          ),
        },
        products: {
          free: { id: free.id, name: 'Free', interval: 'month', prices: [{ type: 'fixed', amount: 0 }] },
        },
      } as EmulatorCatalog
      const { polar, emulator } = await start({ catalog })
      await polar.customers.create({ email: 'a@example.com', external_id: 'org_1' })
      const job = (user: string, size: number) => ({
        name: 'job',
        external_customer_id: 'org_1',
        metadata: { user, size },
      })
      await polar.events.ingest({
        events: [job('anna', 2), job('bob', 8), job('anna', 5), { name: 'x', external_customer_id: 'org_1' }],
      })
      await emulator.controls.settle()
      const ids = emulator.controls.catalog().meters
      const { active_meters } = await state()
      const consumed = Object.fromEntries(
        Object.entries(ids).map(([key, id]) => [
          key,
          active_meters.find(({ meter_id }) => meter_id === id)?.consumed_units,
        ]),
      )
      expect(consumed).toEqual({ all: 4, max: 8, min: 2, avg: 5, unique: 2, nested: 15 })
    })
  })

  describe('quantities', () => {
    const quantities = (query: object) =>
      running.polar.meters.quantities(METER, {
        start_timestamp: '2026-01-08T00:00:00Z',
        end_timestamp: '2026-01-10T12:00:00Z',
        interval: 'day',
        external_customer_id: 'org_1',
        ...query,
      })

    it('go by the time of the event, fill gaps and answer for ids without a customer', async () => {
      const { polar } = await start()
      await polar.events.ingest({
        events: [
          generate(100, { timestamp: '2026-01-08T23:30:00Z' }),
          generate(50, { timestamp: '2026-01-10T01:00:00Z' }),
          generate(7, { timestamp: '2026-01-10T01:00:00Z', external_customer_id: 'org_2' }),
        ],
      })
      expect(await quantities({})).toEqual({
        quantities: [
          { timestamp: '2026-01-08T00:00:00Z', quantity: 100 },
          { timestamp: '2026-01-09T00:00:00Z', quantity: 0 },
          { timestamp: '2026-01-10T00:00:00Z', quantity: 50 },
        ],
        total: 150,
      })
      const everybody = await quantities({ external_customer_id: undefined, interval: 'month' })
      expect(everybody).toEqual({
        quantities: [{ timestamp: '2026-01-01T00:00:00Z', quantity: 157 }],
        total: 157,
      })
    })

    it('can be cut in another time zone', async () => {
      const { polar } = await start()
      await polar.events.ingest({ events: [generate(100, { timestamp: '2026-01-08T23:30:00Z' })] })
      const berlin = await quantities({ timezone: 'Europe/Berlin' })
      expect(berlin.quantities).toEqual([
        { timestamp: '2026-01-07T23:00:00Z', quantity: 0 },
        { timestamp: '2026-01-08T23:00:00Z', quantity: 100 },
        { timestamp: '2026-01-09T23:00:00Z', quantity: 0 },
      ])
    })

    it('have limits', async () => {
      await start()
      await expect(
        quantities({ start_timestamp: '2022-12-31T00:00:00Z', interval: 'month' }),
      ).rejects.toMatchObject({
        statusCode: 422,
      })
      await expect(
        quantities({ start_timestamp: '2026-01-01T00:00:00Z', interval: 'hour' }),
      ).rejects.toMatchObject({
        statusCode: 422,
      })
      await expect(quantities({ interval: 'minute' })).rejects.toMatchObject({ statusCode: 422 })
    })
  })
})
