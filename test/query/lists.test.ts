import { QueryClient, QueryObserver, skipToken } from '@tanstack/react-query'
import type { Orders, Seats, SeatsUpdate } from 'polar-billing-kit'
import { ordersQueryOptions, seatsQueryOptions, updateSeatsMutationOptions } from 'polar-billing-kit/query'
import { createMemoryTransport, type Scenario, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, expectTypeOf, it, vi } from 'vitest'
import { heldAnswer } from '../components/changeableBackend.js'

const configOf = (scenario: Scenario, organizationId: string | null = 'acme') => ({
  transport: createMemoryTransport(scenario),
  organizationId,
})

describe('ordersQueryOptions()', () => {
  it('signed out, nothing is fetched', () => {
    expect(ordersQueryOptions(configOf(scenarios.active, null))).toMatchObject({ queryFn: skipToken })
  })

  it('asks page by page, until there are no more', async () => {
    const { orders } = scenarios.active.listOrders
    const listOrders = vi.fn(async ({ cursor }: { cursor?: string | undefined }): Promise<Orders> =>
      cursor === undefined ? { orders, nextCursor: 'p2' } : { orders: [], nextCursor: null },
    )
    const client = new QueryClient()
    const options = ordersQueryOptions(configOf({ listOrders }))
    const data = await client.fetchInfiniteQuery({ ...options, pages: 5 })
    expectTypeOf(data.pages).toEqualTypeOf<Orders[]>()
    expect(data.pages.map(({ nextCursor }) => nextCursor)).toEqual(['p2', null])
    expect(listOrders.mock.calls.map(([{ cursor }]) => cursor)).toEqual([undefined, 'p2'])
    expect(options.queryKey).toEqual(['billing', 'acme', 'listOrders'])
  })
})

describe('seatsQueryOptions()', () => {
  it('default', async () => {
    const options = seatsQueryOptions(configOf(scenarios.team))
    expect(options.queryKey).toEqual(['billing', 'acme', 'listSeats'])
    expect(await new QueryClient().fetchQuery(options)).toMatchObject({ total: 5, available: 2 })
  })

  it('signed out, nothing is fetched', () => {
    expect(seatsQueryOptions(configOf(scenarios.team, null))).toMatchObject({ queryFn: skipToken })
  })
})

describe('updateSeatsMutationOptions()', () => {
  const before = scenarios.team.listSeats
  const [ada, grace, edsger] = before.seats.map(({ id }) => id)

  interface StartOptions extends Pick<Scenario, 'listSeats'> {
    isKnown?: boolean
  }

  /** Updates that end when the test says so, over a list that may be known already. */
  function start({ isKnown = true, listSeats = before }: StartOptions = {}) {
    const running = new Map<string, (seats: Seats | Error) => void>()
    const updateSeats = vi.fn(
      (update: SeatsUpdate) =>
        new Promise<Seats>((resolve, reject) => {
          running.set('seatId' in update ? update.seatId : update.email, (answer) =>
            answer instanceof Error ? reject(answer) : resolve(answer),
          )
        }),
    )
    const config = configOf({ updateSeats, listSeats })
    const client = new QueryClient()
    const options = seatsQueryOptions(config)
    const { queryKey } = options
    if (isKnown) client.setQueryData(queryKey, before)
    const mutate = (update: SeatsUpdate) =>
      client
        .getMutationCache()
        .build(client, client.defaultMutationOptions(updateSeatsMutationOptions(config, client)))
        .execute(update)
    const end = async (name: string, answer: Seats | Error) => {
      await vi.waitFor(() => expect(running.has(name)).toBe(true))
      running.get(name)?.(answer)
    }
    return {
      updateSeats,
      mutate,
      end,
      /** Reads the list for as long as somebody looks at it. */
      watch: () => new QueryObserver(client, options as never).subscribe(() => undefined),
      shown: () => client.getQueryData(queryKey)?.seats.map(({ id }) => id),
      isOld: () => client.getQueryState(queryKey)?.isInvalidated,
    }
  }

  const without = (...ids: (string | undefined)[]): Seats => ({
    ...before,
    seats: before.seats.filter(({ id }) => !ids.includes(id)),
  })

  it('the answer shows at once, and is asked for again', async () => {
    const { mutate, end, shown, isOld } = start()
    const done = mutate({ action: 'revoke', seatId: ada ?? '' })
    await end('seat_ada', without(ada))
    await done
    expect(shown()).toEqual([grace, edsger])
    expect(isOld()).toBe(true)
  })

  it('side by side: an answer that lacks the other’s change does not show it undone', async () => {
    const { mutate, end, shown, isOld } = start()
    const first = mutate({ action: 'revoke', seatId: ada ?? '' })
    const second = mutate({ action: 'revoke', seatId: grace ?? '' })
    await end('seat_gra', without(grace))
    await second
    expect(shown()).toEqual([ada, grace, edsger])
    expect(isOld()).toBe(true)
    await end('seat_ada', without(ada, grace))
    await first
    expect(shown()).toEqual([edsger])
    expect(isOld()).toBe(true)
  })

  it('side by side, with answers that come together: the list is asked for again', async () => {
    const { mutate, end, isOld } = start()
    const both = [
      mutate({ action: 'revoke', seatId: ada ?? '' }),
      mutate({ action: 'revoke', seatId: grace ?? '' }),
    ]
    await end('seat_ada', without(ada))
    await Promise.all([end('seat_gra', without(ada, grace)), ...both])
    expect(isOld()).toBe(true)
  })

  it('the first read goes on while an update runs', async () => {
    const read = heldAnswer<Seats>()
    const { mutate, end, shown, watch, updateSeats } = start({ isKnown: false, listSeats: () => read.answer })
    const unwatch = watch()
    const done = mutate({ action: 'revoke', seatId: ada ?? '' })
    await vi.waitFor(() => expect(updateSeats).toHaveBeenCalled())
    read.give(before)
    await vi.waitFor(() => expect(shown()).toEqual([ada, grace, edsger]))
    await end('seat_ada', without(ada))
    await done
    unwatch()
  })

  it('a first read that outlasts an update is begun anew: it may be from before', async () => {
    const listSeats = vi
      .fn<() => Promise<Seats>>()
      .mockReturnValueOnce(new Promise(() => undefined))
      .mockResolvedValue(without(ada))
    const { mutate, end, shown, watch } = start({ isKnown: false, listSeats })
    const unwatch = watch()
    await vi.waitFor(() => expect(listSeats).toHaveBeenCalled())
    const done = mutate({ action: 'revoke', seatId: ada ?? '' })
    await end('seat_ada', Object.assign(new Error('No answer.'), { status: 502 }))
    await expect(done).rejects.toThrow()
    await vi.waitFor(() => expect(shown()).toEqual([grace, edsger]))
    unwatch()
  })

  it('a failure leaves the list, and asks for it again', async () => {
    const { mutate, end, shown, isOld } = start()
    const done = mutate({ action: 'assign', email: 'new@example.org' })
    await end('new@example.org', Object.assign(new Error('No seat is free.'), { status: 409 }))
    await expect(done).rejects.toMatchObject({ code: 'CONFLICT' })
    expect(shown()).toEqual([ada, grace, edsger])
    expect(isOld()).toBe(true)
  })

  it('a second click gets the first one’s promise', async () => {
    const { mutate, end, updateSeats } = start()
    const clicks = [
      mutate({ action: 'resend', seatId: 'seat_eds' }),
      mutate({ action: 'resend', seatId: 'seat_eds' }),
    ]
    await end('seat_eds', before)
    await Promise.all(clicks)
    expect(updateSeats).toHaveBeenCalledOnce()
  })
})
