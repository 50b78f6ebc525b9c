import { screen, within } from '@testing-library/react'
import { PricingTable } from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme')
})
afterEach(() => loop.close())

const findPro = async () => (await screen.findByRole('heading', { name: 'Pro' })).closest('li') as HTMLElement

describe('the price list over REST, the real server and the emulator', () => {
  it('signed out: what is sold, and what is not', async () => {
    renderWithBilling(<PricingTable />, { transport: loop.transport, organizationId: null })
    expect((await findPro()).textContent).toContain('$29.00 per month')
    const team = screen.getByRole('heading', { name: 'Team' }).closest('li')
    // No product stands behind it: that is not the same as free.
    expect(team?.textContent).toContain('Price not available right now')
    expect(loop.requests).toEqual(['GET /plans'])
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

  it('Polar is down: prices are not known, and nothing is called free that is not', async () => {
    loop.emulator.controls.takeDown()
    renderWithBilling(<PricingTable />, { transport: loop.transport })
    const pro = await findPro()
    expect(pro.textContent).toContain('Price not available right now')
    expect(await screen.findByText('Your present plan cannot be read right now.')).toBeTruthy()
    expect(screen.queryByRole('listitem', { current: true })).toBeNull()
  })
})
