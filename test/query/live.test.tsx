import { waitFor } from '@testing-library/react'
import { PlanBadge } from 'polar-billing-kit'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { screen } from '@testing-library/react'
import { renderWithBilling } from '../renderWithBilling.js'
import { type Loop, startLoop } from '../startLoop.js'

let loop: Loop
beforeEach(async () => {
  loop = await startLoop('acme')
})
afterEach(() => loop.close())

const buy = () =>
  loop.emulator.controls.purchase({ external_customer_id: 'acme', product_id: sampleCatalog.products.pro.id })

describe('live changes', () => {
  it('a webhook turns the badge', async () => {
    loop.emulator.controls.addWebhookEndpoint({
      url: `${location.origin}/api/billing/webhooks/polar`,
      secret: 'whsec_ovyN6cPrTv56AApvzCaJno08SSmGJmgbWilb33N2JuK',
    })
    renderWithBilling(<PlanBadge />, { transport: loop.transport })
    expect(await screen.findByText('Free')).toBeTruthy()
    await waitFor(() => expect(loop.requests).toContain('GET /events'))
    buy()
    expect(await screen.findByText('Pro')).toBeTruthy()
    console.log(loop.requests)
  })
})
