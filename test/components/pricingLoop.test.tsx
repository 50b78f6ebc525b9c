import { screen, within } from '@testing-library/react'
import { PricingTable, SubscriptionCard } from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme')
})
afterEach(async () => {
  vi.useRealTimers()
  await loop.close()
})

const findPro = async () => (await screen.findByRole('heading', { name: 'Pro' })).closest('li') as HTMLElement

describe('the price list over REST, the real server and the emulator', () => {
  it('signed out: what is sold, and what is not', async () => {
    renderWithBilling(<PricingTable />, { transport: loop.transport, organizationId: null })
    expect((await findPro()).textContent).toContain('$29.00 per month')
    const team = screen.getByRole('heading', { name: 'Team' }).closest('li')
    // No product stands behind it: that is not the same as free.
    expect(team?.textContent).toContain('Price not available right now')
    expect(new Set(loop.requests)).toEqual(new Set(['GET /plans']))
  })

  it('nothing bought, then bought', async () => {
    const { unmount } = renderWithBilling(<PricingTable />, { transport: loop.transport })
    const buy = within(await findPro())
    const button = await buy.findByRole('button', { name: /Get Pro|Start free trial/ })
    expect(button.dataset['state']).toBe('idle')
    expect(screen.getByRole('listitem', { current: true }).textContent).toContain('Free')
    unmount()
    loop.emulator.controls.purchase({
      external_customer_id: 'acme',
      product_id: sampleCatalog.products.pro.id,
    })
    await loop.emulator.controls.settle()
    await loop.emulator.controls.advanceClock({ minutes: 5 })
    renderWithBilling(<PricingTable />, { transport: loop.transport })
    await expect.poll(async () => (await findPro()).getAttribute('aria-current')).toBe('true')
    expect(within(await findPro()).getByRole('button', { name: 'Current plan' })).toBeTruthy()
  })

  describe('a trial by the month alone', () => {
    const { pro, proYearly } = sampleCatalog.products
    beforeEach(async () => {
      await loop.close()
      const products = { pro: { month: pro.id, year: proYearly.id } }
      const trial = { interval: 'day', count: 14 } as const
      loop = await startLoop('acme', products, {
        ...sampleCatalog,
        products: { ...sampleCatalog.products, pro: { ...pro, trial } },
      })
    })

    it('nothing bought: the year is no free trial', async () => {
      renderWithBilling(<PricingTable />, { transport: loop.transport })
      expect(await screen.findByText('14 days free, then $29.00 per month')).toBeTruthy()
      expect(await screen.findByRole('button', { name: 'Start free trial' })).toBeTruthy()
      await userEvent.click(screen.getByText('Yearly'))
      expect(await screen.findByRole('button', { name: 'Get Pro' })).toBeTruthy()
      expect((await findPro()).textContent).not.toContain('free')
    })

    it('in the trial: what the year costs today is said, and then charged', async () => {
      loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: pro.id, trial: true })
      await loop.emulator.controls.advanceClock({ days: 3 })
      vi.useFakeTimers({ toFake: ['Date'], now: loop.emulator.now() })
      renderWithBilling(<PricingTable defaultInterval="year" />, { transport: loop.transport })
      await userEvent.click(await screen.findByRole('button', { name: 'Switch to yearly' }))
      const dialog = within(await screen.findByRole('dialog', { name: 'Switch to yearly' }))
      expect((await dialog.findByText('Due today')).parentElement?.textContent).toBe('Due today$290.00')
      await userEvent.click(dialog.getByRole('button', { name: 'Change now' }))
      await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Pro now.')
      const { orders } = await loop.billing.service.listOrders({ organizationId: 'acme' })
      expect(orders[0]).toMatchObject({ amount: 29_000, paid: true })
    })
  })

  describe('on Pro, in the middle of the month', () => {
    const middle = '2026-12-06T09:00:00Z'
    beforeEach(async () => {
      await loop.close()
      const { pro, proYearly, team } = sampleCatalog.products
      loop = await startLoop('acme', { pro: { month: pro.id, year: proYearly.id }, team: team.id })
      loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: pro.id })
      await loop.emulator.controls.advanceClock({ to: middle })
      // The dialog reckons by the browser's clock, which is Polar's here.
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(middle) })
    })

    it('the year names what a year includes', async () => {
      renderWithBilling(<PricingTable defaultInterval="year" />, { transport: loop.transport })
      const pro = within(await findPro())
      expect(await pro.findByText('120,000 characters included')).toBeTruthy()
      await userEvent.click(screen.getByText('Monthly'))
      expect(pro.getByText('10,000 characters included')).toBeTruthy()
    })

    const askForTheYear = async () => {
      renderWithBilling(<PricingTable defaultInterval="year" />, { transport: loop.transport })
      await userEvent.click(await screen.findByRole('button', { name: 'Switch to yearly' }))
      return within(await screen.findByRole('dialog', { name: 'Switch to yearly' }))
    }

    it('what is due today is estimated as Polar then charges it', async () => {
      const dialog = await askForTheYear()
      expect((await dialog.findByText('Due today')).parentElement?.textContent).toBe('Due today$275.50')
      await userEvent.click(dialog.getByRole('button', { name: 'Change now' }))
      await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Pro now.')
      expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
      const { orders } = await loop.billing.service.listOrders({ organizationId: 'acme' })
      expect(orders[0]).toMatchObject({ amount: 27_550, paid: true })
    })

    it('a declined card changes nothing', async () => {
      loop.emulator.controls.setCard({ external_customer_id: 'acme', declines: true })
      const dialog = await askForTheYear()
      await userEvent.click(await dialog.findByRole('button', { name: 'Change now' }))
      expect((await dialog.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
      const { product } = await loop.billing.service.getSubscription({ organizationId: 'acme' })
      expect(product?.recurringInterval).toBe('month')
    })

    it('at the end of the period: waits, and is taken back', async () => {
      const dialog = await askForTheYear()
      await userEvent.click(await dialog.findByRole('radio', { name: /At the end of the period/ }))
      await userEvent.click(dialog.getByRole('button', { name: 'Change at the end of the period' }))
      await expect
        .poll(() => screen.getByRole('status').textContent)
        .toBe('You switch to yearly billing on December 21, 2026.')
      expect(await screen.findByRole('button', { name: 'Starts on December 21, 2026' })).toBeTruthy()
      renderWithBilling(<SubscriptionCard />, { transport: loop.transport })
      expect(await screen.findByText('Switches to yearly billing on December 21, 2026')).toBeTruthy()
      await userEvent.click(screen.getByText('Monthly'))
      await userEvent.click(await screen.findByRole('button', { name: 'Keep Pro' }))
      expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
    })

    it('to a plan with seats', async () => {
      renderWithBilling(<PricingTable />, { transport: loop.transport })
      await userEvent.click(await screen.findByRole('button', { name: 'Upgrade to Team' }))
      const dialog = within(await screen.findByRole('dialog'))
      expect(await dialog.findByText('2 seats, $24.00 per month')).toBeTruthy()
      expect((await dialog.findByText('Due today')).parentElement?.textContent).toBe('Due today$0.00')
      await userEvent.click(await screen.findByRole('button', { name: 'Change now' }))
      await expect.poll(() => screen.getByRole('status').textContent).toBe('You are on Team now.')
      const { seats } = await loop.billing.service.getSubscription({ organizationId: 'acme' })
      expect(seats).toBe(2)
    })
  })

  it('on seats: a plan without any is not offered, and the card says the way there', async () => {
    await loop.close()
    const { pro, team } = sampleCatalog.products
    loop = await startLoop('acme', { pro: pro.id, team: team.id })
    loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: team.id })
    await loop.emulator.controls.settle()
    renderWithBilling(<PricingTable />, { transport: loop.transport })
    const card = within(await findPro())
    expect(
      await card.findByText('Pro has no seats. Cancel your plan first, and get Pro when it has ended.'),
    ).toBeTruthy()
    expect(card.queryByRole('button')).toBeNull()
  })

  it('Polar is down: prices are not known, and nothing is called free that is not', async () => {
    loop.emulator.controls.takeDown()
    renderWithBilling(<PricingTable />, { transport: loop.transport })
    const pro = await findPro()
    expect(pro.textContent).toContain('Price not available right now')
    expect(await screen.findByText('Your present plan cannot be read right now.')).toBeTruthy()
    expect(screen.queryByRole('listitem', { current: true })).toBeNull()
  })
})
