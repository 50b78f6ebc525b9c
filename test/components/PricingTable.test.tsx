import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor, within } from '@testing-library/react'
import {
  BillingError,
  BillingProvider,
  type BillingStatus,
  CheckoutReturn,
  type Plan,
  PricingTable,
  PricingTableView,
  type PricingTableViewProps,
  type Standing,
  type Subscription,
  SubscriptionCard,
  type SubscriptionUpdate,
} from 'polar-billing-kit'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { changeableBackend } from './changeableBackend.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const { plans } = scenarios.free.listPlans
const error = (code: ConstructorParameters<typeof BillingError>[0]) =>
  new BillingError(code, 'The server’s own words.')

const standingOf = (name: keyof typeof scenarios): Standing => ({
  status: scenarios[name].getStatus as BillingStatus,
  subscription: scenarios[name].getSubscription as Subscription,
})

const card = (name: string) => screen.getByRole('heading', { name }).closest('li') as HTMLElement
const findCard = async (name: string) =>
  (await screen.findByRole('heading', { name })).closest('li') as HTMLElement

async function tabTo(element: Element): Promise<void> {
  while (document.activeElement !== element) await userEvent.tab()
}

const view: PricingTableViewProps = {
  plans,
  catalog: scenarioCatalog,
  standing: standingOf('free'),
  locale: 'en-US',
  onSelect: () => undefined,
}

describe('<PricingTableView />', () => {
  testComponent(PricingTableView, view, HTMLDivElement)

  it('default: each plan with its price, what it allows, and what its button does', () => {
    render(<PricingTableView {...view} />)
    expect(screen.getAllByRole('listitem', { current: true })).toEqual([card('Free')])
    expect(card('Free').textContent).toContain('Up to 1,000 characters')
    const pro = card('Pro')
    expect(pro.textContent).toContain('Recommended')
    expect(pro.textContent).toContain('$29.00 per month')
    expect(within(pro).getByText('14 days free, then $29.00 per month')).toBeTruthy()
    expect(within(pro).getByText('then $0.03 per 100 characters')).toBeTruthy()
    expect(within(pro).getByText('API access')).toBeTruthy()
    expect(within(pro).getByRole('button', { name: 'Start free trial' })).toBeTruthy()
    expect(card('Team').textContent).toContain('$12.00 per seat and month, at least 2 seats')
    expect(within(card('Team')).getByRole('spinbutton', { name: 'Seats' })).toBeTruthy()
    const contact = within(card('Enterprise')).getByRole('link', { name: 'Contact us' })
    expect(contact.getAttribute('href')).toBe('mailto:sales@example.com')
    expect(contact.hasAttribute('type')).toBe(false)
  })

  it.each([
    [{ plans: undefined }, 'loading', 'Loading plans…'],
    [{ plans: undefined, error: error('TIMEOUT') }, 'error', 'The plans cannot be shown right now.'],
    [{ plans: [] }, 'empty', 'There are no plans to choose from.'],
  ])('%j says so', async (props, state, text) => {
    const { container } = render(<PricingTableView {...view} {...props} />)
    expect(screen.getByText(text)).toBeTruthy()
    expect(container.firstElementChild).toHaveProperty('dataset.state', state)
    expect(screen.queryByRole('button')).toBeNull()
    await expectNoViolations(container)
  })

  it.each([
    ['pastDue', 'Your last payment failed. Update your payment method before you change plans.'],
    ['paused', 'Your plan is paused. Resume it before you change plans.'],
    ['canceling', 'Your plan ends on December 21, 2026. Resume it before you change plans.'],
    ['stale', 'This is your plan as last known.'],
  ] as const)('%s: says what comes first', (name, text) => {
    render(<PricingTableView {...view} standing={standingOf(name)} />)
    expect(screen.getByText(text)).toBeTruthy()
  })

  it('paused: says what resuming charges', () => {
    render(<PricingTableView {...view} standing={standingOf('paused')} />)
    expect(screen.getByText('Resuming charges $29.00 now, plus any tax.')).toBeTruthy()
  })

  it('prop: portal, where a payment failed', () => {
    const portal = <a href="#portal">Portal</a>
    const { rerender } = render(<PricingTableView {...view} portal={portal} />)
    expect(screen.queryByRole('link', { name: 'Portal' })).toBeNull()
    rerender(<PricingTableView {...view} portal={portal} standing={standingOf('pastDue')} />)
    expect(screen.getByRole('link', { name: 'Portal' })).toBeTruthy()
  })

  it.each([
    ['the standing is not known yet', { standing: undefined }, 'Choose Pro', 'loading'],
    [
      'it cannot be read',
      { standing: undefined, standingError: error('SERVICE_UNAVAILABLE') },
      'Choose Pro',
      'idle',
    ],
    ['this plan is busy', { busy: 'pro' }, 'Start free trial', 'busy'],
    ['another plan is busy', { busy: 'team' }, 'Start free trial', 'loading'],
    ['a purchase is being confirmed', { isConfirming: true }, 'Start free trial', 'busy'],
  ])('%s: the button', async (_name, props, label, state) => {
    const onSelect = vi.fn()
    render(<PricingTableView {...view} {...props} onSelect={onSelect} />)
    const button = screen.getByRole('button', { name: label })
    expect(button.dataset['state']).toBe(state)
    await userEvent.click(button, { force: true })
    expect(onSelect).toHaveBeenCalledTimes(state === 'idle' ? 1 : 0)
  })

  it('prices that are not known: says so, and is not free', () => {
    const unknown = plans.map((plan) => (plan.forSale ? { ...plan, prices: null } : plan))
    render(<PricingTableView {...view} plans={unknown} />)
    expect(card('Pro').textContent).toContain('Price not available right now')
    expect(screen.getAllByText('Free', { selector: 'strong' })).toHaveLength(1)
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it('prop: interval chooses what is allowed, too', () => {
    const { rerender } = render(<PricingTableView {...view} />)
    expect(within(card('Pro')).getByText('10,000 characters included')).toBeTruthy()
    expect(within(card('Pro')).getByText('Up to 100,000 characters')).toBeTruthy()
    rerender(<PricingTableView {...view} interval="year" />)
    expect(within(card('Pro')).getByText('120,000 characters included')).toBeTruthy()
    expect(within(card('Pro')).getByText('Up to 1,200,000 characters')).toBeTruthy()
    // It is sold by the month alone.
    expect(within(card('Team')).getByText('10,000 characters included per seat')).toBeTruthy()
  })

  it('prop: interval chooses the trial, too: a year without one is no free trial', () => {
    const without = plans.map((plan) => ({
      ...plan,
      ...(plan.yearly && { yearly: { ...plan.yearly, trial: null } }),
    }))
    const { rerender } = render(<PricingTableView {...view} plans={without} />)
    expect(within(card('Pro')).getByText('14 days free, then $29.00 per month')).toBeTruthy()
    rerender(<PricingTableView {...view} plans={without} interval="year" />)
    expect(card('Pro').textContent).not.toContain('free')
    expect(within(card('Pro')).getByRole('button', { name: 'Get Pro' })).toBeTruthy()
    rerender(<PricingTableView {...view} interval="year" />)
    expect(within(card('Pro')).getByText('14 days free, then $290.00 per year')).toBeTruthy()
  })

  it('prop: onSelect gets what was chosen, with the seats', async () => {
    const onSelect = vi.fn()
    render(<PricingTableView {...view} onSelect={onSelect} interval="year" />)
    const seats = screen.getByRole('spinbutton', { name: 'Seats' })
    await userEvent.fill(seats, '7')
    await userEvent.click(screen.getByRole('button', { name: 'Get Team' }))
    // Team has no yearly price.
    expect(onSelect).toHaveBeenLastCalledWith({ plan: plans[2], interval: 'month', verb: 'start', seats: 7 })
    await userEvent.click(screen.getByRole('button', { name: 'Start free trial' }))
    expect(onSelect).toHaveBeenLastCalledWith({
      plan: plans[1],
      interval: 'year',
      verb: 'startTrial',
      seats: undefined,
    })
  })

  it.each([
    ['1', 'rangeUnderflow'],
    ['10001', 'rangeOverflow'],
  ] as const)('%s seats are not sold', async (number, fault) => {
    const onSelect = vi.fn()
    render(<PricingTableView {...view} onSelect={onSelect} />)
    const seats = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Seats' })
    expect(seats.value).toBe('2')
    await userEvent.fill(seats, number)
    await userEvent.click(screen.getByRole('button', { name: 'Get Team' }))
    expect(onSelect).not.toHaveBeenCalled()
    expect(seats.validity[fault]).toBe(true)
  })

  it('without onSelect there is nothing to click but the link', () => {
    render(<PricingTableView {...view} standing={null} onSelect={undefined} />)
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.getByRole('link', { name: 'Contact us' })).toBeTruthy()
  })

  it.each([
    ['checkout', 'CONFLICT', 'The server’s own words.'],
    ['checkout', 'TIMEOUT', 'Could not open the checkout. Please try again.'],
    ['update', 'PAYMENT_REQUIRED', failureMessages.paymentFailed],
    ['update', 'CONFLICT', 'The server’s own words.'],
    ['update', 'FORBIDDEN', 'Your plan could not be changed. Please try again.'],
    ['update', 'TIMEOUT', failureMessages.outcomeUnknown],
  ] as const)('a %s that failed with %s is announced on its card', (action, code, text) => {
    render(<PricingTableView {...view} failure={{ planType: 'pro', action, error: error(code) }} />)
    expect(within(card('Pro')).getByRole('alert').textContent).toBe(text)
    expect(screen.getAllByRole('alert')).toHaveLength(1)
  })

  it('prop: announcement, in a region that is there before', () => {
    const { rerender } = render(<PricingTableView {...view} />)
    const region = screen.getByRole('status')
    expect(region.textContent).toBe('')
    rerender(<PricingTableView {...view} announcement="You are on Team now." />)
    expect(screen.getByRole('status')).toBe(region)
    expect(region.textContent).toBe('You are on Team now.')
  })

  it('the switch: only where a plan has both, and says what a year saves', () => {
    const { rerender } = render(<PricingTableView {...view} />)
    expect(screen.getByRole('group', { name: 'Billing interval' })).toBeTruthy()
    expect(screen.getByRole('radio', { name: 'Monthly' })).toHaveProperty('checked', true)
    expect(screen.getByRole('radio', { name: 'Yearly Save 17%' })).toHaveProperty('checked', false)
    rerender(<PricingTableView {...view} plans={plans.filter(({ planType }) => planType !== 'pro')} />)
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it('the switch: several savings', () => {
    const dearer: Plan[] = plans.map((plan) => ({
      ...plan,
      planType: `${plan.planType}2`,
      prices: plan.prices?.map((price) => ({ ...price, amount: price.amount && price.amount + 100 })) ?? null,
    }))
    render(<PricingTableView {...view} plans={[...plans, ...dearer]} />)
    expect(screen.getByRole('radio', { name: 'Yearly Save up to 19%' })).toBeTruthy()
  })

  it.each([
    ['de', 'EUR', '29,00 €'],
    ['ja', 'JPY', '￥2,900'],
    ['en', 'KWD', 'KWD 2.900'],
  ] as const)('parameters: locale %s with %s', (locale, currency, expected) => {
    const converted = plans.map((plan) => ({
      ...plan,
      prices: plan.prices?.map((price) => ({ ...price, currency })) ?? null,
    }))
    render(<PricingTableView {...view} plans={converted} locale={locale} catalog={undefined} />)
    expect(card('Pro').textContent?.replaceAll(/\s/g, ' ')).toContain(expected)
  })

  it('prices are in the currency that is paid in; without a plan in the catalog’s', () => {
    const inBoth: Plan[] = plans.map((plan) => ({
      ...plan,
      prices:
        plan.prices?.flatMap((price) => [
          price,
          { ...price, amount: price.amount && price.amount - 1_000, currency: 'EUR' },
        ]) ?? null,
    }))
    const inEuro = (name: keyof typeof scenarios): Standing => ({
      status: scenarios[name].getStatus as BillingStatus,
      subscription: { ...(scenarios[name].getSubscription as Subscription), currency: 'EUR' },
    })
    const { rerender } = render(<PricingTableView {...view} plans={inBoth} standing={inEuro('active')} />)
    expect(card('Pro').textContent).toContain('€19.00 per month')
    expect(card('Team').textContent).toContain('€12.00 per seat and month')
    // 280 euros instead of 12 times 19.
    expect(screen.queryByRole('radio', { name: /Save/ })).toBeNull()
    rerender(<PricingTableView {...view} plans={inBoth} standing={inEuro('canceled')} />)
    expect(card('Pro').textContent).toContain('$29.00 per month')
    expect(screen.getByRole('radio', { name: 'Yearly Save 17%' })).toBeTruthy()
  })

  it('without a catalog: the smallest plan is the default one, and ids stand for names', () => {
    render(<PricingTableView {...view} catalog={undefined} />)
    expect(screen.getAllByRole('listitem', { current: true })).toEqual([card('Free')])
    expect(within(card('Pro')).getByText('api')).toBeTruthy()
  })

  it('at 320 px nothing sticks out', () => {
    const { container } = render(
      <div style={{ inlineSize: 320 }}>
        <PricingTableView {...view} />
      </div>,
    )
    expect(container.firstElementChild).toHaveProperty('scrollWidth', 320)
  })

  it('side by side the cards are equally high, and their buttons on one line', () => {
    const { container } = render(
      <div style={{ inlineSize: 1_200 }}>
        <PricingTableView {...view} />
      </div>,
    )
    const boxes = (selector: string) =>
      [...container.querySelectorAll(selector)].map((element) => element.getBoundingClientRect())
    const cards = boxes('[data-billing-part=plan]')
    expect(new Set(cards.map(({ top }) => Math.round(top))).size).toBe(1)
    expect(new Set(cards.map(({ height }) => Math.round(height))).size).toBe(1)
    const buttons = boxes('.billing-button').map(({ bottom }) => Math.round(bottom))
    expect(buttons).toHaveLength(4)
    expect(new Set(buttons).size).toBe(1)
  })
})

describe('<PricingTable />', () => {
  afterEach(() => history.replaceState(null, '', location.pathname + location.search))

  const renderTable = (scenario: Scenario, ui = <PricingTable />) =>
    renderWithBilling(ui, { scenario, organizationId: 'acme' })
  const idle = async (name: string) => {
    const button = await screen.findByRole('button', { name })
    await expect.poll(() => button.dataset['state']).toBe('idle')
    return button
  }

  it('default: nothing bought, so the checkout opens', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    renderTable({ ...scenarios.free, createCheckout })
    await userEvent.click(await idle('Start free trial'))
    await expect.poll(() => location.hash).toBe('#checkout')
    expect(createCheckout).toHaveBeenCalledWith(
      { planType: 'pro', interval: 'month', seats: undefined },
      expect.anything(),
    )
  })

  it('seats go into the checkout', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    renderTable({ ...scenarios.free, createCheckout })
    await idle('Get Team')
    await userEvent.fill(screen.getByRole('spinbutton'), '4')
    await userEvent.keyboard('{Enter}')
    await expect.poll(() => location.hash).toBe('#checkout')
    expect(createCheckout).toHaveBeenCalledWith(
      { planType: 'team', interval: 'month', seats: 4 },
      expect.anything(),
    )
  })

  it('keyboard: Tab reaches the switch, the arrow keys turn it', async () => {
    const onIntervalChange = vi.fn()
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    renderTable({ ...scenarios.free, createCheckout }, <PricingTable onIntervalChange={onIntervalChange} />)
    await idle('Start free trial')
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Monthly' }))
    await userEvent.keyboard('{ArrowRight}')
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'Yearly Save 17%' }))
    expect(onIntervalChange).toHaveBeenLastCalledWith('year')
    expect(card('Pro').textContent).toContain('$290.00 per year')
    await userEvent.keyboard('{ArrowLeft}')
    expect(onIntervalChange).toHaveBeenLastCalledWith('month')
    await userEvent.keyboard('{ArrowDown}')
    await userEvent.click(screen.getByRole('button', { name: 'Start free trial' }))
    await expect
      .poll(() => createCheckout.mock.lastCall)
      .toEqual([{ planType: 'pro', interval: 'year', seats: undefined }, expect.anything()])
  })

  it('prop: defaultInterval, and interval, which stays until the app says otherwise', async () => {
    const { unmount } = renderTable(scenarios.free, <PricingTable defaultInterval="year" />)
    expect((await findCard('Pro')).textContent).toContain('$290.00 per year')
    unmount()
    renderTable(scenarios.free, <PricingTable interval="month" />)
    await findCard('Pro')
    await userEvent.click(screen.getByText('Yearly'))
    expect(card('Pro').textContent).toContain('$29.00 per month')
    expect(screen.getByRole('radio', { name: 'Monthly' })).toHaveProperty('checked', true)
  })

  it('who pays by the year sees yearly prices first', async () => {
    const { product } = scenarios.active.getSubscription
    const getSubscription = {
      ...scenarios.active.getSubscription,
      product: product && { ...product, recurringInterval: 'year' },
    }
    renderTable({ ...scenarios.active, getSubscription })
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(card('Pro').textContent).toContain('$290.00 per year')
    await userEvent.click(screen.getByText('Monthly'))
    expect(screen.getByRole('button', { name: 'Switch to monthly' })).toBeTruthy()
  })

  it('signed out: prices, and nothing to click', async () => {
    renderWithBilling(<PricingTable />, { organizationId: null })
    expect((await findCard('Pro')).textContent).toContain('$29.00 per month')
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('listitem', { current: true })).toBeNull()
  })

  it('signed out with onSelect: the app says what happens', async () => {
    const onSelect = vi.fn()
    renderWithBilling(<PricingTable onSelect={onSelect} />, { organizationId: null })
    await userEvent.click(await idle('Start free trial'))
    expect(onSelect).toHaveBeenCalledWith('pro', 'month', expect.objectContaining({ verb: 'startTrial' }))
  })

  it('prop: onSelect is called instead of the checkout', async () => {
    const onSelect = vi.fn()
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#stopped' }))
    renderTable({ ...scenarios.free, createCheckout }, <PricingTable onSelect={onSelect} />)
    await userEvent.click(await idle('Start free trial'))
    expect(onSelect).toHaveBeenCalledOnce()
    expect(createCheckout).not.toHaveBeenCalled()
  })

  it('behavior: a double click opens one checkout, and the other buttons wait', async () => {
    const createCheckout = vi.fn(scenarios.loading.createCheckout)
    renderTable({ ...scenarios.free, createCheckout })
    const button = await idle('Start free trial')
    await userEvent.dblClick(button)
    await expect.poll(() => button.dataset['state']).toBe('busy')
    expect(createCheckout).toHaveBeenCalledOnce()
    expect(screen.getByRole('button', { name: 'Get Team' }).dataset['state']).toBe('loading')
  })

  it('behavior: a refused checkout is announced on its card, and may be tried again', async () => {
    renderTable({ ...scenarios.free, createCheckout: error('CONFLICT') })
    await userEvent.click(await idle('Start free trial'))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toBe('The server’s own words.')
    expect(card('Pro').contains(alert)).toBe(true)
    expect(screen.getByRole('button', { name: 'Start free trial' }).dataset['state']).toBe('error')
  })

  it('behavior: the status cannot be read, so the server decides', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    const { listPlans } = scenarios.free
    renderTable({ ...scenarios.down, listPlans, createCheckout })
    await userEvent.click(await idle('Choose Pro'))
    expect(screen.getByText('Your present plan cannot be read right now.')).toBeTruthy()
    expect(screen.queryByRole('listitem', { current: true })).toBeNull()
    await waitFor(() => expect(createCheckout).toHaveBeenCalledOnce())
  })

  it('behavior: while the status loads, no button takes a click', async () => {
    renderTable({ ...scenarios.loading, listPlans: scenarios.free.listPlans })
    const button = await screen.findByRole('button', { name: 'Choose Pro' })
    expect(button.dataset['state']).toBe('loading')
  })

  it('behavior: while the subscription loads, a subscriber’s buttons wait for it', async () => {
    renderTable({ ...scenarios.active, getSubscription: scenarios.loading.getSubscription })
    const button = await screen.findByRole('button', { name: 'Choose Pro' })
    expect(button.dataset['state']).toBe('loading')
  })

  it('behavior: past due: nothing to buy, and the way to the portal', async () => {
    renderTable(scenarios.pastDue)
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Manage billing' })).toBeTruthy()
    expect(screen.getAllByRole('button')).toHaveLength(2)
  })

  it('behavior: a purchase is not confirmed: everything is busy, and nothing is called current', async () => {
    history.replaceState(null, '', '?billing=checkout&checkout_id=chk_1')
    const getStatus = { ...scenarios.free.getStatus, checkout: 'confirmed' } as const
    renderWithBilling(
      <>
        <CheckoutReturn />
        <PricingTable />
      </>,
      { scenario: { ...scenarios.free, getStatus }, organizationId: 'buyer' },
    )
    expect(await screen.findByText('Your purchase is being confirmed.')).toBeTruthy()
    await expect
      .poll(() => screen.getAllByRole('button').map(({ dataset }) => dataset['state']))
      .toEqual(['busy', 'busy'])
    expect(screen.queryByRole('listitem', { current: true })).toBeNull()
    sessionStorage.clear()
  })

  it.each([
    ['canceling', 'Resume Pro', { action: 'resume' }],
    ['paused', 'Resume Pro', { action: 'resume' }],
  ] as const)('behavior: %s: resumes', async (name, label, update) => {
    const updateSubscription = vi.fn(async () => scenarios.active.getSubscription)
    renderTable({ ...scenarios[name], updateSubscription })
    await userEvent.click(await idle(label))
    await waitFor(() => expect(updateSubscription).toHaveBeenCalledWith(update, expect.anything()))
    await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Pro now.')
  })

  const pendingChange = { planType: 'team', seats: null, appliesAt: '2026-12-21T09:00:00.000Z' }

  it('behavior: a change that waits can be taken back', async () => {
    const updateSubscription = vi.fn(async () => scenarios.active.getSubscription)
    const getSubscription = { ...scenarios.active.getSubscription, pendingChange }
    renderTable({ ...scenarios.active, getSubscription, updateSubscription })
    const keep = await idle('Keep Pro')
    expect(screen.getByRole('button', { name: 'Starts on December 21, 2026' }).dataset['state']).toBe('done')
    await userEvent.click(keep)
    await waitFor(() =>
      expect(updateSubscription).toHaveBeenCalledWith(
        { action: 'change', planType: 'pro', interval: 'month' },
        expect.anything(),
      ),
    )
  })

  it('behavior: a change that waits for a year: the month names its own price, and can be had', async () => {
    const getSubscription = {
      ...scenarios.team.getSubscription,
      seats: null,
      pendingChange: { ...pendingChange, planType: 'pro', interval: 'year' as const },
    }
    renderTable({ ...scenarios.team, getSubscription })
    expect(within(await findCard('Pro')).queryByText(/Starts on/)).toBeNull()
    expect(await idle('Downgrade to Pro')).toBeTruthy()
    await userEvent.click(screen.getByText('Yearly'))
    expect(await screen.findByRole('button', { name: 'Starts on December 21, 2026' })).toBeTruthy()
    expect(card('Pro').textContent).toContain('$290.00 per year')
  })

  it('behavior: a resume that is not paid', async () => {
    renderTable({ ...scenarios.paused, updateSubscription: error('PAYMENT_REQUIRED') })
    await userEvent.click(await idle('Resume Pro'))
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
  })

  it('behavior: who has a free subscription gives a card first', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    const { product } = scenarios.active.getSubscription
    const getSubscription = {
      ...scenarios.active.getSubscription,
      amount: 0,
      product: product && { ...product, prices: product.prices.map((price) => ({ ...price, amount: 0 })) },
    }
    renderTable({ ...scenarios.active, getSubscription, createCheckout })
    await userEvent.click(await idle('Upgrade to Team'))
    await expect.poll(() => location.hash).toBe('#checkout')
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('behavior: a discount of everything is no free plan', async () => {
    const getSubscription = { ...scenarios.active.getSubscription, amount: 0 }
    renderTable({ ...scenarios.active, getSubscription })
    await userEvent.click(await idle('Upgrade to Team'))
    expect(await screen.findByRole('dialog')).toBeTruthy()
  })

  it('upgrade: the dialog asks, changes, closes, and it is announced; the focus returns', async () => {
    let planType = 'pro'
    const now = <T extends object>(answer: T): T => ({
      ...answer,
      ...(planType === 'team' && { planType, planName: 'Team' }),
    })
    const updateSubscription = vi.fn(async () => {
      planType = 'team'
      return now(scenarios.active.getSubscription)
    })
    renderTable({
      ...scenarios.active,
      getStatus: async () => now(scenarios.active.getStatus),
      getSubscription: async () => now(scenarios.active.getSubscription),
      updateSubscription,
    })
    const opener = await idle('Upgrade to Team')
    await tabTo(opener)
    await userEvent.keyboard('{Enter}')
    const dialog = await screen.findByRole('dialog', { name: 'Upgrade to Team' })
    expect(dialog.contains(document.activeElement)).toBe(true)
    await userEvent.click(within(dialog).getByRole('button', { name: 'Change now' }))
    await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Team now.')
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(updateSubscription).toHaveBeenCalledWith(
      { action: 'change', planType: 'team', interval: 'month', when: 'now' },
      expect.anything(),
    )
    await expect.poll(() => card('Team').getAttribute('aria-current')).toBe('true')
    expect(card('Team').contains(document.activeElement)).toBe(true)
  })

  it.each([
    [undefined, 'You change to Pro on December 21, 2026.'],
    ['month', 'You change to Pro on December 21, 2026.'],
    ['year', 'You change to Pro (yearly) on December 21, 2026.'],
  ] as const)('downgrade: waits, and it is announced (%s)', async (by, announced) => {
    const getSubscription = { ...scenarios.team.getSubscription, seats: null }
    const updateSubscription = vi.fn(async () => ({
      ...getSubscription,
      pendingChange: { ...pendingChange, planType: 'pro', ...(by && { interval: by }) },
    }))
    renderTable({ ...scenarios.team, getSubscription, updateSubscription })
    await userEvent.click(await idle('Downgrade to Pro'))
    const dialog = await screen.findByRole('dialog', { name: 'Downgrade to Pro' })
    await userEvent.click(within(dialog).getByRole('button', { name: 'Change at the end of the period' }))
    await expect.poll(() => screen.getByRole('status').textContent).toBe(announced)
    expect(updateSubscription).toHaveBeenCalledWith(
      { action: 'change', planType: 'pro', interval: 'month', when: 'period_end' },
      expect.anything(),
    )
  })

  it('behavior: what was said of a change is no news once the card cancels', async () => {
    const getSubscription = { ...scenarios.team.getSubscription, seats: null }
    const updateSubscription = vi.fn(async ({ action }: SubscriptionUpdate) =>
      action === 'cancel'
        ? { ...getSubscription, cancelAtPeriodEnd: true }
        : { ...getSubscription, pendingChange: { ...pendingChange, planType: 'pro' } },
    )
    const ui = (
      <>
        <SubscriptionCard />
        <PricingTable />
      </>
    )
    renderTable({ ...scenarios.team, getSubscription, updateSubscription }, ui)
    await userEvent.click(await idle('Downgrade to Pro'))
    await userEvent.click(await screen.findByRole('button', { name: 'Change at the end of the period' }))
    await expect.poll(() => screen.getByRole('status').textContent).toMatch(/^You change to Pro/)
    await userEvent.click(screen.getByRole('button', { name: 'Cancel plan' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    await expect.poll(() => screen.getByRole('status').textContent).toBe('')
  })

  it('behavior: what failed on a card is no news once it is done elsewhere', async () => {
    const updateSubscription = vi.fn(async () => scenarios.active.getSubscription)
    updateSubscription.mockRejectedValueOnce(error('TOO_MANY_REQUESTS'))
    const ui = (
      <>
        <SubscriptionCard />
        <PricingTable />
      </>
    )
    renderTable({ ...scenarios.canceling, updateSubscription }, ui)
    await userEvent.click(await idle('Resume Pro'))
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Your plan could not be changed/)
    await userEvent.click(await idle('Keep plan'))
    await expect.poll(() => screen.queryByRole('alert')).toBeNull()
  })

  it('to the default plan: canceling leads there, and its card says from when; the focus stays', async () => {
    const backend = changeableBackend()
    renderTable(backend)
    const opener = await idle('Downgrade to Free')
    expect(card('Free').contains(opener)).toBe(true)
    await tabTo(opener)
    await userEvent.keyboard('{Enter}')
    const dialog = within(await screen.findByRole('dialog', { name: 'Cancel Pro?' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    await expect
      .poll(() => backend.updateSubscription.mock.calls.map(([{ action }]) => action))
      .toEqual(['cancel'])
    await expect.poll(() => opener.textContent).toBe('Starts on December 21, 2026')
    expect(opener.dataset['state']).toBe('done')
    expect(document.activeElement).toBe(opener)
  })

  it('to the default plan: a refusal is said, and undone', async () => {
    renderTable({ ...changeableBackend(), updateSubscription: error('TOO_MANY_REQUESTS') })
    await userEvent.click(await idle('Downgrade to Free'))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    expect((await screen.findByRole('alert')).textContent).toMatch(/^Your plan could not be canceled/)
    expect(await idle('Downgrade to Free')).toBeTruthy()
  })

  it('prop: onSelect sells; to cancel is no sale', async () => {
    const onSelect = vi.fn()
    renderTable(scenarios.active, <PricingTable onSelect={onSelect} />)
    await userEvent.click(await idle('Downgrade to Free'))
    expect(await screen.findByRole('dialog', { name: 'Cancel Pro?' })).toBeTruthy()
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('Escape closes the dialog, nothing changes, and the focus returns to its button', async () => {
    const updateSubscription = vi.fn(async () => scenarios.active.getSubscription)
    renderTable({ ...scenarios.active, updateSubscription })
    const opener = await idle('Upgrade to Team')
    await tabTo(opener)
    await userEvent.keyboard('{Enter}')
    await screen.findByRole('dialog')
    await userEvent.keyboard('{Escape}')
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(opener)
    expect(updateSubscription).not.toHaveBeenCalled()
  })

  it('behavior: a backend that does not name the plan: it is announced all the same', async () => {
    const updateSubscription = { status: 'active', planName: null } as const
    renderTable({ ...scenarios.canceling, updateSubscription })
    await userEvent.click(await idle('Resume Pro'))
    await expect.poll(() => screen.getByRole('status').textContent).toBe('Your plan has changed.')
  })

  it('behavior: without the subscription nobody can say what a change costs, so none is offered', async () => {
    const { getSubscription: _none, ...without } = scenarios.active
    renderTable(without)
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Upgrade to Team' })).toBeNull()
  })

  it('behavior: another organization: the dialog and what was said are gone', async () => {
    const queryClient = new QueryClient()
    const transport = createMemoryTransport({
      ...scenarios.active,
      updateSubscription: scenarios.team.getSubscription,
    })
    const table = (organizationId: string) => (
      <QueryClientProvider client={queryClient}>
        <BillingProvider transport={transport} organizationId={organizationId} catalog={scenarioCatalog}>
          <PricingTable />
        </BillingProvider>
      </QueryClientProvider>
    )
    const { rerender } = render(table('acme'))
    await userEvent.click(await idle('Upgrade to Team'))
    await screen.findByRole('dialog')
    rerender(table('globex'))
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    rerender(table('acme'))
    await idle('Upgrade to Team')
    expect(screen.queryByRole('dialog')).toBeNull()
    rerender(table('globex'))
    await userEvent.click(await idle('Upgrade to Team'))
    await userEvent.click(await screen.findByRole('button', { name: 'Change now' }))
    await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Team now.')
    rerender(table('acme'))
    expect(screen.getByRole('status').textContent).toBe('')
  })

  it('behavior: a backend without checkout or updates shows prices', async () => {
    const { listPlans, getStatus, getSubscription } = scenarios.free
    const { unmount } = renderTable({ listPlans, getStatus, getSubscription })
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(screen.getAllByRole('button')).toHaveLength(1)
    unmount()
    const { updateSubscription: _none, ...without } = scenarios.active
    renderTable(without)
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(screen.getAllByRole('button')).toHaveLength(1)
  })

  it('behavior: a backend that answers so: the buttons go', async () => {
    renderTable({ ...scenarios.free, createCheckout: error('NOT_IMPLEMENTED') })
    await userEvent.click(await idle('Start free trial'))
    await expect.poll(() => screen.queryByRole('button', { name: 'Start free trial' })).toBeNull()
  })

  it('behavior: a backend without a price list', async () => {
    const { getStatus } = scenarios.free
    const { container } = renderWithBilling(<PricingTable />, { scenario: { getStatus } })
    await expect.poll(() => container.innerHTML).toBe('')
  })

  it('has no accessibility fault, with the dialog open', async () => {
    const { container } = renderTable(scenarios.active)
    await userEvent.click(await idle('Upgrade to Team'))
    await screen.findByRole('dialog')
    await expectNoViolations(container)
  })
})
