import { render, screen } from '@testing-library/react'
import { PlanBadge, PlanBadgeView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { testComponent } from './testComponent.js'

const root = () => document.querySelector<HTMLElement>('.billing-badge')
const planName = () => document.querySelector('[data-billing-part="plan-name"]')?.textContent
const note = () => document.querySelector('[data-billing-part="note"]')?.textContent

const show = (status: Partial<typeof scenarios.active.getStatus>) =>
  render(<PlanBadgeView status={{ ...scenarios.active.getStatus, ...status }} locale="en-US" />)

describe('<PlanBadgeView />', () => {
  testComponent(PlanBadgeView, { status: scenarios.active.getStatus }, HTMLSpanElement)

  it.each([
    ['free', 'Free', undefined, 'none'],
    ['active', 'Pro', undefined, 'active'],
    ['trialing', 'Pro', 'Trial until December 5, 2026', 'trialing'],
    ['canceling', 'Pro', 'Cancels on December 21, 2026', 'active'],
    ['pastDue', 'Pro', 'Payment failed', 'past_due'],
    ['paused', 'Pro', 'Paused', 'paused'],
    ['canceled', 'Pro', 'Ended', 'canceled'],
    ['incomplete', 'Pro', 'Payment incomplete', 'incomplete'],
    ['stale', 'Pro', 'Last known', 'active'],
  ] as const)('%s: "%s", %j', (name, plan, text, state) => {
    render(<PlanBadgeView status={scenarios[name].getStatus} locale="en-US" />)
    expect([planName(), note(), root()?.dataset['state']]).toEqual([plan, text, state])
  })

  it.each([
    ['past_due', 'Payment failed'],
    ['canceled', 'Ended'],
  ] as const)('%s, and a cancellation that was planned: "%s"', (status, text) => {
    show({ status, hasActiveSubscription: false, cancelAtPeriodEnd: true, expiresAt: '2026-11-30T09:00:00Z' })
    expect(note()).toBe(text)
  })

  it('an expired checkout is not being confirmed', () => {
    render(<PlanBadgeView status={{ ...scenarios.free.getStatus, checkout: 'expired' }} />)
    expect(planName()).toBe('Free')
  })

  it('the plan’s name stands alone in its element', () => {
    render(<PlanBadgeView status={scenarios.canceling.getStatus} />)
    expect(screen.getByText('Pro').dataset['billingPart']).toBe('plan-name')
  })

  it('loading and error name no plan', () => {
    const { rerender } = render(<PlanBadgeView />)
    expect([planName(), root()?.dataset['state']]).toEqual(['Loading…', 'loading'])
    rerender(<PlanBadgeView error={new Error('no')} />)
    expect([planName(), root()?.dataset['state']]).toEqual(['Plan unavailable', 'error'])
  })

  it('a known status goes before an error', () => {
    render(<PlanBadgeView status={scenarios.active.getStatus} error={new Error('no')} />)
    expect(planName()).toBe('Pro')
  })

  it.each(['open', 'confirmed', 'succeeded'] as const)(
    'back from a checkout (%s) it is not "Free"',
    (checkout) => {
      render(<PlanBadgeView status={{ ...scenarios.free.getStatus, checkout }} />)
      expect([planName(), root()?.dataset['state']]).toEqual(['Confirming…', 'confirming'])
    },
  )

  it.each([
    [{ planName: null, planType: null }, 'Active'],
    [{ planName: null, planType: 'gold' }, 'gold'],
    [{ planName: null, planType: null, isActive: false, status: 'none' as const }, 'No plan'],
  ])('what a partial backend leaves out: %j', (status, text) => {
    show(status)
    expect(planName()).toBe(text)
  })

  it('a stale end says both', () => {
    show({ cancelAtPeriodEnd: true, stale: true })
    expect(note()).toBe('Cancels on December 21, 2026 · Last known')
    expect(root()?.dataset['stale']).toBe('true')
  })

  it('a trial that was canceled ends, and does not go on', () => {
    show({ status: 'trialing', cancelAtPeriodEnd: true })
    expect(note()).toBe('Cancels on December 21, 2026')
  })

  it('dates are written in the locale and zone', () => {
    const status = { ...scenarios.canceling.getStatus, expiresAt: '2026-12-21T23:30:00Z' }
    const { rerender } = render(<PlanBadgeView status={status} locale="de" timeZone="Asia/Tokyo" />)
    expect(note()).toBe('Cancels on 22. Dezember 2026')
    rerender(<PlanBadgeView status={status} locale="en-US" timeZone="America/New_York" />)
    expect(note()).toBe('Cancels on December 21, 2026')
  })
})

describe('<PlanBadge />', () => {
  it('default', async () => {
    renderWithBilling(<PlanBadge />, { scenario: scenarios.canceling })
    expect(await screen.findByText('Cancels on December 21, 2026')).toBeTruthy()
  })

  it('behavior: the provider is down and nothing is known: never "Free"', async () => {
    renderWithBilling(<PlanBadge />, { scenario: scenarios.down })
    expect(await screen.findByText('Plan unavailable')).toBeTruthy()
    expect(screen.queryByText('Free')).toBeNull()
  })

  it('behavior: Resonance’s three fields', async () => {
    const getStatus = { hasActiveSubscription: true, customerId: 'cus_1', estimatedCostCents: 0 }
    const catalog = {
      currency: 'USD',
      defaultPlan: 'free',
      plans: { free: { name: 'Free' }, pro: { name: 'Pro' } },
    }
    renderWithBilling(<PlanBadge />, { catalog, scenario: { getStatus } })
    expect(await screen.findByText('Pro')).toBeTruthy()
  })

  it('behavior: TerraScale’s quick status', async () => {
    const getStatus = {
      status: 'trialing',
      isActive: true,
      isTrial: true,
      planType: 'pro',
      expiresAt: '2024-01-31T23:59:59Z',
    } as const
    renderWithBilling(<PlanBadge />, { scenario: { getStatus } })
    expect(await screen.findByText('Trial until January 31, 2024')).toBeTruthy()
  })

  it('behavior: signed out', () => {
    const { container } = renderWithBilling(<PlanBadge />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })

  it('behavior: another organization never sees the first one’s plan', async () => {
    const { rerender } = renderWithBilling(<PlanBadge />, { scenario: scenarios.active })
    expect(await screen.findByText('Pro')).toBeTruthy()
    rerender(<PlanBadge />)
    renderWithBilling(<PlanBadge data-testid="second" />, {
      scenario: scenarios.loading,
      organizationId: 'other',
    })
    expect(screen.getByTestId('second').textContent).toBe('Loading…')
  })
})
