import { render, screen } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { CheckoutReturn, CheckoutReturnView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

describe('<CheckoutReturnView />', () => {
  testComponent(CheckoutReturnView, { state: 'waiting' as const }, HTMLDivElement)

  it.each([
    ['waiting', 'Confirming your purchase…'],
    ['paid_pending', 'Payment received'],
    ['active', 'You are on Pro'],
    ['failed', 'This checkout was not completed'],
    ['timed_out', 'Still waiting for the confirmation'],
  ] as const)('%s: "%s"', async (state, title) => {
    const { container } = render(<CheckoutReturnView state={state} planName="Pro" />)
    expect(screen.getByRole('status').querySelector('strong')?.textContent).toBe(title)
    expect(screen.getByRole('status').dataset['state']).toBe(state)
    await expectNoViolations(container)
  })

  it('idle renders nothing', () => {
    expect(render(<CheckoutReturnView state="idle" />).container.innerHTML).toBe('')
  })

  it('active without a name', () => {
    render(<CheckoutReturnView state="active" planName={null} />)
    expect(screen.getByText('Your plan is active')).toBeTruthy()
  })

  it('timed_out offers to check again', async () => {
    const onRetry = vi.fn()
    render(<CheckoutReturnView state="timed_out" onRetry={onRetry} />)
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }))
    expect(onRetry).toHaveBeenCalledOnce()
  })
})

describe('<CheckoutReturn />', () => {
  it('default: nothing was bought just now', async () => {
    const { container } = renderWithBilling(<CheckoutReturn />)
    expect(container.innerHTML).toBe('')
  })

  it('behavior: back from a checkout', async () => {
    history.replaceState(null, '', '?billing=checkout&checkout_id=chk_acme')
    renderWithBilling(<CheckoutReturn />, {
      scenario: { getStatus: { ...scenarios.active.getStatus, checkout: 'succeeded' } },
    })
    expect(await screen.findByText('You are on Pro')).toBeTruthy()
    expect(location.search).toBe('')
  })
})
