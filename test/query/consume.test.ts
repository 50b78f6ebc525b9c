import { notifyManager, QueryClient, QueryObserver } from '@tanstack/react-query'
import type { CompleteUsage, Usage } from 'polar-billing-kit'
import { BillingError } from 'polar-billing-kit/contract'
import { usageQueryOptions } from 'polar-billing-kit/query'
import { createMemoryTransport, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { consume } from '../../src/query/consume.js'

const { getUsage: free } = scenarios.free

/** A cache that has an answer, and what counts in it. */
async function setUp(
  answer: Partial<Usage> | (() => Promise<Partial<Usage>>) = free,
  organizationId = 'acme',
) {
  const config = {
    transport: createMemoryTransport({ getUsage: answer }),
    organizationId,
    catalog: scenarioCatalog,
  }
  const queryClient = new QueryClient()
  const options = usageQueryOptions(config)
  const { queryKey } = options
  await queryClient.prefetchQuery(options)
  const consumer = { queryClient, queryKey, catalog: config.catalog, meter: 'characters' }
  return {
    queryClient,
    options,
    queryKey,
    consumer,
    data: () => queryClient.getQueryData<CompleteUsage>(queryKey),
    meter: () => queryClient.getQueryData<CompleteUsage>(queryKey)?.meters[0],
    state: () => queryClient.getQueryState(queryKey),
  }
}

const withMeter = (numbers: object): Usage => ({
  ...free,
  meters: free.meters.map((meter) => ({ ...meter, ...numbers })),
})

describe('consume', () => {
  it('default: pending rises, remaining falls, overage begins above what is included', async () => {
    const { consumer, meter } = await setUp()
    await consume(consumer, 100)
    expect(meter()).toMatchObject({ used: 320, pending: 100, remaining: 580, overage: 0 })
    await consume(consumer, 700)
    expect(meter()).toMatchObject({ used: 320, pending: 800, remaining: 0, overage: 120 })
  })

  it('is taken back exactly, in any order', async () => {
    const { consumer, data } = await setUp()
    const before = data()
    const [first, second] = [await consume(consumer, 100), await consume(consumer, 900)]
    first()
    expect(data()?.meters[0]).toMatchObject({ pending: 900, remaining: 0, overage: 220 })
    second()
    expect(data()).toEqual(before)
  })

  it.each([
    [0.1, 0.2],
    [0.2, 0.1],
    [100_000, 0.1],
    [0.1, 100_000],
    [2 / 3, 0.7],
  ])('%d and %d, both taken back, leave nothing behind', async (one, other) => {
    const { consumer, data } = await setUp()
    const before = data()
    const [first, second] = [await consume(consumer, one), await consume(consumer, other)]
    first()
    second()
    expect(data()).toEqual(before)
  })

  it('unlimited: nothing remains or is missing', async () => {
    const { consumer, meter } = await setUp(scenarios.unlimited.getUsage)
    await consume(consumer, 1_000)
    expect(meter()).toMatchObject({ pending: 1_000, remaining: null, overage: 15_000 })
  })

  it('what nobody said stays unsaid', async () => {
    const { queryClient, queryKey, consumer, meter } = await setUp()
    const characters = { key: 'characters', name: 'Characters', unit: 'characters', used: 1, pending: 0 }
    queryClient.setQueryData(queryKey, { ...free, meters: [characters] })
    await consume(consumer, 2)
    expect(meter()).toEqual({ ...characters, pending: 2 })
  })

  it('a flat number follows its meter', async () => {
    const { consumer, data } = await setUp({ ...free, totalRequests: 320 })
    const meters = { characters: { name: '', unit: '', field: 'totalRequests' } } as const
    const takeBack = await consume({ ...consumer, catalog: { ...scenarioCatalog, meters } }, 5)
    expect(data()?.totalRequests).toBe(325)
    takeBack()
    expect(data()?.totalRequests).toBe(320)
  })

  it.each([-1, Number.NaN, Infinity, '7'])('%s is no amount: nothing changes', async (amount) => {
    const { consumer, data } = await setUp()
    const before = data()
    await expect(consume(consumer, amount as number)).rejects.toThrow(
      `consume() takes a finite number of 0 or more, not ${amount}. Nothing was added.`,
    )
    expect(data()).toBe(before)
  })

  it('0, or a meter that the answer does not have: nothing changes, and nothing is asked', async () => {
    const { consumer, data, state } = await setUp()
    const before = data()
    for (const takeBack of [
      await consume(consumer, 0),
      await consume({ ...consumer, meter: 'storage' }, 9),
    ]) {
      takeBack()
    }
    expect(data()).toBe(before)
    expect(state()).toMatchObject({ isInvalidated: false, fetchStatus: 'idle' })
  })

  it('before the first answer nothing is made up', async () => {
    const { consumer, data } = await setUp(() => Promise.reject(new BillingError('FORBIDDEN', 'No.')))
    const takeBack = await consume(consumer, 5)
    takeBack()
    expect(data()).toBeUndefined()
  })

  it('makes an old answer no younger', async () => {
    const { queryClient, consumer, queryKey, data, state } = await setUp()
    queryClient.setQueryData(queryKey, data(), { updatedAt: 1_000 })
    await consume(consumer, 5)
    expect(state()?.dataUpdatedAt).toBe(1_000)
  })

  it('an answer that was asked for later replaces it, and then nothing is left to take back', async () => {
    let answer = free
    const { queryClient, options, consumer, meter, data, queryKey } = await setUp(async () => answer)
    queryClient.setQueryData(queryKey, data(), { updatedAt: 1_000 })
    const takeBack = await consume(consumer, 100)
    answer = withMeter({ used: 420, remaining: 580 })
    await queryClient.fetchQuery({ ...options, staleTime: 0 })
    expect(meter()).toMatchObject({ used: 420, pending: 0 })
    takeBack()
    expect(meter()).toMatchObject({ used: 420, pending: 0 })
  })

  describe('while the work goes on', () => {
    /** A cache whose server has counted so much more than 320. */
    async function setUpAnswers() {
      let counted = 0
      const cache = await setUp(async () => withMeter({ used: 320 + counted, remaining: 680 - counted }))
      return {
        ...cache,
        answer: async (more: number) => {
          counted = more
          await cache.queryClient.fetchQuery({ ...cache.options, staleTime: 0 })
        },
        sum: () => (cache.meter()?.used ?? Number.NaN) + (cache.meter()?.pending ?? Number.NaN),
      }
    }

    afterEach(() => {
      vi.useRealTimers()
    })

    it('it stays upon answers that have not counted it, and goes with the one that has', async () => {
      const { consumer, answer, meter } = await setUpAnswers()
      const takeBack = await consume(consumer, 100)
      await answer(0)
      expect(meter()).toMatchObject({ used: 320, pending: 100, remaining: 580 })
      await answer(0)
      expect(meter()).toMatchObject({ used: 320, pending: 100, remaining: 580 })
      await answer(100)
      expect(meter()).toMatchObject({ used: 420, pending: 0, remaining: 580 })
      takeBack()
      expect(meter()).toMatchObject({ used: 420, pending: 0, remaining: 580 })
    })

    it('nobody ever sees an answer without it', async () => {
      const { queryClient, options, consumer, answer, meter } = await setUpAnswers()
      const observer = new QueryObserver(queryClient, options as never)
      const seen: (number | undefined)[] = []
      // As React does: it looks once all that happens at once has happened.
      const unsubscribe = observer.subscribe(notifyManager.batchCalls(() => seen.push(meter()?.pending)))
      await consume(consumer, 100)
      await expect.poll(() => seen).toContain(100)
      const before = seen.length
      await answer(0)
      await expect.poll(() => seen.length).toBeGreaterThan(before)
      expect(new Set(seen.slice(before))).toEqual(new Set([100]))
      unsubscribe()
    })

    it('an answer that was asked for before does not wipe it', async () => {
      const answers: ((usage: Usage) => void)[] = []
      const cache = await setUp()
      const transport = createMemoryTransport({
        getUsage: () => new Promise<Usage>((resolve) => answers.push(resolve)),
      })
      const options = usageQueryOptions({ transport, organizationId: 'acme', catalog: scenarioCatalog })
      const fetched = cache.queryClient.fetchQuery({ ...options, staleTime: 0 })
      await consume(cache.consumer, 100)
      answers[0]?.(free)
      await fetched
      expect(cache.meter()?.pending).toBe(100)
    })

    it('a page that is left while it asks shows what was there before, and nothing below', async () => {
      const { queryClient, consumer, meter } = await setUp()
      const transport = createMemoryTransport({ getUsage: () => new Promise<Usage>(() => undefined) })
      const options = usageQueryOptions({ transport, organizationId: 'acme', catalog: scenarioCatalog })
      const leave = new QueryObserver(queryClient, { ...options, staleTime: 0 } as never).subscribe(
        () => undefined,
      )
      const takeBack = await consume(consumer, 100)
      leave()
      takeBack()
      expect(meter()).toEqual(free.meters[0])
    })

    it('is taken back from an answer that came meanwhile', async () => {
      const { consumer, answer, meter } = await setUpAnswers()
      const takeBack = await consume(consumer, 100)
      await answer(10)
      expect(meter()).toMatchObject({ used: 330, pending: 100 })
      takeBack()
      expect(meter()).toMatchObject({ used: 330, pending: 0 })
    })

    it('it is an estimate: an answer that counts a little less or more has counted it', async () => {
      for (const real of [60, 140]) {
        const { consumer, answer, meter } = await setUpAnswers()
        await consume(consumer, 100)
        await answer(real)
        expect(meter()).toMatchObject({ used: 320 + real, pending: 0 })
      }
    })

    it('others use the meter too: what they used does not count as its own', async () => {
      const { consumer, answer, sum } = await setUpAnswers()
      await consume(consumer, 100)
      await answer(20)
      expect(sum()).toBe(440)
      await answer(120)
      expect(sum()).toBe(440)
    })

    it('side by side: what one has used does not count for the other', async () => {
      const { consumer, answer, sum } = await setUpAnswers()
      await consume(consumer, 100)
      await consume(consumer, 100)
      await consume(consumer, 100)
      await answer(100)
      expect(sum()).toBe(620)
      await answer(190)
      expect(sum()).toBe(610)
      await answer(290)
      expect(sum()).toBe(610)
    })

    it('side by side: one that failed does not keep the other from being counted', async () => {
      const { consumer, answer, meter } = await setUpAnswers()
      const takeBack = await consume(consumer, 100)
      await consume(consumer, 100)
      await answer(0)
      takeBack()
      expect(meter()).toMatchObject({ used: 320, pending: 100 })
      await answer(100)
      expect(meter()).toMatchObject({ used: 420, pending: 0 })
    })

    it('a new period counts from 0', async () => {
      const { consumer, answer, meter } = await setUpAnswers()
      await consume(consumer, 100)
      await answer(-320)
      expect(meter()).toMatchObject({ used: 0, pending: 100 })
      await answer(-220)
      expect(meter()).toMatchObject({ used: 100, pending: 0 })
    })

    it('an answer that has no such meter any more ends it', async () => {
      const { queryClient, queryKey, consumer, answer, meter } = await setUpAnswers()
      await consume(consumer, 100)
      queryClient.setQueryData(queryKey, { ...free, meters: [] })
      await answer(0)
      expect(meter()).toMatchObject({ used: 320, pending: 0 })
    })

    it('what no answer counts within a minute is taken back', async () => {
      vi.useFakeTimers()
      const { consumer, answer, meter } = await setUpAnswers()
      await consume(consumer, 100)
      vi.advanceTimersByTime(59_999)
      await answer(10)
      expect(meter()).toMatchObject({ used: 330, pending: 100 })
      vi.advanceTimersByTime(1)
      expect(meter()).toMatchObject({ used: 330, pending: 0 })
      await answer(10)
      expect(meter()).toMatchObject({ used: 330, pending: 0 })
    })

    it('nothing is listened for once it is counted', async () => {
      const { queryClient, consumer, answer } = await setUpAnswers()
      const cache = queryClient.getQueryCache()
      expect(cache.hasListeners()).toBe(false)
      await consume(consumer, 100)
      expect(cache.hasListeners()).toBe(true)
      await answer(100)
      expect(cache.hasListeners()).toBe(false)
    })
  })

  it('is taken back where it was added: another organization knows nothing of it', async () => {
    const { queryClient, consumer, meter } = await setUp()
    const other = usageQueryOptions({
      transport: createMemoryTransport(scenarios.free),
      organizationId: 'other',
    })
    await queryClient.prefetchQuery(other)
    await consume(consumer, 100)
    expect(meter()?.pending).toBe(100)
    expect(queryClient.getQueryData<CompleteUsage>(other.queryKey)?.meters[0]?.pending).toBe(0)
  })
})
