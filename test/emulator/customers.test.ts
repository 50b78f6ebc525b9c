import { errors } from '@polar-sh/sdk/2026-10'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, listen, startEmulator } from './startEmulator.js'

const { pro } = sampleCatalog.products

describe('customers', () => {
  let running: Running

  beforeEach(async () => {
    running = await startEmulator()
  })
  afterEach(() => running.close())

  const create = (body: object = {}) =>
    running.polar.customers.create({ email: 'ada@example.com', external_id: 'org_1', ...body })
  const detail = (...entries: object[]) => ({
    statusCode: 422,
    error: { error: 'PolarRequestValidationError', detail: entries },
  })

  it('are created with a state of nothing', async () => {
    const customer = await create({ name: 'Ada', metadata: { a: 1 } })
    expect(customer).toMatchObject({
      email: 'ada@example.com',
      external_id: 'org_1',
      type: 'individual',
      billing_name: 'Ada',
      metadata: { a: 1 },
      deleted_at: null,
      created_at: '2026-01-10T12:00:00Z',
    })
    expect(await running.polar.customers.getStateExternal('org_1')).toEqual({
      ...customer,
      active_subscriptions: [],
      granted_benefits: [],
      active_meters: [],
    })
    expect(await running.polar.customers.getState(customer.id)).toMatchObject({ id: customer.id })
  })

  it('are unique by e-mail in any case and by external id in its own', async () => {
    await create()
    await expect(create({ email: 'ADA@example.com' })).rejects.toMatchObject(
      detail(
        { loc: ['body', 'email'], msg: 'A customer with this email address already exists.' },
        { loc: ['body', 'external_id'], msg: 'A customer with this external ID already exists.' },
      ),
    )
    expect(await create({ email: 'b@example.com', external_id: 'ORG_1' })).toMatchObject({
      external_id: 'ORG_1',
    })
    expect(await create({ email: 'c@example.com', external_id: '' })).toMatchObject({ external_id: null })
  })

  it('get an external id once', async () => {
    const { polar } = running
    const { id } = await create({ external_id: null })
    expect(await polar.customers.update(id, { external_id: 'org_9' })).toMatchObject({ external_id: 'org_9' })
    await expect(polar.customers.update(id, { external_id: 'org_10' })).rejects.toMatchObject({
      statusCode: 422,
    })
    expect(await polar.customers.updateExternal('org_9', { name: 'New', metadata: {} })).toMatchObject({
      name: 'New',
      external_id: 'org_9',
    })
  })

  it('free the external id and the e-mail when they are deleted', async () => {
    const { polar } = running
    const { id } = await create()
    await polar.customers.deleteExternal('org_1')
    await expect(polar.customers.get(id)).rejects.toBeInstanceOf(errors.ResourceNotFound)
    await expect(polar.customers.getStateExternal('org_1')).rejects.toMatchObject({
      error: { error: 'ResourceNotFound' },
    })
    expect((await create()).id).not.toBe(id)
  })

  it('can change everything that they were created with', async () => {
    const { polar, baseUrl } = running
    const { id } = await create({ tax_id: 'FR61954506077' })
    expect(await polar.customers.get(id)).toMatchObject({ tax_id: ['FR61954506077', 'eu_vat'] })
    expect(await polar.customers.update(id, { tax_id: 'DE811907980' })).toMatchObject({
      tax_id: ['DE811907980', 'eu_vat'],
    })
    expect(await polar.customers.update(id, { email: 'new@example.com' })).toMatchObject({
      email: 'new@example.com',
      tax_id: ['DE811907980', 'eu_vat'],
    })
    expect((await polar.customers.list({ email: 'NEW@example.com' })).items).toHaveLength(1)
    expect(await create({ external_id: 'org_2' })).toMatchObject({ email: 'ada@example.com' })
    const session = await fetch(`${baseUrl}/v1/customer-sessions/`, {
      method: 'POST',
      headers: { authorization: 'Bearer polar_oat_test' },
      body: JSON.stringify({ customer_id: null, external_customer_id: 'org_1' }),
    })
    expect(session.status).toBe(201)
  })

  it('end what was paused when they are deleted', async () => {
    const { polar, emulator } = running
    const bought = emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    const id = bought.subscription_id ?? ''
    await polar.subscriptions.update(id, { pause_at_period_end: true })
    await emulator.controls.advanceClock({ days: 40 })
    await polar.customers.delete(bought.customer_id)
    expect(await polar.subscriptions.get(id)).toMatchObject({
      status: 'canceled',
      ended_at: expect.any(String),
    })
  })

  it('announce what happens to them at once', async () => {
    const { polar, receiver, emulator } = running
    listen(running)
    const { id } = await create()
    await polar.customers.update(id, { name: 'Ada' })
    await polar.customers.delete(id)
    await emulator.controls.settle()
    expect(receiver.types()).toEqual([
      'customer.created',
      'customer.state_changed',
      'member.created',
      'customer.updated',
      'customer.state_changed',
      'customer.deleted',
      'customer.state_changed',
    ])
  })

  it('are listed and filtered', async () => {
    const { polar, emulator } = running
    await create({ metadata: { team: 'a' } })
    await create({ email: 'bob@example.com', external_id: 'org_2', name: 'Bob' })
    emulator.controls.purchase({ external_customer_id: 'org_2', product_id: pro.id })
    const ids = async (query: object) =>
      (await polar.customers.list(query)).items.map(({ external_id }) => external_id)
    expect(await ids({})).toEqual(['org_2', 'org_1'])
    expect(await ids({ sorting: ['-created_at'] })).toEqual(['org_2', 'org_1'])
    expect(await ids({ email: 'BOB@example.com' })).toEqual(['org_2'])
    expect(await ids({ query: 'bob' })).toEqual(['org_2'])
    expect(await ids({ active: true })).toEqual(['org_2'])
    expect(await ids({ metadata: { team: 'a' } })).toEqual(['org_1'])
  })

  it('can be teams, whose portal needs a member', async () => {
    const { polar } = running
    const team = await polar.customers.create({ type: 'team', email: 't@example.com', external_id: 'team_1' })
    expect(team.type).toBe('team')
    await expect(polar.customerSessions.create({ customer_id: team.id })).rejects.toMatchObject(
      detail({ loc: ['body', 'member_id'], msg: 'member_id is required for team customers.' }),
    )
  })

  it('are served from a cache that lags, if wanted', async () => {
    const { polar, emulator } = running
    await create()
    emulator.controls.changeSettings({ stateDelay: 10_000 })
    emulator.controls.purchase({ external_customer_id: 'org_1', product_id: pro.id })
    expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toHaveLength(0)
    expect((await polar.subscriptions.list({ external_customer_id: 'org_1' })).items).toHaveLength(1)
    await emulator.controls.advanceClock({ seconds: 10 })
    expect((await polar.customers.getStateExternal('org_1')).active_subscriptions).toHaveLength(1)
  })
})
