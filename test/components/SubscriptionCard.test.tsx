import { render, screen, within } from '@testing-library/react'
import {
  BillingBanner,
  BillingError,
  type BillingStatus,
  CheckoutReturn,
  type CompleteSubscription,
  type Order,
  type Subscription,
  SubscriptionCard,
  SubscriptionCardView,
  type SubscriptionUpdate,
} from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { startLoop } from '../startLoop.js'
import { changeableBackend, heldAnswer } from './changeableBackend.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const order: Order = {
  id: 'ord_1',
  status: 'completed',
  paid: true,
  amount: 2_900,
  currency: 'USD',
  invoiceNumber: null,
  invoicePdfUrl: null,
  createdAt: '2026-11-21T09:00:00.000Z',
}
const pro: CompleteSubscription = scenarios.active.getSubscription
const metered = pro.product && {
  ...pro.product,
  prices: [{ id: 'p', amount: null, currency: 'USD', type: 'metered', recurringInterval: 'month' } as const],
}

const part = (name: string) => document.querySelector(`[data-billing-part="${name}"]`)?.textContent ?? null
const details = () =>
  Object.fromEntries(
    [...document.querySelectorAll('dl > div')].map((line) => [
      line.querySelector('dt')?.textContent,
      line.querySelector('dd')?.textContent,
    ]),
  )
const card = () => document.querySelector<HTMLElement>('.billing-subscription')
const show = (changes: Partial<CompleteSubscription>) =>
  render(<SubscriptionCardView subscription={{ ...pro, ...changes }} nextPlanName="Team" />)

describe('<SubscriptionCardView />', () => {
  testComponent(SubscriptionCardView, { subscription: { ...pro, latestOrder: order } }, HTMLElement)

  it('default: plan, price, state, and what comes next', () => {
    show({ latestOrder: order })
    expect(screen.getByRole('region', { name: 'Pro' })).toBe(card())
    expect([part('price'), part('status')]).toEqual(['$29.00 per month', 'Active'])
    expect(details()).toEqual({ 'Next payment': 'December 21, 2026', 'Latest order': '$29.00 · Paid' })
  })

  it.each([
    ['free', 'Free', 'No subscription', 'Nothing to pay', {}],
    ['trialing', 'Pro', 'Trial', '$29.00 per month', { 'Trial ends on': 'December 5, 2026' }],
    ['active', 'Pro', 'Active', '$29.00 per month', { 'Next payment': 'December 21, 2026' }],
    ['pastDue', 'Pro', 'Payment failed', '$29.00 per month', { 'Usable until': 'December 28, 2026' }],
    ['paused', 'Pro', 'Paused', '$29.00 per month', { 'Paused since': 'December 1, 2026' }],
    ['canceled', 'Pro', 'Ended', null, {}],
    ['incomplete', 'Pro', 'Payment incomplete', '$29.00 per month', {}],
    ['canceling', 'Pro', 'Active', '$29.00 per month', { 'Ends on': 'December 21, 2026' }],
    [
      'team',
      'Team',
      'Active',
      '$60.00 per month',
      { 'Next payment': 'December 21, 2026', Seats: '5 × $12.00' },
    ],
  ] as const)('%s', async (name, plan, status, price, lines) => {
    const subscription = scenarios[name].getSubscription
    const { container } = render(<SubscriptionCardView subscription={subscription} />)
    expect([part('plan-name'), part('status'), part('price')]).toEqual([plan, status, price])
    expect(details()).toEqual(lines)
    expect(card()?.dataset['state']).toBe(subscription.status)
    await expectNoViolations(container)
  })

  describe('price', () => {
    const product = pro.product
    const renewing = (recurringInterval: string | null) =>
      product && { product: { ...product, recurringInterval } }

    it.each([
      ['yearly', { amount: 29_000, ...renewing('year') }, '$290.00 per year'],
      ['weekly', renewing('week'), '$29.00 per week'],
      ['daily', renewing('day'), '$29.00 per day'],
      ['an interval that nobody named', { product: null }, '$29.00'],
      ['an interval that nobody knows', renewing('fortnight'), '$29.00'],
      ['an interval like a method of objects', renewing('toString'), '$29.00'],
      ['a currency without minor units', { amount: 2_900, currency: 'JPY' }, '¥2,900 per month'],
      ['given away', { amount: 0 }, '$0.00 per month'],
      ['an amount that nobody named', { amount: null }, null],
      ['a currency that nobody named', { currency: null }, null],
    ])('%s', (_name, changes, price) => {
      show(changes ?? {})
      expect(part('price')).toBe(price)
    })

    it('usage is paid for beside it', () => {
      show({ amount: 0, product: metered })
      expect(part('price')).toBe('$0.00 per month plus usage')
      expect(details()).toEqual({ 'Next payment': 'December 21, 2026' })
    })

    it('nothing is paid: it renews', () => {
      show({ amount: 0 })
      expect(details()).toEqual({ 'Renews on': 'December 21, 2026' })
    })

    it('seats whose sum is another one name no price', () => {
      const { getSubscription } = scenarios.team
      render(<SubscriptionCardView subscription={{ ...getSubscription, amount: 4_800 }} />)
      expect(details()).toMatchObject({ Seats: '5' })
    })
  })

  describe('what happens next', () => {
    it('a pause', () => {
      show({ pauseAtPeriodEnd: true, resumesAt: '2027-02-01T09:00:00Z' })
      expect(details()).toEqual({ 'Pauses on': 'December 21, 2026', 'Resumes on': 'February 1, 2027' })
    })

    it('a trial that ends', () => {
      show({ ...scenarios.trialing.getSubscription, cancelAtPeriodEnd: true })
      expect(details()).toEqual({ 'Ends on': 'December 5, 2026' })
    })

    it('past due: only a cancellation names the end of a period that nobody has paid for', () => {
      show({ ...scenarios.pastDue.getSubscription, cancelAtPeriodEnd: true, graceEndsAt: null })
      expect(details()).toEqual({ 'Ends on': 'December 21, 2026' })
    })

    it.each([
      ['the grace ends before the period', '2026-12-01T09:00:00Z', { 'Usable until': 'December 1, 2026' }],
      ['the period ends before the grace', '2026-12-28T09:00:00Z', { 'Ends on': 'December 21, 2026' }],
    ])('past due and canceled, %s: the earlier day alone', (_name, graceEndsAt, lines) => {
      show({ ...scenarios.pastDue.getSubscription, cancelAtPeriodEnd: true, graceEndsAt })
      expect(details()).toEqual(lines)
    })

    it('prop: endedAt', () => {
      const subscription = scenarios.canceled.getSubscription
      render(<SubscriptionCardView subscription={subscription} endedAt="2026-11-30T09:00:00Z" />)
      expect(details()).toEqual({ 'Ended on': 'November 30, 2026' })
    })

    it.each([
      [{}, 'Resuming charges $29.00 now, plus any tax.'],
      [{ amount: null }, 'Resuming starts a new period and charges your payment method.'],
      [{ currency: null }, 'Resuming starts a new period and charges your payment method.'],
      [{ amount: Number.NaN }, 'Resuming starts a new period and charges your payment method.'],
      [{ product: metered }, 'Resuming starts a new period and charges your payment method.'],
      [{ amount: 0 }, null],
    ])('paused, %j: what resuming charges', (changes, text) => {
      show({ ...scenarios.paused.getSubscription, ...changes })
      expect(part('note')).toBe(text)
    })

    it('nobody named a day', () => {
      show({ currentPeriodEnd: null })
      expect(details()).toEqual({})
      expect(document.querySelector('dl')).toBeNull()
    })

    it.each([
      [{ planType: 'team', seats: null }, 'Changes to Team on December 21, 2026'],
      [{ planType: 'team', seats: 1 }, 'Changes to Team with 1 seat on December 21, 2026'],
      [{ planType: 'team', seats: 5 }, 'Changes to Team with 5 seats on December 21, 2026'],
      [{ planType: null, seats: 5 }, 'Changes to 5 seats on December 21, 2026'],
      [{ planType: null, seats: null }, 'Changes on December 21, 2026'],
      [{ planType: 'team', interval: 'month', seats: null }, 'Changes to Team on December 21, 2026'],
      [{ planType: 'team', interval: null, seats: null }, 'Changes to Team on December 21, 2026'],
      [{ planType: 'team', interval: 'year', seats: null }, 'Changes to Team (yearly) on December 21, 2026'],
      [
        { planType: 'team', interval: 'year', seats: 5 },
        'Changes to Team (yearly) with 5 seats on December 21, 2026',
      ],
      [{ planType: 'pro', interval: 'year', seats: null }, 'Switches to yearly billing on December 21, 2026'],
    ] as const)('pendingChange %j: "%s"', (change, text) => {
      show({ pendingChange: { ...change, appliesAt: '2026-12-21T09:00:00Z' } })
      expect(part('change')).toBe(text)
    })

    it('from the year to the month', () => {
      const product = pro.product && { ...pro.product, recurringInterval: 'year' }
      const appliesAt = '2026-12-21T09:00:00Z'
      const pendingChange = { planType: 'pro', interval: 'month', seats: null, appliesAt } as const
      show({ product, pendingChange })
      expect(part('change')).toBe('Switches to monthly billing on December 21, 2026')
    })

    it('a plan whose name is not known goes by its id', () => {
      const pendingChange = { planType: 'team', seats: null, appliesAt: '2026-12-21T09:00:00Z' }
      render(<SubscriptionCardView subscription={{ ...pro, pendingChange }} />)
      expect(part('change')).toBe('Changes to team on December 21, 2026')
    })
  })

  it.each([
    [{ status: 'completed', paid: true }, '$29.00 · Paid'],
    [{ status: 'pending', paid: false }, '$29.00 · Payment pending'],
    [{ status: 'refunded', paid: true }, '$29.00 · Refunded'],
    [{ status: 'partially_refunded', paid: true }, '$29.00 · Partly refunded'],
    [{ status: 'void', paid: false }, '$29.00 · Void'],
    [{ status: 'draft', paid: false }, '$29.00 · Draft'],
    [{ status: 'on_its_way', paid: false }, '$29.00 · Not paid'],
    [{ status: 'on_its_way', paid: true }, '$29.00 · Paid'],
  ])('latest order %j: "%s"', (changes, text) => {
    show({ latestOrder: { ...order, ...changes } })
    expect(details()).toMatchObject({ 'Latest order': text })
  })

  it('stale: says since when', () => {
    const { rerender } = render(<SubscriptionCardView subscription={scenarios.stale.getSubscription} />)
    expect(part('note')).toMatch(/^Last known, as of December 1, 2026 at 12:00\sPM$/)
    expect(card()?.dataset['stale']).toBe('true')
    rerender(<SubscriptionCardView subscription={{ ...pro, stale: true, asOf: null }} />)
    expect(part('note')).toBe('Last known')
  })

  it('loading, error and confirming name no plan', async () => {
    const { container, rerender } = render(<SubscriptionCardView />)
    expect(card()?.dataset['state']).toBe('loading')
    expect(card()?.getAttribute('aria-busy')).toBe('true')
    expect(screen.getByRole('region', { name: 'Loading…' })).toBeTruthy()
    rerender(<SubscriptionCardView error={new Error('no')} />)
    expect(card()?.dataset['state']).toBe('error')
    expect(card()?.textContent).toMatch(/^Subscription unavailable/)
    await expectNoViolations(container)
    rerender(<SubscriptionCardView subscription={scenarios.free.getSubscription} confirming />)
    expect(card()?.dataset['state']).toBe('confirming')
    expect(card()?.textContent).toBe('Confirming your purchase…')
  })

  it('loading is as high as what comes', () => {
    const actions = <button className="billing-button">Manage</button>
    const { rerender } = render(<SubscriptionCardView />)
    const height = card()?.getBoundingClientRect().height
    rerender(<SubscriptionCardView subscription={{ ...pro, latestOrder: order }} actions={actions} />)
    expect(card()?.getBoundingClientRect().height).toBeCloseTo(height ?? 0, 0)
  })

  it('a plan that nobody named', () => {
    show({ planName: null, planType: null })
    expect(part('plan-name')).toBe('Your plan')
  })

  it('prop: locale and timeZone', () => {
    const subscription = { ...pro, currentPeriodEnd: '2026-12-21T23:00:00Z' }
    render(<SubscriptionCardView subscription={subscription} locale="de" timeZone="Europe/Berlin" />)
    expect(part('price')).toBe('29,00\u00a0$ per month')
    expect(details()).toEqual({ 'Next payment': '22. Dezember 2026' })
  })
})

const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))
const confirm = async () => {
  const dialog = within(await screen.findByRole('dialog'))
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
}
const buttons = () => screen.queryAllByRole('button').map(({ textContent }) => textContent)
const refused = new BillingError('TOO_MANY_REQUESTS', 'Too often.')

describe('<SubscriptionCard />', () => {
  it.each([
    ['free', []],
    ['active', ['Manage billing', 'Cancel plan']],
    ['trialing', ['Manage billing', 'Cancel plan']],
    ['canceling', ['Manage billing', 'Keep plan']],
    ['pastDue', ['Update payment method', 'Cancel plan']],
    ['paused', ['Manage billing', 'Resume plan']],
    ['canceled', ['Manage billing']],
    ['incomplete', ['Update payment method']],
  ] as const)('%s: the buttons that fit', async (name, names) => {
    const { container } = renderWithBilling(<SubscriptionCard />, { scenario: scenarios[name] })
    await expect.poll(() => card()?.dataset['state']).toBe(scenarios[name].getStatus.status)
    await expect.poll(buttons).toEqual(names)
    await expectNoViolations(container)
  })

  it('a scheduled pause: taken back, or canceled', async () => {
    const getSubscription = { ...scenarios.active.getSubscription, pauseAtPeriodEnd: true }
    const backend = changeableBackend({ ...scenarios.active, getSubscription })
    renderWithBilling(<SubscriptionCard />, { scenario: backend })
    await expect.poll(buttons).toEqual(['Manage billing', 'Do not pause', 'Cancel plan'])
    await click('Do not pause')
    await expect.poll(buttons).toEqual(['Manage billing', 'Cancel plan'])
    expect(backend.updateSubscription.mock.calls[0]?.[0]).toEqual({ action: 'resume' })
  })

  it('slot: actions, before the buttons that fit', async () => {
    renderWithBilling(<SubscriptionCard actions={<button type="button">Compare</button>} />, {
      scenario: scenarios.active,
    })
    await expect.poll(buttons).toEqual(['Compare', 'Manage billing', 'Cancel plan'])
  })

  it('the plan of a pending change goes by its name', async () => {
    const pendingChange = { planType: 'team', seats: null, appliesAt: '2026-12-21T09:00:00Z' }
    const getSubscription = { ...scenarios.active.getSubscription, pendingChange }
    renderWithBilling(<SubscriptionCard />, { scenario: { ...scenarios.active, getSubscription } })
    expect(await screen.findByText('Changes to Team on December 21, 2026')).toBeTruthy()
  })

  it('behavior: canceled, and kept after all; the focus stays on the button', async () => {
    const backend = changeableBackend()
    renderWithBilling(<SubscriptionCard offer={<p>Stay for half.</p>} />, { scenario: backend })
    await click('Cancel plan')
    expect(await screen.findByText('Stay for half.')).toBeTruthy()
    await confirm()
    await expect.poll(details).toEqual({ 'Ends on': 'December 21, 2026' })
    await expect.poll(() => document.activeElement?.textContent).toBe('Keep plan')
    await expect.poll(() => document.activeElement?.getAttribute('aria-disabled')).toBeNull()
    await userEvent.keyboard('{Enter}')
    await expect.poll(details).toEqual({ 'Next payment': 'December 21, 2026' })
    expect(document.activeElement?.textContent).toBe('Cancel plan')
    expect(backend.updateSubscription.mock.calls.map(([{ action }]) => action)).toEqual(['cancel', 'resume'])
  })

  it('behavior: canceled at once; a refusal is undone and said', async () => {
    const held = heldAnswer<Subscription>()
    const updateSubscription = vi.fn((_update: SubscriptionUpdate) => held.answer)
    renderWithBilling(<SubscriptionCard />, { scenario: { ...changeableBackend(), updateSubscription } })
    await click('Cancel plan')
    await confirm()
    await expect.poll(details).toEqual({ 'Ends on': 'December 21, 2026' })
    // Nobody takes back what the server has not heard of yet.
    const keep = await screen.findByRole('button', { name: 'Keep plan' })
    expect(keep.dataset['state']).toBe('busy')
    await userEvent.click(keep, { force: true })
    expect(updateSubscription).toHaveBeenCalledOnce()
    held.refuse(refused)
    await expect.poll(details).toEqual({ 'Next payment': 'December 21, 2026' })
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Your plan could not be canceled. Please try again.',
    )
    expect(card()?.contains(screen.getByRole('alert'))).toBe(true)
  })

  it('behavior: to keep it is refused', async () => {
    const held = heldAnswer<Subscription>()
    const backend = { ...changeableBackend(scenarios.canceling), updateSubscription: () => held.answer }
    renderWithBilling(<SubscriptionCard />, { scenario: backend })
    await click('Keep plan')
    await expect.poll(details).toEqual({ 'Next payment': 'December 21, 2026' })
    held.refuse(refused)
    await expect.poll(details).toEqual({ 'Ends on': 'December 21, 2026' })
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Could not resume your plan. Please try again.',
    )
  })

  it('behavior: canceled on another page first: the refusal is no news once it is kept', async () => {
    const backend = changeableBackend()
    const refuseOnce = vi.fn(backend.updateSubscription)
    refuseOnce.mockImplementationOnce(async (update) => {
      await backend.updateSubscription(update)
      throw new BillingError('CONFLICT', 'The subscription is canceled already.')
    })
    renderWithBilling(<SubscriptionCard />, { scenario: { ...backend, updateSubscription: refuseOnce } })
    await click('Cancel plan')
    await confirm()
    expect((await screen.findByRole('alert')).textContent).toBe('The subscription is canceled already.')
    await click('Keep plan')
    await expect.poll(() => screen.queryByRole('alert')).toBeNull()
    await expect.poll(details).toEqual({ 'Next payment': 'December 21, 2026' })
  })

  it('behavior: what failed here and was done in the banner then is no news', async () => {
    const backend = changeableBackend(scenarios.canceling)
    const failOnce = vi.fn(backend.updateSubscription)
    failOnce.mockRejectedValueOnce(refused)
    const ui = (
      <>
        <BillingBanner now={new Date('2026-12-20T12:00:00Z')} />
        <SubscriptionCard />
      </>
    )
    renderWithBilling(ui, { scenario: { ...backend, updateSubscription: failOnce } })
    const keep = async (name: string) => {
      await expect.poll(() => document.querySelector(`${name} button`)).not.toBeNull()
      const root = within(document.querySelector(name) as HTMLElement)
      await userEvent.click(await root.findByRole('button', { name: 'Keep plan' }))
    }
    await keep('.billing-subscription')
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Could not resume/)
    await keep('.billing-banner')
    await expect.poll(details).toEqual({ 'Next payment': 'December 21, 2026' })
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('behavior: who is paused pays to resume, so that nothing shows before the answer', async () => {
    const held = heldAnswer<Subscription>()
    const backend = { ...scenarios.paused, updateSubscription: () => held.answer }
    renderWithBilling(<SubscriptionCard />, { scenario: backend })
    await click('Resume plan')
    const button = await screen.findByRole('button', { name: 'Resume plan' })
    await expect.poll(() => button.dataset['state']).toBe('busy')
    expect(part('status')).toBe('Paused')
    held.refuse(new BillingError('PAYMENT_REQUIRED', 'Declined.'))
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
  })

  it('behavior: a conflict is told in the server’s words', async () => {
    const updateSubscription = new BillingError('CONFLICT', 'The subscription is being changed right now.')
    renderWithBilling(<SubscriptionCard />, { scenario: { ...scenarios.canceling, updateSubscription } })
    await click('Keep plan')
    expect((await screen.findByRole('alert')).textContent).toBe(
      'The subscription is being changed right now.',
    )
  })

  it.each([
    ['that has no such function', undefined],
    ['that answers so', new BillingError('NOT_IMPLEMENTED', 'Not here.')],
  ])('behavior: a backend that cannot change subscriptions, %s: the portal alone', async (_name, answer) => {
    renderWithBilling(<SubscriptionCard />, {
      scenario: { ...scenarios.canceling, updateSubscription: answer },
    })
    if (answer) await click('Keep plan')
    await expect.poll(buttons).toEqual(['Manage billing'])
    expect(card()).not.toBeNull()
  })

  it('an ended subscription says since when', async () => {
    renderWithBilling(<SubscriptionCard />, { scenario: scenarios.canceled })
    await expect.poll(details).toEqual({ 'Ended on': 'November 30, 2026' })
  })

  it('behavior: a purchase that is not confirmed yet never reads as free', async () => {
    history.replaceState(null, '', '?billing=checkout&checkout_id=chk_acme')
    let status: BillingStatus = { ...scenarios.free.getStatus, checkout: 'confirmed' }
    let subscription: Subscription = scenarios.free.getSubscription
    const scenario = {
      ...scenarios.active,
      getStatus: async () => status,
      getSubscription: async () => subscription,
    }
    const ui = (
      <>
        <CheckoutReturn />
        <SubscriptionCard />
      </>
    )
    const texts: (string | null)[] = []
    const { container } = renderWithBilling(ui, { scenario, organizationId: 'card-buyer' })
    const observer = new MutationObserver(() => texts.push(part('plan-name')))
    observer.observe(container, { subtree: true, childList: true, characterData: true })
    await expect.poll(() => card()?.dataset['state']).toBe('confirming')
    subscription = scenarios.active.getSubscription
    status = { ...scenarios.active.getStatus, checkout: 'succeeded' }
    await expect.poll(() => card()?.dataset['state']).toBe('active')
    observer.disconnect()
    expect(texts).not.toContain('Free')
  })

  it('behavior: the provider is down', async () => {
    renderWithBilling(<SubscriptionCard />, { scenario: scenarios.down })
    expect(await screen.findByText('Subscription unavailable')).toBeTruthy()
    expect(buttons()).toEqual([])
  })

  it.each([
    [
      'a backend that tells nothing of subscriptions',
      { scenario: { getStatus: scenarios.active.getStatus } },
    ],
    ['signed out', { organizationId: null }],
  ])('behavior: %s', async (_name, setup) => {
    const { container } = renderWithBilling(<SubscriptionCard />, setup)
    await expect.poll(() => container.innerHTML).toBe('')
  })

  it('behavior: a backend of five fields', async () => {
    const getSubscription = { status: 'active', planType: 'pro' } as const
    const { getStatus } = scenarios.active
    renderWithBilling(<SubscriptionCard />, { scenario: { getStatus, getSubscription } })
    expect(await screen.findByRole('region', { name: 'Pro' })).toBeTruthy()
    expect([part('price'), part('status'), details()]).toEqual([null, 'Active', {}])
  })
})

describe('<SubscriptionCard /> and <BillingBanner /> over REST, the real server and the emulator', () => {
  it('bought, canceled, kept, and a month later the card is declined', async () => {
    const loop = await startLoop('acme')
    onTestFinished(() => loop.close())
    const { controls, now } = loop.emulator
    controls.purchase({ external_customer_id: 'acme', product_id: sampleCatalog.products.pro.id })
    const page = () => (
      <>
        <BillingBanner now={now()} />
        <SubscriptionCard />
      </>
    )
    const first = renderWithBilling(page(), { transport: loop.transport })
    await expect.poll(() => part('status')).toBe('Active')
    expect([part('plan-name'), part('price')]).toEqual(['Pro', '$29.00 per month plus usage'])
    expect(details()).toEqual({ 'Next payment': 'December 21, 2026', 'Latest order': '$29.00 · Paid' })
    await click('Cancel plan')
    await userEvent.click(await screen.findByRole('radio', { name: 'It is too expensive' }))
    await confirm()
    await expect.poll(() => details()['Ends on']).toBe('December 21, 2026')
    expect(await screen.findByText('Your plan is canceled')).toBeTruthy()
    const card = within(await screen.findByRole('region', { name: 'Pro' }))
    const keep = await card.findByRole('button', { name: 'Keep plan' })
    await expect.poll(() => keep.dataset['state']).toBe('idle')
    await userEvent.click(keep)
    await expect.poll(() => details()['Next payment']).toBe('December 21, 2026')
    await expect.poll(() => keep.dataset['state']).toBe('idle')
    expect([keep.textContent, screen.queryByText('Your plan is canceled')]).toEqual(['Cancel plan', null])
    first.unmount()
    controls.setCard({ external_customer_id: 'acme', declines: true })
    await controls.advanceClock({ days: 31 })
    renderWithBilling(page(), { transport: loop.transport })
    await expect.poll(() => part('status')).toBe('Payment failed')
    await expect.poll(() => Object.keys(details())).toEqual(['Usable until', 'Latest order'])
    expect(details()['Latest order']).toMatch(/Payment pending$/)
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Your last payment failedAccess ends in /)
  })
})
