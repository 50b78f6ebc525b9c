import { render, renderHook, screen, waitFor } from '@testing-library/react'
import { PlanBadge, useBilling, useBillingStatus } from 'polar-billing-kit'
import type { PartialStatus } from 'polar-billing-kit/contract'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'
import { renderBillingHook, renderWithBilling } from './renderWithBilling.js'

describe('<BillingProvider />', () => {
  it('a hook outside of it says what is missing', () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    expect(() => renderHook(() => useBilling())).toThrow('There is no <BillingProvider> above.')
    expect(() => render(<PlanBadge />)).toThrow('<BillingProvider>')
    log.mockRestore()
  })

  it('asks nothing where nobody is signed in, whatever a hook’s options say', async () => {
    const getStatus = vi.fn(async () => scenarios.active.getStatus)
    const { result } = renderBillingHook(() => useBillingStatus({ enabled: true }), {
      scenario: { getStatus },
      organizationId: null,
    })
    expect(result.current).toMatchObject({ status: 'pending', data: undefined })
    expect(getStatus).not.toHaveBeenCalled()
  })

  it('parameters: select', async () => {
    const { result } = renderBillingHook(() => useBillingStatus({ select: ({ planName }) => planName }), {
      scenario: scenarios.active,
    })
    await waitFor(() => expect(result.current.data).toBe('Pro'))
  })

  it.each([
    ['focus', () => new Event('focus')],
    [
      'pageshow out of the back/forward cache',
      () => new PageTransitionEvent('pageshow', { persisted: true }),
    ],
  ])('behavior: %s asks again', async (_name, createEvent) => {
    let answer = scenarios.active.getStatus
    const getStatus = vi.fn(async () => answer)
    renderWithBilling(<PlanBadge />, { scenario: { getStatus } })
    expect(await screen.findByText('Pro')).toBeTruthy()
    answer = scenarios.canceling.getStatus
    getStatus.mockClear()
    window.dispatchEvent(createEvent())
    expect(await screen.findByText('Cancels on December 21, 2026')).toBeTruthy()
    expect(getStatus).toHaveBeenCalledOnce()
  })

  it('behavior: an answer that was on its way when the page was left does not count', async () => {
    let arrive = (_answer: PartialStatus): void => undefined
    let ask = async (): Promise<PartialStatus> => scenarios.active.getStatus
    renderWithBilling(<PlanBadge />, { scenario: { getStatus: () => ask() } })
    expect(await screen.findByText('Pro')).toBeTruthy()
    const onItsWay = vi.fn(() => new Promise<PartialStatus>((resolve) => (arrive = resolve)))
    ask = onItsWay
    window.dispatchEvent(new Event('focus'))
    await waitFor(() => expect(onItsWay).toHaveBeenCalled())
    ask = async () => scenarios.canceling.getStatus
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    arrive(scenarios.active.getStatus)
    expect(await screen.findByText('Cancels on December 21, 2026')).toBeTruthy()
  })

  it('behavior: the pageshow of a first load asks nothing twice', async () => {
    const getStatus = vi.fn(async () => scenarios.active.getStatus)
    renderWithBilling(<PlanBadge />, { scenario: { getStatus } })
    expect(await screen.findByText('Pro')).toBeTruthy()
    getStatus.mockClear()
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))
    expect(getStatus).not.toHaveBeenCalled()
  })

  it('behavior: it stops listening when it goes', async () => {
    const getStatus = vi.fn(async () => scenarios.active.getStatus)
    const { unmount } = renderWithBilling(<PlanBadge />, { scenario: { getStatus } })
    expect(await screen.findByText('Pro')).toBeTruthy()
    unmount()
    getStatus.mockClear()
    window.dispatchEvent(new Event('focus'))
    expect(getStatus).not.toHaveBeenCalled()
  })
})
