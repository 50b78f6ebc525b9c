import { createPolarEmulator } from 'polar-billing-kit/emulator'
import { expect, it } from 'vitest'
import { shop } from '../../stories/live/shop.js'
import { polarFor, type Situation, type SituationName, situations } from '../../stories/live/situations.js'

const HOUR = 3_600_000

// The banner counts days by the browser's clock: on another one "ends in 2 days" is of nobody's time.
it.each(Object.keys(situations) as SituationName[])('the situation "%s" is now', async (name) => {
  const { daysAgo, happen }: Situation = situations[name]
  const now = Date.now()
  const emulator = createPolarEmulator({ catalog: shop, now: new Date(now - daysAgo * 24 * HOUR) })
  await happen(polarFor(emulator))
  expect(Math.abs(emulator.now().getTime() - now)).toBeLessThan(HOUR)
  emulator.close()
})
