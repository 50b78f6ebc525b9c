import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Running, startBilling } from './startBilling.js'
import { arrived, buyPro, charactersOf, generate, loseNextAnswer } from './usageCalls.js'

let running: Running
/** Another server on the same Polar, which soon loses its patience. */
let other: Running
beforeEach(async () => {
  running = await startBilling()
  const { url, emulator, products } = running
  other = await startBilling({
    billing: {
      now: emulator.now,
      products: { pro: products['pro'] ?? '' },
      polar: { accessToken: 'polar_oat_test', baseUrl: `${url}/polar`, timeout: 0.5 },
    },
  })
})
afterEach(async () => {
  await other.close()
  await running.close()
})

const wait = (seconds: number) => running.emulator.controls.advanceClock({ seconds })

describe.each(['free', 'pro'])('pending usage of a customer with plan %s', (plan) => {
  beforeEach(async () => {
    if (plan === 'pro') await buyPro(running, 'acme')
    await wait(1)
  })

  it('an event is not counted twice for long if its answer got lost', async () => {
    await charactersOf(other, 'acme')
    loseNextAnswer(running)
    await generate(other, 'acme', 300)
    await other.billing.usage.flush().catch(() => undefined)
    expect(arrived(running)).toHaveLength(1)
    await wait(31)
    // Whether this holds the event nobody can know.
    await charactersOf(other, 'acme')
    await wait(31)
    await other.billing.usage.flush()
    await wait(31)
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })

  it('a rejected event is not pending any more', async () => {
    running.emulator.controls.addFault({ path: '/events/ingest', status: 422, times: 1 })
    await generate(running, 'acme', 300)
    expect(await charactersOf(running, 'acme')).toMatchObject({ used: 0, pending: 300 })
    await running.billing.usage.flush()
    expect(await charactersOf(running, 'acme')).toMatchObject({ used: 0, pending: 0 })
  })

  it('a repeated key is not pending once the provider has said that it knows it', async () => {
    await generate(running, 'acme', 300, 'key')
    await running.billing.usage.flush()
    await wait(31)
    await generate(other, 'acme', 300, 'key')
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 300 })
    await other.billing.usage.flush()
    expect(await charactersOf(other, 'acme')).toMatchObject({ used: 300, pending: 0 })
  })
})

it('what arrived at a try whose answer got lost is pending until it is counted', async () => {
  await buyPro(running, 'acme')
  await wait(1)
  loseNextAnswer(running)
  await generate(other, 'acme', 300)
  await other.billing.usage.flush().catch(() => undefined)
  await other.billing.usage.flush()
  expect(await charactersOf(other, 'acme')).toMatchObject({ used: 0, pending: 300 })
})
