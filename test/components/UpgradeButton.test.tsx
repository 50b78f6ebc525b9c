import { render, screen } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { BillingError, CheckoutReturn, UpgradeButton, UpgradeButtonView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const error = (code: ConstructorParameters<typeof BillingError>[0]) =>
  new BillingError(code, 'The server’s own words.')

describe('<UpgradeButtonView />', () => {
  testComponent(UpgradeButtonView, { planName: 'Pro' }, HTMLButtonElement)

  it.each([
    [{ planName: 'Pro' }, 'Upgrade to Pro', 'idle'],
    [{}, 'Upgrade', 'idle'],
    [{ planName: 'Pro', children: 'Go big' }, 'Go big', 'idle'],
    [{ planName: 'Pro', state: 'busy' as const }, 'Upgrade to Pro', 'busy'],
    [{ planName: 'Pro', state: 'loading' as const }, 'Upgrade to Pro', 'loading'],
    [{ planName: 'Pro', state: 'current' as const }, 'Current plan', 'done'],
    [{ planName: 'Pro', state: 'current' as const, children: 'Go big' }, 'Current plan', 'done'],
  ])('%j reads "%s"', (props, name, state) => {
    render(<UpgradeButtonView {...props} />)
    const button = screen.getByRole('button', { name })
    expect(button.dataset['state']).toBe(state)
    expect(button.getAttribute('type')).toBe('button')
  })

  it.each(['busy', 'loading', 'current'] as const)('%s takes no click and keeps the focus', async (state) => {
    const onClick = vi.fn()
    const { container } = render(<UpgradeButtonView state={state} onClick={onClick} />)
    const button = screen.getByRole('button')
    await userEvent.click(button, { force: true })
    await userEvent.keyboard('{Enter}')
    expect(onClick).not.toHaveBeenCalled()
    expect(button.getAttribute('aria-disabled')).toBe('true')
    expect(document.activeElement).toBe(button)
    await expectNoViolations(container)
  })

  it('an error is announced, and the button may be clicked again', async () => {
    const onClick = vi.fn()
    const { container } = render(<UpgradeButtonView error={error('SERVICE_UNAVAILABLE')} onClick={onClick} />)
    expect(screen.getByRole('alert').textContent).toBe('Could not open the checkout. Please try again.')
    await userEvent.click(screen.getByRole('button'))
    expect(onClick).toHaveBeenCalledOnce()
    await expectNoViolations(container)
  })

  it('a conflict is told in the server’s words', () => {
    render(<UpgradeButtonView error={error('CONFLICT')} />)
    expect(screen.getByRole('alert').textContent).toBe('The server’s own words.')
  })
})

describe('<UpgradeButton />', () => {
  afterEach(() => history.replaceState(null, '', location.pathname + location.search))

  it('default: names the plan, opens its checkout and goes there', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#checkout' }))
    renderWithBilling(<UpgradeButton planType="pro" interval="year" />, {
      scenario: { ...scenarios.free, createCheckout },
    })
    const button = await screen.findByRole('button', { name: 'Upgrade to Pro' })
    await expect.poll(() => button.dataset['state']).toBe('idle')
    await userEvent.click(button)
    await expect.poll(() => location.hash).toBe('#checkout')
    expect(createCheckout).toHaveBeenCalledWith(
      { planType: 'pro', interval: 'year', seats: undefined },
      expect.anything(),
    )
    // An anchor leaves nothing: it may be clicked again.
    await expect.poll(() => button.dataset['state']).toBe('idle')
  })

  it('behavior: a double click opens one checkout', async () => {
    const createCheckout = vi.fn(scenarios.loading.createCheckout)
    renderWithBilling(<UpgradeButton planType="pro" />, { scenario: { ...scenarios.free, createCheckout } })
    const button = await screen.findByRole('button')
    await expect.poll(() => button.dataset['state']).toBe('idle')
    await userEvent.dblClick(button)
    await expect.poll(() => button.dataset['state']).toBe('busy')
    expect(createCheckout).toHaveBeenCalledOnce()
  })

  it.each(['active', 'pastDue', 'paused'] as const)('behavior: %s on the plan', async (name) => {
    renderWithBilling(<UpgradeButton planType="pro" />, { scenario: scenarios[name] })
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
  })

  it('behavior: active on a plan that the backend does not name: nothing is sold twice', async () => {
    const getStatus = { hasActiveSubscription: true, customerId: 'c', estimatedCostCents: 0 }
    renderWithBilling(<UpgradeButton planType="pro" />, {
      scenario: { ...scenarios.free, getStatus },
      catalog: undefined,
    })
    expect(await screen.findByRole('button', { name: 'Current plan' })).toBeTruthy()
  })

  it.each(['canceled', 'incomplete'] as const)('behavior: %s, so it may be bought again', async (name) => {
    renderWithBilling(<UpgradeButton planType="pro" />, { scenario: scenarios[name] })
    const button = await screen.findByRole('button', { name: 'Upgrade to Pro' })
    await expect.poll(() => button.dataset['state']).toBe('idle')
  })

  it('behavior: nothing can be read, and a purchase is not confirmed: it is not sold twice', async () => {
    history.replaceState(null, '', '?billing=checkout&checkout_id=chk_1')
    const ui = (
      <>
        <CheckoutReturn />
        <UpgradeButton planType="pro" />
      </>
    )
    const { createCheckout } = scenarios.free
    renderWithBilling(ui, { scenario: { ...scenarios.down, createCheckout }, organizationId: 'buyer' })
    await screen.findByText(/confirm/i)
    await expect.poll(() => screen.getByRole('button').dataset['state']).toBe('busy')
    sessionStorage.clear()
  })

  it('behavior: on another plan it still sells', async () => {
    renderWithBilling(<UpgradeButton planType="enterprise" />, { scenario: scenarios.active })
    const button = await screen.findByRole('button', { name: 'Upgrade to Enterprise' })
    await expect.poll(() => button.dataset['state']).toBe('idle')
  })

  it('behavior: refused', async () => {
    renderWithBilling(<UpgradeButton planType="pro" />, {
      scenario: { ...scenarios.free, createCheckout: error('CONFLICT') },
    })
    const button = await screen.findByRole('button')
    await expect.poll(() => button.dataset['state']).toBe('idle')
    await userEvent.click(button)
    expect((await screen.findByRole('alert')).textContent).toBe('The server’s own words.')
    expect(button.dataset['state']).toBe('error')
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', ' javascript:alert(1)', 'file:///etc/passwd'])(
    'behavior: never goes to %s',
    async (checkoutUrl) => {
      renderWithBilling(<UpgradeButton planType="pro" />, {
        scenario: { ...scenarios.free, createCheckout: { checkoutUrl } },
      })
      const button = await screen.findByRole('button')
      await expect.poll(() => button.dataset['state']).toBe('idle')
      await userEvent.click(button)
      expect(await screen.findByRole('alert')).toBeTruthy()
    },
  )

  it('behavior: the app’s own onClick can stop it', async () => {
    const createCheckout = vi.fn(async () => ({ checkoutUrl: '#stopped' }))
    renderWithBilling(<UpgradeButton planType="pro" onClick={(event) => event.preventDefault()} />, {
      scenario: { ...scenarios.free, createCheckout },
    })
    const button = await screen.findByRole('button')
    await expect.poll(() => button.dataset['state']).toBe('idle')
    await userEvent.click(button)
    expect(createCheckout).not.toHaveBeenCalled()
  })

  it('behavior: a backend without checkout, or one that answers so', async () => {
    const { container } = renderWithBilling(<UpgradeButton planType="pro" />, {
      scenario: { getStatus: scenarios.free.getStatus },
    })
    expect(container.innerHTML).toBe('')
    renderWithBilling(<UpgradeButton planType="pro" />, {
      scenario: { ...scenarios.free, createCheckout: error('NOT_IMPLEMENTED') },
    })
    const button = await screen.findByRole('button')
    await expect.poll(() => button.dataset['state']).toBe('idle')
    await userEvent.click(button)
    await expect.poll(() => screen.queryByRole('button')).toBeNull()
  })

  it('behavior: signed out', () => {
    const { container } = renderWithBilling(<UpgradeButton planType="pro" />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })
})
