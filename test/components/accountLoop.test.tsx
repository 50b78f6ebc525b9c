import { screen, waitFor, within } from '@testing-library/react'
import { createPolar } from '@polar-sh/sdk/2026-10'
import {
  BillingBanner,
  type BillingTransport,
  Entitled,
  InvoiceList,
  PlanBadge,
  PricingTable,
  SeatList,
  SubscriptionCard,
  UsageChart,
  UsageMeterList,
} from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

const { pro, team } = sampleCatalog.products

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme', { pro: pro.id, team: team.id })
  loop.emulator.controls.addWebhookEndpoint({
    url: `${location.origin}/api/billing/webhooks/polar`,
    secret: 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK',
  })
})
afterEach(() => loop.close())

const buy = async (product_id: string = pro.id, seats?: number) => {
  loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id, ...(seats && { seats }) })
  await loop.emulator.controls.settle()
}
const polar = () => createPolar({ accessToken: 'polar_oat_test', baseUrl: 'https://polar.test' })
const show = (ui: ReactNode) => renderWithBilling(ui, { transport: loop.transport })
const click = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }))
/** The page hears of changes from here on. */
const subscribed = () => waitFor(() => expect(loop.requests).toContain('GET /events'))
const stateOf = (root: string) => document.querySelector<HTMLElement>(root)?.dataset['state']

describe('an account over REST, the real server and the emulator', () => {
  describe('<InvoiceList />', () => {
    /** A tab that the browser would open. */
    function openableTab() {
      const tab = {
        closed: false,
        opener: window as unknown,
        document: document.implementation.createHTMLDocument(),
        location: { replace: vi.fn() },
        close: vi.fn(),
      }
      const open = vi.spyOn(window, 'open').mockReturnValue(tab as unknown as Window)
      onTestFinished(() => open.mockRestore())
      return tab
    }

    it('nothing bought, bought on another page, and the invoice that takes its time', async () => {
      show(
        <>
          <PlanBadge />
          <InvoiceList />
        </>,
      )
      expect(await screen.findByText('No invoices yet')).toBeTruthy()
      await subscribed()
      loop.emulator.controls.changeSettings({ invoiceDelay: 1_000 })
      await buy()
      const [, row] = await screen.findAllByRole('row')
      expect(row?.textContent).toMatch(/^November 21, 2026.*Paid\$29\.00/)
      const tab = openableTab()
      await click(/^Invoice/)
      await waitFor(() => expect(tab.document.body.textContent).toBe('Preparing your invoice…'))
      await waitFor(() => expect(loop.requests.filter((one) => one.endsWith('/invoice'))).toHaveLength(1))
      await expect
        .poll(
          async () => {
            await loop.emulator.controls.advanceClock({ seconds: 2 })
            return tab.location.replace.mock.calls
          },
          { timeout: 15_000 },
        )
        .toEqual([[expect.stringMatching(/^https:\/\/polar\.test\//)]])
      expect(tab.opener).toBeNull()
      await expect.poll(() => screen.getByRole('button').dataset['state']).toBe('idle')
    })
  })

  describe('<SeatList />', () => {
    const claim = (email: string) => {
      const [invitation] = loop.emulator.controls.listInvitations({ email })
      return polar().customerSeats.claimSeat({ invitation_token: invitation?.invitation_token ?? '' })
    }
    const person = async (email: string) =>
      within((await screen.findByText(email)).closest('li') as HTMLElement)
    const input = () => screen.findByRole('textbox', { name: 'E-mail address' })

    it('a plan without seats has no list', async () => {
      await buy()
      const { container } = show(<SeatList />)
      await waitFor(() => expect(loop.requests).toContain('GET /seats'))
      await expect.poll(() => container.innerHTML).toBe('')
    })

    it('given, claimed elsewhere, refused twice, taken back, until none is left', async () => {
      await buy(team.id, 2)
      show(<SeatList />)
      expect(await screen.findByText('0 of 2 seats used')).toBeTruthy()
      await subscribed()
      await userEvent.type(await input(), 'ada@example.org{Enter}')
      expect(await screen.findByText('1 of 2 seats used')).toBeTruthy()
      expect((await person('ada@example.org')).getByText(/^Invited, can accept until/)).toBeTruthy()
      await claim('ada@example.org')
      // Nobody did anything on this page.
      expect((await person('ada@example.org')).queryByText('Remove')).toBeTruthy()
      await expect.poll(() => screen.queryByText('Has a seat since November 21, 2026')).toBeTruthy()
      await userEvent.type(await input(), 'ada@example.org{Enter}')
      expect((await screen.findByRole('alert')).textContent).toMatch(/has a seat already/)
      await userEvent.clear(await input())
      await userEvent.type(await input(), 'bob@example.org{Enter}')
      expect(await screen.findByText('All seats are taken.')).toBeTruthy()
      expect(screen.queryByRole('textbox')).toBeNull()
      await userEvent.click((await person('bob@example.org')).getByRole('button', { name: /^Remove bob/ }))
      await click('Remove from seat bob@example.org')
      expect(await screen.findByText('1 of 2 seats used')).toBeTruthy()
      expect(screen.queryByText('bob@example.org')).toBeNull()
    })
  })

  describe('<SeatList />, in the middle of the month', () => {
    const middle = '2026-12-06T09:00:00Z'
    beforeEach(async () => {
      await buy(team.id, 2)
      await loop.emulator.controls.advanceClock({ to: middle })
      // The dialog reckons by the browser's clock. It moves on while something is waited for, and half a cent is cut off.
      vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-12-06T08:59:00Z') })
    })
    afterEach(() => void vi.useRealTimers())

    const askFor = async (count: string) => {
      show(<SeatList />)
      await click('Change seats')
      const dialog = within(await screen.findByRole('dialog'))
      await userEvent.fill(await dialog.findByRole('spinbutton'), count)
      return dialog
    }
    const paid = async () => {
      const { orders } = await loop.billing.service.listOrders({ organizationId: 'acme' })
      return orders.map(({ amount }) => amount)
    }

    it('a full team buys more, for what was estimated, and invites', async () => {
      for (const email of ['ada@example.org', 'bob@example.org'])
        await loop.transport.updateSeats?.({ action: 'assign', email })
      const dialog = await askFor('7')
      expect(dialog.getByText('$84.00 per month')).toBeTruthy()
      expect(dialog.getByText('Due today').parentElement?.textContent).toBe('Due today$30.00')
      await userEvent.click(dialog.getByRole('button', { name: 'Change now' }))
      expect(await screen.findByText('2 of 7 seats used')).toBeTruthy()
      expect(screen.queryByRole('dialog')).toBeNull()
      expect(await paid()).toEqual([3_000, 2_400])
      await userEvent.type(screen.getByRole('textbox', { name: 'E-mail address' }), 'cy@example.org{Enter}')
      expect(await screen.findByText('3 of 7 seats used')).toBeTruthy()
    })

    it('so many that they cost less: no estimate', async () => {
      const dialog = await askFor('11')
      expect(dialog.getByText('What is due today cannot be estimated here.')).toBeTruthy()
      expect(dialog.getByText('Price not available right now')).toBeTruthy()
    })

    it('a declined card changes nothing', async () => {
      loop.emulator.controls.setCard({ external_customer_id: 'acme', declines: true })
      const dialog = await askFor('7')
      await userEvent.click(dialog.getByRole('button', { name: 'Change now' }))
      expect((await dialog.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
      expect(await paid()).toEqual([2_400])
    })

    it('a seat that is given away meanwhile: the server says so', async () => {
      await loop.transport.updateSubscription?.({ action: 'seats', seats: 3 })
      for (const email of ['ada@example.org', 'bob@example.org'])
        await loop.transport.updateSeats?.({ action: 'assign', email })
      const dialog = await askFor('2')
      await userEvent.click(dialog.getByRole('radio', { name: 'Now' }))
      await loop.transport.updateSeats?.({ action: 'assign', email: 'cy@example.org' })
      await userEvent.click(dialog.getByRole('button', { name: 'Change now' }))
      expect((await dialog.findByRole('alert')).textContent).toMatch(/3 seats are assigned/)
    })

    it('fewer, at the end of the period: waits, and the present number takes it back', async () => {
      await loop.transport.updateSubscription?.({ action: 'seats', seats: 5 })
      const dialog = await askFor('3')
      await userEvent.click(dialog.getByRole('button', { name: 'Change at the end of the period' }))
      expect(await screen.findByText('From December 21, 2026 on you have 3 seats.')).toBeTruthy()
      await click('Change seats')
      await userEvent.fill(await screen.findByRole('spinbutton'), '5')
      await click('Change at the end of the period')
      await expect.poll(() => screen.queryByText(/^From December 21/)).toBeNull()
      const { seats, pendingChange } = await loop.billing.service.getSubscription({ organizationId: 'acme' })
      expect({ seats, pendingChange }).toEqual({ seats: 5, pendingChange: null })
    })
  })

  describe('usage', () => {
    const track = (characters: number) =>
      loop.billing.usage.track({ organizationId: 'acme', name: 'tts_generation', metadata: { characters } })

    it('<UsageChart /> and <UsageMeterList />: what the server records shows in both', async () => {
      await buy()
      show(
        <>
          <UsageChart meter="characters" />
          <UsageMeterList />
        </>,
      )
      await expect.poll(() => stateOf('.billing-chart')).toBe('empty')
      await subscribed()
      await track(42)
      await loop.billing.usage.flush()
      // The server asks Polar for the same history once a minute.
      await loop.emulator.controls.advanceClock({ seconds: 61 })
      await expect.poll(() => stateOf('.billing-chart'), { timeout: 15_000 }).toBe('ready')
      expect(screen.getByRole('region', { name: 'Characters' }).textContent).toContain(
        '42 of 100,000 characters',
      )
      expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toMatch(/^42 of 100,000/)
    })

    it('<BillingBanner /> says that a limit is reached, and a purchase on another page ends that', async () => {
      show(
        <>
          <BillingBanner />
          <Entitled meter="characters" amount={1} fallback="No more.">
            Go on.
          </Entitled>
        </>,
      )
      expect(await screen.findByText('Go on.')).toBeTruthy()
      await subscribed()
      await track(1_000)
      await expect.poll(() => stateOf('.billing-banner')).toBe('limit_reached')
      expect(screen.getByRole('status').textContent).toBe('Limit reached: Characters')
      expect(await screen.findByText('No more.')).toBeTruthy()
      await buy()
      expect(await screen.findByText('Go on.')).toBeTruthy()
      await expect.poll(() => stateOf('.billing-banner')).toBeUndefined()
    })
  })

  describe('what another page does shows here', () => {
    const page = (
      <>
        <BillingBanner now={new Date('2026-11-21T09:00:00Z')} />
        <SubscriptionCard />
        <PricingTable />
        <SeatList />
        <InvoiceList />
        <Entitled feature="api" fallback="No API." loading="…">
          The API.
        </Entitled>
      </>
    )

    it('bought, and changed to a plan with seats', async () => {
      show(page)
      expect(await screen.findByText('No API.')).toBeTruthy()
      expect(await screen.findByText('No invoices yet')).toBeTruthy()
      await subscribed()
      await buy()
      expect(await screen.findByText('The API.')).toBeTruthy()
      expect(await screen.findByRole('region', { name: 'Pro' })).toBeTruthy()
      await expect.poll(() => screen.getByRole('listitem', { current: true }).textContent).toMatch(/^Pro/)
      await expect.poll(() => screen.queryByRole('table')).toBeTruthy()
      await loop.transport.updateSubscription?.({ action: 'change', planType: 'team' })
      await loop.emulator.controls.settle()
      expect(await screen.findByRole('region', { name: 'Team' })).toBeTruthy()
      expect(await screen.findByText(/of 2 seats used/)).toBeTruthy()
      await expect.poll(() => screen.getByRole('listitem', { current: true }).textContent).toMatch(/^Team/)
    })

    it('twice on a page: every id is there once, and names what is there', async () => {
      await buy(team.id, 2)
      show(
        <>
          {page}
          {page}
          <UsageChart meter="characters" />
          <UsageChart meter="characters" />
        </>,
      )
      await expect.poll(() => screen.getAllByRole('textbox', { name: 'E-mail address' })).toHaveLength(2)
      await expect.poll(() => screen.getAllByRole('table', { name: 'Invoices' })).toHaveLength(2)
      const ids = Array.from(document.querySelectorAll('[id]'), ({ id }) => id)
      expect(ids).toHaveLength(new Set(ids).size)
      const named = ['aria-labelledby', 'aria-describedby', 'for'].flatMap((name) =>
        Array.from(document.querySelectorAll(`[${name}]`), (element) =>
          element.getAttribute(name)?.split(' '),
        ),
      )
      expect(named.flat().filter((id) => !ids.includes(id ?? ''))).toEqual([])
    })

    it('paused, and resumed here', async () => {
      await buy()
      show(page)
      expect(await screen.findByRole('region', { name: 'Pro' })).toBeTruthy()
      await subscribed()
      await loop.transport.updateSubscription?.({ action: 'pause' })
      expect(await screen.findByText('Your plan will be paused')).toBeTruthy()
      const [button] = await screen.findAllByRole('button', { name: 'Do not pause' })
      await userEvent.click(button as HTMLElement)
      await expect.poll(() => screen.queryByText('Your plan will be paused')).toBeNull()
      // The page is ahead of the server.
      await expect
        .poll(() => loop.billing.service.getSubscription({ organizationId: 'acme' }))
        .toMatchObject({ pauseAtPeriodEnd: false })
    })
  })

  it('Polar’s answer is lost after it canceled: nobody says that it did not', async () => {
    await buy()
    show(<SubscriptionCard />)
    await click('Cancel plan')
    loop.emulator.controls.addFault({ method: 'PATCH', path: '/subscriptions/*', body: 'cut', times: 1 })
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.outcomeUnknown)
    expect(await screen.findByText('Ends on')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Keep plan' })).toBeTruthy()
  })

  it('<PricingTable /> opens a checkout for as many seats as were asked for', async () => {
    const opened: string[] = []
    const transport: BillingTransport = {
      ...loop.transport,
      createCheckout: async (input) => {
        const checkout = await loop.billing.service.createCheckout({ organizationId: 'acme' }, input)
        opened.push(checkout.checkoutId ?? '')
        // It stays on this page.
        return { ...checkout, checkoutUrl: '#checkout' }
      },
    }
    renderWithBilling(<PricingTable />, { transport })
    const card = within((await screen.findByRole('heading', { name: 'Team' })).closest('li') as HTMLElement)
    await userEvent.fill(await card.findByRole('spinbutton', { name: 'Seats' }), '7')
    await userEvent.click(card.getByRole('button'))
    await expect.poll(() => opened).toHaveLength(1)
    expect(await polar().checkouts.get(opened[0] ?? '')).toMatchObject({ seats: 7, product_id: team.id })
  })
})
