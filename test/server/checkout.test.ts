import { createPolar } from '@polar-sh/sdk/2026-10'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { pay } from './pay.js'
import { type Running, startBilling } from './startBilling.js'

let running: Running
beforeAll(async () => {
  running = await startBilling()
})
afterAll(() => running.close())

const polarOf = ({ url }: Running) => createPolar({ accessToken: 'polar_oat_test', baseUrl: `${url}/polar` })

describe('createCheckout', () => {
  it('default: opens a checkout for the plan, which returns to the app', async () => {
    const buyer = running.as({ organizationId: 'acme', email: 'ada@example.com', name: 'Ada' })
    const { status, body } = await buyer.post('/checkout', { planType: 'pro' })
    expect(status).toBe(200)
    expect(body).toEqual({
      checkoutId: expect.any(String),
      checkoutUrl: expect.stringContaining(`${running.url}/polar/checkout/`),
      productId: running.products['pro'],
      productName: 'Pro plan',
    })
    const checkout = await polarOf(running).checkouts.get(body.checkoutId)
    expect(checkout).toMatchObject({
      success_url: `${running.url}/?billing=checkout&checkout_id=${body.checkoutId}`,
      return_url: `${running.url}/?billing=canceled`,
      customer_email: 'ada@example.com',
    })
  })

  it('the whole way: the customer is the organization, and the next status says so', async () => {
    const buyer = running.as({ organizationId: 'whole', email: 'whole@example.com' })
    const { body: opened } = await buyer.post('/checkout', { planType: 'pro' })
    expect((await buyer.get(`/status?checkoutId=${opened.checkoutId}`)).body).toMatchObject({
      status: 'none',
      checkout: 'open',
    })
    const location = await pay(opened.checkoutUrl)
    expect(location).toContain(`checkout_id=${opened.checkoutId}`)
    expect((await buyer.get(`/status?checkoutId=${opened.checkoutId}&fresh=1`)).body).toMatchObject({
      status: 'active',
      planType: 'pro',
      checkout: 'succeeded',
    })
  })

  it('parameters: interval', async () => {
    const { body } = await running.as('yearly').post('/checkout', { planType: 'pro', interval: 'year' })
    expect(body.productId).toBe(running.products['proYear'])
  })

  it('parameters: embed names the origin that its page may speak to, and is a session of its own', async () => {
    const buyer = running.as('embedding')
    const ask = async (input: object) =>
      (await buyer.post('/checkout', { planType: 'pro', ...input })).body as { checkoutId: string }
    const embedded = await ask({ embed: true })
    const own = await ask({})
    const { checkouts } = polarOf(running)
    expect(await checkouts.get(embedded.checkoutId)).toMatchObject({ embed_origin: running.url })
    expect(await checkouts.get(own.checkoutId)).toMatchObject({ embed_origin: null })
    expect(await ask({ embed: true })).toEqual(embedded)
    expect(await ask({ embed: false })).toEqual(own)
  })

  it('without a planType, several plans for sale are a question back', async () => {
    const { status, body } = await running.as('acme').post('/checkout')
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'BAD_REQUEST', message: expect.stringContaining('pro, team') })
  })

  it('without a planType, the only plan for sale is sold', async () => {
    const single = await startBilling({ billing: { products: { pro: running.products['pro'] ?? '' } } })
    expect((await single.as('acme').post('/checkout')).body.productId).toBe(running.products['pro'])
    await single.close()
  })

  it.each([
    ['an unknown plan', { planType: 'gold' }, 'There is no plan "gold".'],
    ['a name of the language', { planType: '__proto__' }, 'There is no plan "__proto__".'],
    ['the default plan', { planType: 'free' }, 'The plan "free" is not for sale here.'],
    [
      'a plan to ask for',
      { planType: 'enterprise' },
      'The plan "enterprise" is not for sale here: contact mailto:sales@example.com.',
    ],
    [
      'an interval that it does not have',
      { planType: 'team', interval: 'year' },
      'The plan "team" is not for sale here by the year.',
    ],
  ])('refuses %s', async (_name, input, message) => {
    const { status, body } = await running.as('acme').post('/checkout', input)
    expect(status).toBe(400)
    expect(body.error).toEqual({ code: 'BAD_REQUEST', message, requestId: expect.any(String) })
  })
})

describe('createCheckout for an organization that has a subscription', () => {
  const withSubscription = (organizationId: string, fields: object) => {
    const { subscription_id: id } = running.emulator.controls.purchase({
      external_customer_id: organizationId,
      product_id: running.products['pro'] ?? '',
    })
    running.emulator.controls.patchSubscription({ id: id ?? '', ...fields })
  }

  it.each([
    ['active', /already has the plan Pro: change or cancel it instead/],
    ['trialing', /change or cancel it/],
    ['past_due', /payment failed\. Update the payment method/],
    ['paused', /it is paused\. Resume it/],
  ] as const)('%s: CONFLICT that says what to do', async (status, message) => {
    withSubscription(`has-${status}`, { status })
    const answer = await running.as(`has-${status}`).post('/checkout', { planType: 'team' })
    expect(answer.status).toBe(409)
    expect(answer.body.error).toMatchObject({ code: 'CONFLICT', message: expect.stringMatching(message) })
  })

  it.each(['canceled', 'unpaid', 'incomplete'] as const)('%s: sells', async (status) => {
    withSubscription(`had-${status}`, { status })
    expect((await running.as(`had-${status}`).post('/checkout', { planType: 'team' })).status).toBe(200)
  })

  it('a free one is upgraded', async () => {
    const polar = polarOf(running)
    const customer = await polar.customers.create({ external_id: 'free-rider', email: 'free@example.com' })
    const free = await polar.subscriptions.create({
      customer_id: customer.id,
      product_id: running.products['free'] ?? '',
    })
    const buyer = running.as('free-rider')
    const { body } = await buyer.post('/checkout', { planType: 'pro' })
    expect((await polar.checkouts.get(body.checkoutId)).subscription_id).toBe(free.id)
    await pay(body.checkoutUrl)
    expect((await buyer.get('/subscription')).body).toMatchObject({
      subscriptionId: free.id,
      planType: 'pro',
      amount: 2900,
    })
  })
})

describe('createCheckout and e-mails', () => {
  let own: Running
  beforeEach(async () => {
    own = await startBilling()
  })
  afterEach(() => own.close())

  const buyAs = (organizationId: string, more: object = {}) =>
    own.as({ organizationId, email: 'ada@example.com', ...more }).post('/checkout', { planType: 'pro' })

  it('one person who buys for two organizations: the second needs another e-mail', async () => {
    await pay((await buyAs('first')).body.checkoutUrl)
    const { status, body } = await buyAs('second', { emailVerified: true })
    expect(status).toBe(409)
    expect(body.error.message).toMatch(/This e-mail already pays for another organization/)
    expect((await own.as('second').get('/status')).body).toMatchObject({ status: 'none', customerId: null })
    expect(
      (
        await own
          .as({ organizationId: 'second', email: 'other@example.com' })
          .post('/checkout', { planType: 'pro' })
      ).status,
    ).toBe(200)
  })

  it('an older customer without an organization is taken over by who proved to own the e-mail', async () => {
    const polar = polarOf(own)
    const older = await polar.customers.create({ email: 'Ada@Example.com' })
    expect((await buyAs('acme', { emailVerified: false })).body.error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/Verify the e-mail/),
    })
    const { body } = await buyAs('acme', { emailVerified: true })
    await pay(body.checkoutUrl)
    expect((await own.as('acme').get('/status')).body).toMatchObject({
      status: 'active',
      customerId: older.id,
    })
  })

  it('a customer that somebody else made meanwhile is used', async () => {
    await own.as('acme').get('/status')
    const { id } = await polarOf(own).customers.create({ external_id: 'acme', email: 'made@example.com' })
    await pay((await buyAs('acme')).body.checkoutUrl)
    expect((await own.as('acme').get('/status')).body).toMatchObject({ status: 'active', customerId: id })
  })

  it('without an e-mail the page asks for it, and the customer is still the organization', async () => {
    const { body } = await own.as('quiet').post('/checkout', { planType: 'pro' })
    await pay(body.checkoutUrl)
    expect((await own.as('quiet').get('/status')).body).toMatchObject({ status: 'active', planType: 'pro' })
  })

  it('an organization id that needs escaping works', async () => {
    const { body } = await buyAs('Ä ö&?#%')
    await pay(body.checkoutUrl)
    expect((await own.as({ organizationId: 'Ä ö&?#%' }).get('/status')).body).toMatchObject({
      status: 'active',
    })
  })
})

describe('what the organization has already', () => {
  let own: Running
  beforeEach(async () => {
    own = await startBilling({ emulator: { oneSubscriptionPerCustomer: false } })
  })
  afterEach(() => own.close())

  const give = (product: string, fields: object) => {
    const { subscription_id } = own.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: own.products[product] ?? '',
    })
    own.emulator.controls.patchSubscription({ id: subscription_id ?? '', ...fields })
  }
  const buy = async (input: object) => (await own.as('acme').post('/checkout', input)).body.error

  it('a plan at a discount of 100 % is not sold again', async () => {
    give('pro', { amount: 0 })
    expect(await buy({ planType: 'pro' })).toMatchObject({ code: 'CONFLICT' })
  })

  it('nor another one: it is no free plan, which the provider would upgrade', async () => {
    give('pro', { amount: 0 })
    expect(await buy({ planType: 'team' })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('already has the plan Pro: change or cancel it'),
    })
  })

  it('one that is canceled and still runs can be resumed', async () => {
    give('pro', { cancel_at_period_end: true })
    expect(await buy({ planType: 'pro' })).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('still runs. Resume it instead'),
    })
  })

  it('the conflict names the plan that is paid', async () => {
    give('free', {})
    give('pro', { status: 'paused' })
    expect(await buy({ planType: 'team' })).toMatchObject({
      message: expect.stringContaining('the plan Pro: it is paused'),
    })
  })

  it('seats of a plan without seats are the caller’s mistake', async () => {
    expect(await buy({ planType: 'pro', seats: 5 })).toMatchObject({
      code: 'BAD_REQUEST',
      message: expect.stringContaining('seats'),
    })
  })
})
