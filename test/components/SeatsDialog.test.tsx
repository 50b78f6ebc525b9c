import { render, screen, waitFor } from '@testing-library/react'
import {
  BillingError,
  SeatList,
  SeatsDialog,
  SeatsDialogView,
  type SeatsDialogViewProps,
  type Subscription,
  type SubscriptionUpdate,
} from 'polar-billing-kit'
import { type Scenario, scenarios } from 'polar-billing-kit/testing'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations } from './testComponent.js'

const { getSubscription: onTeam, listSeats: seats } = scenarios.team

/** Two more, from the next period on. */
const waiting = { planType: null, interval: null, seats: 7, appliesAt: '2026-12-21T09:00:00.000Z' }

const view: SeatsDialogViewProps = {
  subscription: onTeam,
  seats,
  value: '7',
  // Half of the period is over.
  now: new Date('2026-12-06T09:00:00Z'),
  locale: 'en-US',
  onValueChange: () => undefined,
  onWhenChange: () => undefined,
  onConfirm: () => undefined,
  onDismiss: () => undefined,
}

const texts = (selector: string) =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent)
const rows = () => texts('[data-billing-part=estimate] dl > div')
const field = () => screen.findByRole<HTMLInputElement>('spinbutton', { name: 'Number of seats' })
const click = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

describe('<SeatsDialogView />', () => {
  it('conformance: ref, native props, classNames, unstyled, state', async () => {
    const ref = createRef<HTMLDialogElement>()
    const { rerender } = render(<SeatsDialogView {...view} ref={ref} className="mine" id="it" />)
    expect(ref.current).toBeInstanceOf(HTMLDialogElement)
    expect(ref.current?.className).toBe('billing-dialog mine')
    expect(ref.current).toMatchObject({ id: 'it', open: true })
    expect(ref.current?.dataset['state']).toBe('idle')
    await expectNoViolations(ref.current as Element)
    rerender(<SeatsDialogView {...view} ref={ref} classNames={{ root: 'mine', seats: 'field' }} unstyled />)
    expect(ref.current?.className).toBe('mine')
    expect(ref.current?.innerHTML).not.toMatch(/class="[^"]*billing-/)
    expect(document.querySelector('form')?.className).toBe('field')
  })

  it('default: how many, what they cost, when, and what is due today', () => {
    render(<SeatsDialogView {...view} />)
    expect(screen.getByRole('dialog', { name: 'Change seats' })).toBeTruthy()
    expect(texts('[data-billing-part=plans] > div').map((text) => text?.trim())).toEqual([
      '5 seats$60.00 per month',
      '7 seats$84.00 per month',
    ])
    expect(screen.getByRole('radio', { name: 'Now' })).toHaveProperty('checked', true)
    expect(screen.getByText('Estimated, before tax')).toBeTruthy()
    expect(rows()).toEqual(['Rest of the period$12.00', 'Due today$12.00'])
  })

  it('the present number: nothing to choose, to pay or to confirm', () => {
    const plan = { ...waiting, planType: 'pro', seats: null }
    const { rerender } = render(<SeatsDialogView {...view} value={undefined} />)
    const expectNothing = () => {
      expect(screen.getByRole<HTMLInputElement>('spinbutton').value).toBe('5')
      expect(texts('[data-billing-part=plans], [data-billing-part=estimate]')).toEqual([])
      expect(screen.queryByRole('radio')).toBeNull()
      const button = screen.getByRole('button', { name: 'Change now' })
      expect(button.getAttribute('aria-disabled')).toBe('true')
      expect(button.dataset['state']).toBe('done')
    }
    expectNothing()
    // A change of seats leaves a planned change of the plan alone.
    rerender(
      <SeatsDialogView {...view} value={undefined} subscription={{ ...onTeam, pendingChange: plan }} />,
    )
    expectNothing()
  })

  it('fewer: the rest is credited, or nothing is due', () => {
    const { rerender } = render(<SeatsDialogView {...view} value="3" />)
    expect(rows()).toEqual([
      'Credit for unused time-$12.00',
      'Rest of the period$0.00',
      'Due today$0.00',
      'Credited to your balance$12.00',
    ])
    rerender(<SeatsDialogView {...view} value="3" when="period_end" />)
    expect(screen.getByText('Nothing to pay today.')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'Change at the end of the period' })).toBeTruthy()
  })

  it.each([
    ['a discount', { subscription: { ...onTeam, amount: 4_800 } }],
    ['an old reading', { now: new Date('2026-12-22T09:00:00Z') }],
  ])('%s: says that it cannot be estimated', (_name, props) => {
    render(<SeatsDialogView {...view} {...props} />)
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
    expect(rows()).toEqual([])
  })

  it('says why there cannot be fewer', async () => {
    render(<SeatsDialogView {...view} />)
    const input = await field()
    expect(input.min).toBe('3')
    expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'At least 3, because so many are in use.',
    )
  })

  it.each(['', '2', '2.5', '1000001'])('%j is told, and costs nothing', async (value) => {
    render(<SeatsDialogView {...view} value={value} showProblem />)
    expect(screen.getByRole('alert').textContent).toBe('Enter a whole number from 3 to 1,000,000.')
    expect((await field()).getAttribute('aria-invalid')).toBe('true')
    expect(texts('[data-billing-part=plans]')).toEqual([])
    await expectNoViolations(screen.getByRole('dialog'))
  })

  it.each([
    [{ subscription: undefined }, 'loading', 'Loading…'],
    [{ seats: undefined }, 'loading', 'Loading…'],
    [
      { seats: undefined, loadError: new Error('Down') },
      'unavailable',
      'The plan cannot be shown right now. Please try again.',
    ],
    [
      { subscription: { ...onTeam, seats: null } },
      'unavailable',
      'The plan cannot be shown right now. Please try again.',
    ],
  ])('%j says so, and there is nothing to confirm', (props, state, text) => {
    render(<SeatsDialogView {...view} {...props} />)
    expect(screen.getByText(text)).toBeTruthy()
    expect(screen.getByRole('dialog').dataset['state']).toBe(state)
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Not now'])
  })

  it.each([
    ['PAYMENT_REQUIRED', failureMessages.paymentFailed, true],
    ['CONFLICT', 'The server’s own words.', false],
    ['BAD_REQUEST', 'This number of seats is not possible. Please choose another.', false],
    ['FORBIDDEN', 'Your plan could not be changed. Please try again.', false],
    ['SERVICE_UNAVAILABLE', failureMessages.outcomeUnknown, false],
  ] as const)('%s is announced', (code, text, hasPortal) => {
    const error = new BillingError(code, 'The server’s own words.')
    render(<SeatsDialogView {...view} error={error} portal={<a href="#portal">Portal</a>} />)
    expect(screen.getByRole('alert').textContent).toBe(text)
    expect(screen.queryByRole('link', { name: 'Portal' }) !== null).toBe(hasPortal)
  })

  it('busy: whatever is pressed, it stays', async () => {
    const [onDismiss, onValueChange] = [vi.fn(), vi.fn()]
    render(<SeatsDialogView {...view} isBusy onDismiss={onDismiss} onValueChange={onValueChange} />)
    await userEvent.type(await field(), '1')
    await userEvent.keyboard('{Escape}{Escape}')
    expect(onDismiss).not.toHaveBeenCalled()
    expect(onValueChange).not.toHaveBeenCalled()
    expect(screen.getByRole('dialog').dataset['state']).toBe('busy')
  })

  it('at 320 px nothing sticks out', () => {
    render(<SeatsDialogView {...view} style={{ inlineSize: 288 }} />)
    expect(screen.getByRole('dialog').scrollWidth).toBeLessThanOrEqual(288)
  })
})

/** A backend on which the change is made, and what it was asked for. */
function seatBackend(changes: Partial<Subscription> = {}): Scenario & { updates: SubscriptionUpdate[] } {
  let subscription: Subscription = { ...onTeam, ...changes }
  const updates: SubscriptionUpdate[] = []
  return {
    ...scenarios.team,
    updates,
    getSubscription: async () => subscription,
    listSeats: async () => ({
      ...seats,
      total: subscription.seats ?? 0,
      available: (subscription.seats ?? 0) - 3,
    }),
    updateSubscription: async (update) => {
      updates.push(update)
      if (update.action !== 'seats') throw new BillingError('BAD_REQUEST', 'Seats alone.')
      const { seats: count, when } = update
      subscription =
        when === 'period_end'
          ? {
              ...subscription,
              pendingChange: { planType: null, seats: count, appliesAt: '2026-12-21T09:00:00.000Z' },
            }
          : { ...subscription, seats: count, amount: count * 1_200 }
      return subscription
    },
  }
}

describe('<SeatsDialog />', () => {
  const show = (scenario: Scenario, props: Partial<Parameters<typeof SeatsDialog>[0]> = {}) =>
    renderWithBilling(<SeatsDialog onDismiss={() => undefined} {...props} />, { scenario })

  it('opens with the present number, and more are bought now', async () => {
    const backend = seatBackend()
    const onChanged = vi.fn()
    show(backend, { onChanged })
    const input = await field()
    expect(input.value).toBe('5')
    await userEvent.fill(input, '7')
    await click('Change now')
    await waitFor(() => expect(onChanged).toHaveBeenCalledWith(expect.objectContaining({ seats: 7 })))
    expect(backend.updates).toEqual([{ action: 'seats', seats: 7, when: 'now' }])
  })

  it('the present number is not sent, neither by a click nor by Enter', async () => {
    const backend = seatBackend()
    show(backend)
    await userEvent.type(await field(), '{Enter}')
    screen.getByRole('button', { name: 'Change now' }).click()
    await userEvent.fill(await field(), '6')
    await click('Change now')
    await waitFor(() => expect(backend.updates).toEqual([{ action: 'seats', seats: 6, when: 'now' }]))
  })

  it('opens with the number that waits, at the end of the period: confirmed at once, the plan stays', async () => {
    const backend = seatBackend({ pendingChange: waiting })
    show(backend)
    expect((await field()).value).toBe('7')
    expect(screen.getByRole('radio', { name: /At the end of the period/ })).toHaveProperty('checked', true)
    await click('Change at the end of the period')
    await waitFor(() => expect(backend.updates).toEqual([{ action: 'seats', seats: 7, when: 'period_end' }]))
  })

  it('the present number, typed where another waits, takes that one back', async () => {
    const backend = seatBackend({ pendingChange: waiting })
    show(backend)
    await userEvent.fill(await field(), '5')
    expect(screen.getByText('Nothing to pay today.')).toBeTruthy()
    await click('Change at the end of the period')
    await waitFor(() => expect(backend.updates).toEqual([{ action: 'seats', seats: 5, when: 'period_end' }]))
  })

  it('fewer: proposes the end of the period, and does as is chosen', async () => {
    const backend = seatBackend()
    show(backend)
    await userEvent.fill(await field(), '4')
    expect(screen.getByRole('radio', { name: /At the end of the period/ })).toHaveProperty('checked', true)
    await userEvent.click(screen.getByRole('radio', { name: 'Now' }))
    await click('Change now')
    await waitFor(() => expect(backend.updates).toEqual([{ action: 'seats', seats: 4, when: 'now' }]))
  })

  it('a pause comes at the end of the period: the change is made now, or not at all', async () => {
    show(seatBackend({ pauseAtPeriodEnd: true }))
    await userEvent.fill(await field(), '4')
    expect(await screen.findByRole('button', { name: 'Change now' })).toBeTruthy()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it.each(['2', '', '3.5'])('%j is told at the field, and not sent', async (value) => {
    const backend = seatBackend()
    show(backend)
    const input = await field()
    await userEvent.fill(input, value)
    expect(screen.queryByRole('alert')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: /^Change / }))
    expect((await screen.findByRole('alert')).textContent).toBe('Enter a whole number from 3 to 1,000,000.')
    expect(document.activeElement).toBe(input)
    await userEvent.fill(input, '6')
    expect(screen.queryByRole('alert')).toBeNull()
    expect(backend.updates).toEqual([])
  })

  it('unpaid: nothing has changed, the portal is at hand, and another number begins anew', async () => {
    const updateSubscription = vi.fn(async () => {
      throw new BillingError('PAYMENT_REQUIRED', 'Declined.')
    })
    show({ ...seatBackend(), updateSubscription })
    await userEvent.fill(await field(), '7')
    await click('Change now')
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
    expect(await screen.findByRole('button', { name: 'Manage billing' })).toBeTruthy()
    await userEvent.fill(await field(), '6')
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull())
  })

  it('a double click, and Enter after it, change once', async () => {
    const updateSubscription = vi.fn(scenarios.loading.updateSubscription)
    show({ ...seatBackend(), updateSubscription })
    await userEvent.fill(await field(), '7')
    await userEvent.dblClick(await screen.findByRole('button', { name: 'Change now' }))
    await userEvent.type(await field(), '{Enter}')
    await expect.poll(() => screen.getByRole('dialog').dataset['state']).toBe('busy')
    expect(updateSubscription).toHaveBeenCalledOnce()
  })

  it('signed out: nothing', () => {
    const { container } = renderWithBilling(<SeatsDialog onDismiss={() => undefined} />, {
      scenario: scenarios.team,
      organizationId: null,
    })
    expect(container.innerHTML).toBe('')
  })
})

describe('<SeatList />, where the number is changed', () => {
  it('by keyboard, when all are taken: more, the focus goes back to the button, and the form is there', async () => {
    const backend = seatBackend({ seats: 3, amount: 3_600 })
    renderWithBilling(<SeatList />, { scenario: backend })
    expect(await screen.findByText('All seats are taken.')).toBeTruthy()
    const button = screen.getByRole('button', { name: 'Change seats' })
    button.focus()
    await userEvent.keyboard('{Enter}')
    const input = await field()
    expect(document.activeElement).toBe(input)
    await userEvent.keyboard('{ArrowUp}{Enter}')
    expect(await screen.findByText('3 of 4 seats used')).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement).toBe(button)
    expect(screen.getByRole('textbox', { name: 'E-mail address' })).toBeTruthy()
    expect(backend.updates).toEqual([{ action: 'seats', seats: 4, when: 'now' }])
  })

  it('dismissed: nothing changes, and the focus goes back', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await click('Change seats')
    await field()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Change seats' }))
    expect(backend.updates).toEqual([])
  })

  it('at the end of the period: says what is planned', async () => {
    renderWithBilling(<SeatList />, { scenario: seatBackend() })
    await click('Change seats')
    await userEvent.fill(await field(), '4')
    await click('Change at the end of the period')
    expect(await screen.findByText('From December 21, 2026 on you have 4 seats.')).toBeTruthy()
    expect(screen.getByText('3 of 5 seats used')).toBeTruthy()
  })

  it('a backend that changes no subscription: no button', async () => {
    const { listSeats } = scenarios.team
    renderWithBilling(<SeatList />, { scenario: { listSeats } })
    expect(await screen.findByText('3 of 5 seats used')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Change seats' })).toBeNull()
  })
})
