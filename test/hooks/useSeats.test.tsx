import { act, waitFor } from '@testing-library/react'
import { BillingError, type Seats, type SeatsUpdate, useSeats } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderBillingHook } from '../renderWithBilling.js'

const { listSeats: before } = scenarios.team

/** A backend with a list of seats, whose updates wait until the test lets them go. */
function seatBackend() {
  let seats: Seats = before
  const waiting: (() => void)[] = []
  const updateSeats = async (update: SeatsUpdate): Promise<Seats> => {
    await new Promise<void>((resolve) => waiting.push(resolve))
    if (update.action === 'assign') throw new BillingError('CONFLICT', 'They have a seat already.')
    if (update.action === 'revoke') {
      seats = {
        ...seats,
        seats: seats.seats.filter(({ id }) => id !== update.seatId),
        available: seats.available + 1,
      }
    }
    return seats
  }
  const go = async () => {
    await waitFor(() => expect(waiting.length).toBeGreaterThan(0))
    waiting.splice(0).forEach((release) => release())
  }
  return { go, scenario: { listSeats: async () => seats, updateSeats } }
}

describe('useSeats()', () => {
  it('lists the seats', async () => {
    const { result } = renderBillingHook(() => useSeats(), { scenario: scenarios.team })
    expect(result.current).toMatchObject({ data: undefined, error: null, progress: {} })
    await waitFor(() => expect(result.current.data).toEqual(before))
  })

  it('says why it cannot', async () => {
    const { result } = renderBillingHook(() => useSeats(), { scenario: scenarios.down })
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' }))
  })

  it('revoke: busy for that seat alone, then the answer is the list, and nothing is left of it', async () => {
    const { scenario, go } = seatBackend()
    const { result } = renderBillingHook(() => useSeats(), { scenario })
    await waitFor(() => expect(result.current.data).toBeDefined())
    let done: Promise<boolean> | undefined
    act(() => {
      done = result.current.revoke('seat_ada')
    })
    await waitFor(() => expect(result.current.progress).toEqual({ 'revoke seat_ada': 'busy' }))
    await go()
    expect(await done).toBe(true)
    await waitFor(() => expect(result.current.data).toMatchObject({ available: 3 }))
    expect(result.current.progress).toEqual({})
  })

  it('side by side: each has its own progress', async () => {
    const { scenario, go } = seatBackend()
    const { result } = renderBillingHook(() => useSeats(), { scenario })
    await waitFor(() => expect(result.current.data).toBeDefined())
    let all: Promise<boolean[]> | undefined
    act(() => {
      const { assign, resend } = result.current
      all = Promise.all([assign('ada@example.org'), resend('seat_eds')])
    })
    await waitFor(() =>
      expect(result.current.progress).toEqual({ assign: 'busy', 'resend seat_eds': 'busy' }),
    )
    await go()
    expect(await all).toEqual([false, true])
    await waitFor(() =>
      expect(result.current.progress).toMatchObject({
        assign: { code: 'CONFLICT', message: 'They have a seat already.' },
        'resend seat_eds': 'done',
      }),
    )
  })
})
