import { render, screen } from '@testing-library/react'
import { userEvent } from 'vitest/browser'
import { BillingError, PortalButton, PortalButtonView, useBillingStatus } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { testComponent } from './testComponent.js'

describe('<PortalButtonView />', () => {
  testComponent(PortalButtonView, {}, HTMLButtonElement)

  it('states', () => {
    const { rerender } = render(<PortalButtonView />)
    const button = screen.getByRole('button', { name: 'Manage billing' })
    expect(button.dataset['state']).toBe('idle')
    rerender(<PortalButtonView state="busy" />)
    expect(button.dataset['state']).toBe('busy')
    rerender(<PortalButtonView error={new Error('no')} />)
    expect(button.dataset['state']).toBe('error')
    expect(screen.getByRole('alert').textContent).toBe(
      'Could not open the customer portal. Please try again.',
    )
  })
})

describe('<PortalButton />', () => {
  it('default: opens the portal and goes there', async () => {
    renderWithBilling(<PortalButton />, { scenario: scenarios.active })
    const button = await screen.findByRole('button', { name: 'Manage billing' })
    await userEvent.click(button)
    await expect.poll(() => location.hash).toBe('#portal')
    // An anchor leaves nothing: it may be clicked again.
    await expect.poll(() => button.dataset['state']).toBe('idle')
  })

  it.each(['active', 'trialing', 'pastDue', 'paused', 'canceled', 'stale'] as const)(
    '%s: there is something to manage',
    async (name) => {
      renderWithBilling(<PortalButton />, { scenario: scenarios[name] })
      expect(await screen.findByRole('button')).toBeTruthy()
    },
  )

  it('nothing bought: renders nothing', async () => {
    const { container } = renderWithBilling(
      <>
        <PortalButton />
        <Done />
      </>,
      { scenario: scenarios.free },
    )
    await expect.poll(() => container.textContent).toBe('none')
    expect(screen.queryByRole('button')).toBeNull()
  })

  it('unknown: there may be something to manage', async () => {
    renderWithBilling(<PortalButton />, { scenario: scenarios.down })
    expect(await screen.findByRole('button')).toBeTruthy()
  })

  it('unknown, and asked again: the button stays under the click that brought the window to the front', async () => {
    const createPortalSession = vi.fn(async () => ({ portalUrl: '#again' }))
    const refuse = async (): Promise<never> => {
      throw new BillingError('FORBIDDEN', 'Not now.')
    }
    let ask = refuse
    renderWithBilling(<PortalButton />, {
      scenario: { ...scenarios.free, getStatus: () => ask(), createPortalSession },
      organizationId: 'unread',
    })
    const button = await screen.findByRole('button')
    const hang = vi.fn(() => new Promise<never>(() => undefined))
    ask = hang
    window.dispatchEvent(new Event('focus'))
    await expect.poll(() => hang.mock.calls.length).toBe(1)
    await userEvent.click(button)
    await expect.poll(() => createPortalSession.mock.calls.length).toBe(1)
  })

  it('TerraScale, which names no customer: the status says that something was bought', async () => {
    const getStatus = { status: 'active', isActive: true, planType: 'pro' } as const
    renderWithBilling(<PortalButton />, { scenario: { ...scenarios.free, getStatus } })
    expect(await screen.findByRole('button')).toBeTruthy()
  })

  it('refused', async () => {
    const createPortalSession = new BillingError(
      'INTERNAL_SERVER_ERROR',
      'Failed to create customer portal session',
    )
    renderWithBilling(<PortalButton />, { scenario: { ...scenarios.active, createPortalSession } })
    await userEvent.click(await screen.findByRole('button'))
    expect(await screen.findByRole('alert')).toBeTruthy()
  })

  it('a backend without a portal', () => {
    const { container } = renderWithBilling(<PortalButton />, {
      scenario: { getStatus: scenarios.active.getStatus },
    })
    expect(container.innerHTML).toBe('')
  })
})

/** Shows the status once it is there. */
function Done() {
  const { data } = useBillingStatus()
  return <>{data?.status}</>
}
