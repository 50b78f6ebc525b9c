import { render, screen, waitFor, within } from '@testing-library/react'
import { BillingError, SeatList, SeatListView, type Seats, type SeatsUpdate } from 'polar-billing-kit'
import { type Scenario, scenarios } from 'polar-billing-kit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const { listSeats: seats } = scenarios.team

const root = () => document.querySelector<HTMLElement>('.billing-seats')
const title = () => document.querySelector<HTMLElement>('[data-billing-part="title"]')
const button = (name: string) => screen.findByRole('button', { name })
const input = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail address' })
const people = () => screen.getAllByRole('listitem').map((item) => item.querySelector('span')?.textContent)
const actions = { onAssign: () => undefined, onRevoke: () => undefined, onResend: () => undefined }

afterEach(() => page.viewport(800, 600))

/** A backend that gives and takes seats as the contract says. Like Polar it gives one that was taken away again with its id. */
function seatBackend(total = 5): Scenario & { updates: SeatsUpdate[] } {
  let given = seats.seats
  const revoked: string[] = []
  const answer = (): Seats => ({ seats: given, total, available: total - given.length })
  const updates: SeatsUpdate[] = []
  return {
    updates,
    listSeats: async () => answer(),
    updateSeats: async (update) => {
      updates.push(update)
      if (update.action === 'assign') {
        const { email } = update
        if (given.some((seat) => seat.email === email)) {
          throw new BillingError('CONFLICT', `${email} has a seat already.`)
        }
        given = [
          ...given,
          {
            id: revoked.pop() ?? `seat_${email}`,
            email,
            status: 'pending',
            claimedAt: null,
            invitationExpiresAt: null,
          },
        ]
      }
      if (update.action === 'revoke') {
        given = given.filter(({ id }) => id !== update.seatId)
        revoked.push(update.seatId)
      }
      return answer()
    },
  }
}

describe('<SeatListView />', () => {
  testComponent(SeatListView, { seats, confirming: 'seat_ada', ...actions }, HTMLDivElement)

  it.each([
    [3, 5, '2 of 5 seats used'],
    [5, 5, '0 of 5 seats used'],
    [0, 5, '5 of 5 seats used'],
    [0, 1, '1 of 1 seat used'],
    [2, 1, '0 of 1 seat used'],
  ])('%i available of %i: "%s"', (available, total, text) => {
    render(<SeatListView seats={{ ...seats, available, total }} locale="en-US" />)
    expect(title()?.textContent).toBe(text)
    expect(root()?.dataset['state']).toBe(available > 0 ? 'available' : 'full')
  })

  it('says of everybody how they stand', () => {
    render(<SeatListView seats={seats} locale="en-US" {...actions} />)
    const list = screen.getByRole('list', { name: '3 of 5 seats used' })
    expect(
      within(list)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual([
      'ada@example.orgHas a seat since November 22, 2026Remove',
      'grace@example.orgHas a seat since November 22, 2026Remove',
      'edsger@example.orgInvited, can accept until December 2, 2026Send againRemove',
    ])
  })

  it.each([
    ['claimed', 'Unknown personHas a seat'],
    ['pending', 'Unknown personInvited'],
  ] as const)('a provider that says little: %s', (status, text) => {
    const seat = { id: 's', email: null, status, claimedAt: null, invitationExpiresAt: null }
    render(<SeatListView seats={{ ...seats, seats: [seat] }} />)
    expect(screen.getByRole('listitem').textContent).toBe(text)
  })

  it('all seats are taken: says so, with a place for where more are sold', () => {
    render(
      <SeatListView seats={{ ...seats, available: 0 }} buyMore={<a href="#more">Buy more</a>} {...actions} />,
    )
    expect(screen.getByText('All seats are taken.')).toBeTruthy()
    expect(screen.getByRole('link', { name: 'Buy more' })).toBeTruthy()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('who may only look sees no buttons', () => {
    render(<SeatListView seats={seats} confirming="seat_ada" />)
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it.each([
    ['BAD_REQUEST', 'Enter a valid e-mail address.'],
    ['CONFLICT', 'The server’s words.'],
    ['TOO_MANY_REQUESTS', 'Could not invite them. Please try again.'],
    ['NETWORK_ERROR', failureMessages.outcomeUnknown],
  ] as const)('why somebody could not be invited, beside the field: %s', async (code, text) => {
    const { container } = render(
      <SeatListView
        seats={seats}
        progress={{ assign: new BillingError(code, 'The server’s words.') }}
        {...actions}
      />,
    )
    expect(screen.getByRole('alert').textContent).toBe(text)
    expect(input().getAttribute('aria-describedby')).toBe(screen.getByRole('alert').id)
    expect(input().getAttribute('aria-invalid')).toBe('true')
    await expectNoViolations(container)
  })

  it.each([
    ['CONFLICT', 'The server’s words.'],
    ['NOT_FOUND', 'Could not remove them. Please try again.'],
    ['NETWORK_ERROR', failureMessages.outcomeUnknown],
  ] as const)('why somebody could not be removed: %s', (code, text) => {
    const error = new BillingError(code, 'The server’s words.')
    render(
      <SeatListView
        seats={seats}
        confirming="seat_ada"
        progress={{ 'revoke seat_ada': error }}
        {...actions}
      />,
    )
    expect(screen.getByRole('alert').textContent).toBe(text)
  })

  it.each([
    ['busy', 'Send again', 'busy'],
    ['done', 'Sent', 'done'],
    [new BillingError('TIMEOUT', 'x'), 'Send again', 'error'],
  ] as const)('sending again is %s', async (progress, text, state) => {
    render(<SeatListView seats={seats} progress={{ 'resend seat_eds': progress }} {...actions} />)
    expect((await button(`${text} edsger@example.org`)).dataset['state']).toBe(state)
  })

  it.each([
    [{}, 'loading', 'Loading the seats…'],
    [{ error: new Error('no') }, 'error', 'The seats could not be loaded.'],
  ])('%j: %s', async (props, state, text) => {
    const { container } = render(<SeatListView {...props} {...actions} />)
    expect([root()?.dataset['state'], root()?.textContent]).toEqual([state, text])
    await expectNoViolations(container)
  })

  it('nothing is wider than the page at 320 px', async () => {
    await page.viewport(320, 600)
    const { container } = render(<SeatListView seats={seats} confirming="seat_eds" {...actions} />)
    expect(container.scrollWidth).toBeLessThanOrEqual(container.clientWidth)
  })
})

describe('<SeatList />', () => {
  it('a backend that changes no seats: who has them, and nothing to click', async () => {
    renderWithBilling(<SeatList />, { scenario: { ...scenarios.team, updateSeats: undefined } })
    expect(await screen.findByText('3 of 5 seats used')).toBeTruthy()
    expect(people()).toHaveLength(3)
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByRole('textbox')).toBeNull()
  })

  it('default', async () => {
    renderWithBilling(<SeatList />, { scenario: scenarios.team })
    expect(await screen.findByText('3 of 5 seats used')).toBeTruthy()
  })

  it.each([
    ['signed out', { organizationId: null }],
    ['a plan without seats', { scenario: scenarios.active }],
    ['a backend without seats', { scenario: { getStatus: scenarios.active.getStatus } }],
  ])('behavior: %s', async (_name, setup) => {
    const { container } = renderWithBilling(<SeatList />, setup)
    await expect.poll(() => container.innerHTML).toBe('')
  })

  it('behavior: the provider is down; "Try again" does', async () => {
    let isDown = true
    const listSeats = async () => {
      if (isDown) throw new BillingError('SERVICE_UNAVAILABLE', 'Down.', { retryAfter: 300 })
      return seats
    }
    renderWithBilling(<SeatList />, { scenario: { listSeats } })
    const retry = await button('Try again')
    isDown = false
    await userEvent.click(retry)
    expect(await screen.findByText('3 of 5 seats used')).toBeTruthy()
  })

  const down = new BillingError('SERVICE_UNAVAILABLE', 'Down.', { retryAfter: 300 })
  const says = 'The seats could not be loaded.Try again'

  it.each([
    ['has none, as far as is known', scenarios.active.getSubscription, ''],
    ['has some', scenarios.team.getSubscription, says],
    ['is not known either', down, says],
    ['is not told by the backend', undefined, says],
  ])('behavior: the provider is down, and the plan %s', async (_name, getSubscription, text) => {
    const { container } = renderWithBilling(<SeatList />, { scenario: { listSeats: down, getSubscription } })
    await expect.poll(() => container.textContent).toBe(text)
  })

  it('behavior: the provider is down: says so only once it is known whether the plan has seats', async () => {
    const getSubscription = vi.fn(scenarios.loading.getSubscription)
    const { container } = renderWithBilling(<SeatList />, { scenario: { listSeats: down, getSubscription } })
    await waitFor(() => expect(getSubscription).toHaveBeenCalled())
    expect(container.textContent).toBe('Loading the seats…')
  })

  it('behavior: Enter invites, clears the field and keeps the focus in it', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await screen.findByText('3 of 5 seats used')
    await userEvent.type(input(), ' new@example.org {Enter}')
    expect(await screen.findByText('4 of 5 seats used')).toBeTruthy()
    expect(people()).toContain('new@example.org')
    expect(backend.updates).toEqual([{ action: 'assign', email: 'new@example.org' }])
    await waitFor(() => expect(input().value).toBe(''))
    expect(document.activeElement).toBe(input())
  })

  it.each(['', 'nobody', 'a@'])('behavior: "%s" is no address, and is not sent', async (typed) => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await screen.findByText('3 of 5 seats used')
    await userEvent.type(input(), `${typed}{Enter}`)
    expect((await screen.findByRole('alert')).textContent).toBe('Enter a valid e-mail address.')
    expect(document.activeElement).toBe(input())
    expect(backend.updates).toEqual([])
    await userEvent.fill(input(), 'new@example.org')
    await userEvent.click(await button('Invite'))
    expect(await screen.findByText('4 of 5 seats used')).toBeTruthy()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('behavior: what the server refuses stays in the field', async () => {
    renderWithBilling(<SeatList />, { scenario: seatBackend() })
    await screen.findByText('3 of 5 seats used')
    await userEvent.type(input(), 'ada@example.org{Enter}')
    expect((await screen.findByRole('alert')).textContent).toBe('ada@example.org has a seat already.')
    expect(input().value).toBe('ada@example.org')
  })

  it('behavior: the last free seat takes the form along; the focus goes to the count', async () => {
    renderWithBilling(<SeatList buyMore="Buy more" />, { scenario: seatBackend(4) })
    await screen.findByText('3 of 4 seats used')
    await userEvent.type(input(), 'new@example.org{Enter}')
    expect(await screen.findByText('All seats are taken.')).toBeTruthy()
    await waitFor(() => expect(document.activeElement).toBe(title()))
  })

  it('behavior: the next address, typed while the first is on its way, stays', async () => {
    const backend = seatBackend()
    let release: (() => void) | undefined
    const updateSeats = async (update: SeatsUpdate) => {
      await new Promise<void>((resolve) => {
        release = resolve
      })
      return (backend.updateSeats as (input: SeatsUpdate) => Promise<Seats>)(update)
    }
    renderWithBilling(<SeatList />, { scenario: { ...backend, updateSeats } })
    await screen.findByText('3 of 5 seats used')
    await userEvent.type(input(), 'new@example.org{Enter}')
    await waitFor(() => expect(release).toBeDefined())
    // A second Enter sends nothing while the first is on its way.
    await userEvent.fill(input(), 'next@example.org')
    await userEvent.keyboard('{Enter}')
    release?.()
    expect(await screen.findByText('4 of 5 seats used')).toBeTruthy()
    expect(input().value).toBe('next@example.org')
    expect(backend.updates).toEqual([{ action: 'assign', email: 'new@example.org' }])
  })

  it('behavior: who left the form is not brought back by a refresh', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await screen.findByText('3 of 5 seats used')
    await userEvent.type(input(), 'new@example.org{Enter}')
    expect(await screen.findByText('4 of 5 seats used')).toBeTruthy()
    input().blur()
    await (backend.updateSeats as (input: SeatsUpdate) => Promise<Seats>)({
      action: 'revoke',
      seatId: 'seat_ada',
    })
    await waitFor(() => {
      window.dispatchEvent(new Event('focus'))
      expect(title()?.textContent).toBe('3 of 5 seats used')
    })
    expect(document.activeElement).toBe(document.body)
  })

  it('behavior: removing asks first; "Keep" goes back', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    const remove = await button('Remove grace@example.org')
    await userEvent.click(remove)
    expect(remove.getAttribute('aria-expanded')).toBe('true')
    await userEvent.click(await button('Keep grace@example.org'))
    expect(document.activeElement).toBe(remove)
    expect(remove.getAttribute('aria-expanded')).toBe('false')
    expect(backend.updates).toEqual([])
  })

  it('behavior: by keyboard: removes, and the focus goes to the count', async () => {
    renderWithBilling(<SeatList />, { scenario: seatBackend() })
    ;(await button('Remove grace@example.org')).focus()
    await userEvent.keyboard('{Enter}{Tab}{Enter}')
    expect(await screen.findByText('2 of 5 seats used')).toBeTruthy()
    expect(people()).toEqual(['ada@example.org', 'edsger@example.org'])
    await waitFor(() => expect(document.activeElement).toBe(title()))
  })

  it('behavior: a removal that fails leaves the question open', async () => {
    const updateSeats = vi.fn().mockRejectedValue(new BillingError('TOO_MANY_REQUESTS', 'No.'))
    renderWithBilling(<SeatList />, { scenario: { listSeats: seats, updateSeats } })
    await userEvent.click(await button('Remove ada@example.org'))
    const confirm = await button('Remove from seat ada@example.org')
    await userEvent.click(confirm)
    expect((await screen.findByRole('alert')).textContent).toBe('Could not remove them. Please try again.')
    expect(document.activeElement).toBe(confirm)
    expect(people()).toHaveLength(3)
  })

  it('behavior: sends an invitation again', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await userEvent.click(await button('Send again edsger@example.org'))
    expect(await button('Sent edsger@example.org')).toBe(document.activeElement)
    expect(backend.updates).toEqual([{ action: 'resend', seatId: 'seat_eds' }])
  })

  it.each(['new@example.org', 'edsger@example.org'])(
    'behavior: a seat that was taken back begins anew: %s',
    async (next) => {
      renderWithBilling(<SeatList />, { scenario: seatBackend() })
      await userEvent.click(await button('Send again edsger@example.org'))
      await userEvent.click(await button('Remove edsger@example.org'))
      await button('Sent edsger@example.org')
      await userEvent.click(await button('Remove from seat edsger@example.org'))
      expect(await screen.findByText('2 of 5 seats used')).toBeTruthy()
      await userEvent.type(input(), `${next}{Enter}`)
      expect((await button(`Remove ${next}`)).getAttribute('aria-expanded')).toBe('false')
      expect((await button(`Send again ${next}`)).dataset['state']).toBe('idle')
      await userEvent.click(await button(`Remove ${next}`))
      await userEvent.click(await button(`Remove from seat ${next}`))
      expect(await screen.findByText('2 of 5 seats used')).toBeTruthy()
    },
  )

  it('behavior: a seat that is given to somebody else meanwhile begins anew, too', async () => {
    const backend = seatBackend()
    renderWithBilling(<SeatList />, { scenario: backend })
    await userEvent.click(await button('Send again edsger@example.org'))
    await userEvent.click(await button('Remove edsger@example.org'))
    await button('Sent edsger@example.org')
    const elsewhere = backend.updateSeats as (input: SeatsUpdate) => Promise<Seats>
    await elsewhere({ action: 'revoke', seatId: 'seat_eds' })
    await elsewhere({ action: 'assign', email: 'new@example.org' })
    await waitFor(() => {
      window.dispatchEvent(new Event('focus'))
      expect(people()).toContain('new@example.org')
    })
    expect((await button('Remove new@example.org')).getAttribute('aria-expanded')).toBe('false')
    expect((await button('Send again new@example.org')).dataset['state']).toBe('idle')
  })
})
