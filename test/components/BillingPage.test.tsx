import { QueryClient } from '@tanstack/react-query'
import { act, screen, waitFor, within } from '@testing-library/react'
import { BillingError, BillingPage, type CheckoutInput } from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { scenarios } from 'polar-billing-kit/testing'
import { createRef } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { renderWithBilling } from '../renderWithBilling.js'
import { pay } from '../server/pay.js'
import { type Loop, startLoop } from '../startLoop.js'
import { expectNoViolations } from './testComponent.js'

const headings = () => screen.queryAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)
const section = async (name: string) => {
  const found = (await screen.findByRole('heading', { level: 2, name })).closest('section')
  return within(found as HTMLElement)
}
const ALL = ['Subscription', 'Usage', 'Plans', 'Seats', 'Invoices']

describe('<BillingPage /> over the real server', () => {
  const { pro, proYearly, team } = sampleCatalog.products
  let loop: Loop
  beforeEach(async () => {
    loop = await startLoop('acme', { pro: { month: pro.id, year: proYearly.id }, team: team.id })
  })
  afterEach(() => loop.close())

  const buy = (product_id: string, options = {}) =>
    loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id, ...options })

  it('bought on the page: everything on it turns', async () => {
    const { container, unmount } = renderWithBilling(<BillingPage />, { transport: loop.transport })
    expect(await (await section('Subscription')).findByText('No subscription')).toBeTruthy()
    expect(await (await section('Usage')).findByRole('meter', { name: 'Characters' })).toBeTruthy()
    expect(await (await section('Invoices')).findByText('No invoices yet')).toBeTruthy()
    await waitFor(() => expect(headings()).toEqual(['Subscription', 'Usage', 'Plans', 'Invoices']))
    await expectNoViolations(container)

    const left = new Promise<string>((resolve) => {
      const leave = (event: NavigateEvent) => {
        event.preventDefault()
        resolve(event.destination.url)
      }
      navigation.addEventListener('navigate', leave, { once: true })
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Get Pro' }))
    const cameBackTo = new URL(await pay(await left, 'ada@acme.example', loop.emulator.fetch))
    unmount()
    history.replaceState(null, '', `?${cameBackTo.searchParams}`)
    const { container: turned } = renderWithBilling(<BillingPage />, { transport: loop.transport })
    expect(await screen.findByText('You are on Pro')).toBeTruthy()
    expect(await (await section('Subscription')).findByText('Pro')).toBeTruthy()
    expect(await (await section('Plans')).findByRole('button', { name: 'Current plan' })).toBeTruthy()
    expect(await (await section('Invoices')).findByRole('table', { name: 'Invoices' })).toBeTruthy()
    await expectNoViolations(turned)
  })

  it('canceled with a reason: the banner says so, and takes it back', async () => {
    buy(pro.id)
    renderWithBilling(<BillingPage />, { transport: loop.transport })
    await userEvent.click(await (await section('Subscription')).findByRole('button', { name: 'Cancel plan' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Cancel Pro?' }))
    await userEvent.click(dialog.getByRole('radio', { name: 'It is too expensive' }))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    const banner = () => document.querySelector<HTMLElement>('.billing-banner')
    await expect.poll(() => banner()?.dataset['state']).toBe('cancel_scheduled')
    const isCanceled = async () =>
      (await loop.billing.service.getSubscription({ organizationId: 'acme' })).cancelAtPeriodEnd
    await expect.poll(isCanceled).toBe(true)
    await userEvent.click(within(banner() as HTMLElement).getByRole('button', { name: 'Keep plan' }))
    await expect.poll(isCanceled).toBe(false)
    await expect.poll(banner).toBeNull()
    expect(await (await section('Subscription')).findByRole('button', { name: 'Cancel plan' })).toBeTruthy()
  })

  it('a plan with seats: they are given away on the page', async () => {
    buy(team.id, { seats: 3 })
    const { container } = renderWithBilling(<BillingPage />, { transport: loop.transport })
    const seats = await section('Seats')
    expect(await seats.findByText(/of 3 seats used/)).toBeTruthy()
    expect(headings()).toEqual(ALL)
    await userEvent.type(await seats.findByRole('textbox'), 'eds@acme.example{Enter}')
    expect(await seats.findByText('eds@acme.example')).toBeTruthy()
    await expectNoViolations(container)
  })

  it('Polar is down, and the plan has no seats: nothing is said of them', async () => {
    buy(pro.id)
    await loop.emulator.controls.settle()
    // What is known now is what the page shows then.
    await loop.billing.service.getStatus({ organizationId: 'acme' }, {})
    loop.emulator.controls.takeDown()
    await loop.emulator.controls.advanceClock({ minutes: 6 })
    const { container } = renderWithBilling(<BillingPage />, { transport: loop.transport })
    expect(await (await section('Subscription')).findByText('Pro')).toBeTruthy()
    await expect
      .poll(() => loop.requests.filter((request) => request === 'GET /seats').length)
      .toBeGreaterThan(0)
    await waitFor(() => expect(container.querySelector('[aria-busy]')).toBeNull())
    expect(headings()).not.toContain('Seats')
  })

  it('signed out: the price list alone, and nothing of anybody is asked', async () => {
    const onSelect = vi.fn()
    renderWithBilling(<BillingPage onSelect={onSelect} />, {
      transport: loop.transport,
      organizationId: null,
    })
    const plans = await section('Plans')
    await userEvent.click(await plans.findByRole('button', { name: /Pro|trial/ }))
    expect(onSelect.mock.calls[0]?.slice(0, 2)).toEqual(['pro', 'month'])
    expect(headings()).toEqual(['Plans'])
    expect(new Set(loop.requests)).toEqual(new Set(['GET /plans']))
  })
})

describe('<BillingPage />', () => {
  const { getStatus, getUsage } = scenarios.free

  it('what the backend lacks is left out with its heading', async () => {
    renderWithBilling(<BillingPage />, { scenario: { getStatus, getUsage } })
    await waitFor(() => expect(headings()).toEqual(['Usage']))
    expect(document.querySelectorAll('[data-section]')).toHaveLength(1)
  })

  it('a backend that only says so when it is asked', async () => {
    const listOrders = new BillingError('NOT_IMPLEMENTED', 'It lists no orders.')
    renderWithBilling(<BillingPage />, { scenario: { ...scenarios.active, listOrders } })
    await waitFor(() => expect(headings()).toEqual(['Subscription', 'Usage', 'Plans']))
  })

  it('what is known to be missing does not flash when somebody comes back', async () => {
    let answer = (): Promise<never> => Promise.reject(new BillingError('NOT_IMPLEMENTED', 'Not here.'))
    const missing = vi.fn(() => answer())
    const queryClient = new QueryClient()
    renderWithBilling(<BillingPage />, {
      queryClient,
      scenario: { ...scenarios.active, listOrders: missing, listSeats: missing, getUsage: missing },
    })
    await waitFor(() => expect(headings()).toEqual(['Subscription', 'Plans']))
    answer = () => new Promise(() => undefined)
    missing.mockClear()
    await act(() => queryClient.invalidateQueries())
    expect(headings()).toEqual(['Subscription', 'Plans'])
    expect(missing).not.toHaveBeenCalled()
  })

  it('prop: sections, which and in which order', async () => {
    renderWithBilling(<BillingPage sections={['plans', 'subscription']} />, { scenario: scenarios.active })
    await waitFor(() => expect(headings()).toEqual(['Plans', 'Subscription']))
  })

  it('over the limit: the banner leads to the plans', async () => {
    renderWithBilling(<BillingPage />, { scenario: scenarios.overLimit })
    await section('Plans')
    await userEvent.click(await screen.findByRole('button', { name: 'Upgrade' }))
    expect(document.activeElement?.textContent).toBe('Plans')
  })

  it('over the limit without plans on the page: nothing leads there', async () => {
    renderWithBilling(<BillingPage sections={['usage']} />, { scenario: scenarios.overLimit })
    await expect.poll(() => document.querySelector('.billing-banner')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Upgrade' })).toBeNull()
  })

  it('prop: checkoutMode', async () => {
    const createCheckout = vi.fn((_input: CheckoutInput) => new Promise<never>(() => undefined))
    renderWithBilling(<BillingPage checkoutMode="embed" sections={['plans']} />, {
      scenario: { ...scenarios.free, createCheckout },
      embed: () => import('@polar-sh/checkout/embed'),
    })
    await userEvent.click(await screen.findByRole('button', { name: /Get Pro|trial/ }))
    await waitFor(() => expect(createCheckout).toHaveBeenCalledOnce())
    expect(createCheckout.mock.calls[0]?.[0]).toMatchObject({ planType: 'pro', embed: true })
  })

  it('slots: classNames, messages, and native props', async () => {
    const ref = createRef<HTMLDivElement>()
    renderWithBilling(
      <BillingPage
        ref={ref}
        id="billing"
        className="mine"
        classNames={{ root: 'root', section: 'card', heading: 'title' }}
        messages={{ plans: 'Choose your plan' }}
        sections={['plans']}
      />,
      { scenario: scenarios.free },
    )
    const heading = await screen.findByRole('heading', { level: 2, name: 'Choose your plan' })
    expect(heading.className).toBe('title')
    expect(heading.closest('section')?.className).toBe('card')
    expect(ref.current?.id).toBe('billing')
    expect(ref.current?.className).toBe('billing-page root mine')
  })

  it.each([
    ['team', ALL],
    ['pastDue', ALL.filter((name) => name !== 'Seats')],
  ] as const)('unstyled, %s: nothing of the kit’s classes, in any of its parts', async (name, sections) => {
    const { container } = renderWithBilling(<BillingPage unstyled />, { scenario: scenarios[name] })
    await waitFor(() => expect(headings()).toEqual(sections))
    await waitFor(() => expect(container.querySelector('[aria-busy]')).toBeNull())
    expect(container.innerHTML).not.toMatch(/class="[^"]*billing-/)
  })

  it.each(['pastDue', 'canceling', 'trialing', 'paused', 'stale', 'down', 'loading'] as const)(
    '%s: no accessibility fault',
    async (name) => {
      const { container } = renderWithBilling(<BillingPage />, { scenario: scenarios[name] })
      await section('Subscription')
      await expectNoViolations(container)
    },
  )

  it.each(['active', 'team', 'overLimit', 'pastDue'] as const)('%s: fits into 320 pixels', async (name) => {
    await page.viewport(320, 640)
    renderWithBilling(<BillingPage />, { scenario: scenarios[name] })
    await waitFor(() => expect(document.querySelector('[aria-busy]')).toBeNull())
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(320)
  })
})
