import { ApiError } from '../core/errors.js'
import { DAY, END_OF_TIME, HOUR, MINUTE, SECOND, iso } from '../core/time.js'
import type { Host } from './host.js'
import type { ClockReading, ClockStep, EmulatorControls } from './types.js'

type Part = 'clock' | 'advanceClock' | 'freezeClock' | 'unfreezeClock' | 'settle'

/** Seconds that `settle` looks ahead unless told otherwise. */
const SETTLE_SECONDS = 5
const MAX_SETTLE_SECONDS = 3_600

export function clockControls(host: Host): Pick<EmulatorControls, Part> {
  const read = () => readClock(host)
  return {
    clock: read,
    advanceClock: async (step) => {
      await host.world.clock.advance((now) => targetOf(step, now))
      return read()
    },
    freezeClock: () => {
      host.world.clock.freeze()
      return read()
    },
    unfreezeClock: () => {
      host.world.clock.unfreeze()
      return read()
    },
    settle: async ({ seconds = SETTLE_SECONDS } = {}) => {
      // What recurs would never settle.
      if (!(seconds >= 0 && seconds <= MAX_SETTLE_SECONDS)) {
        throw new ApiError(
          422,
          'ClockError',
          `settle looks at most ${MAX_SETTLE_SECONDS} seconds ahead; use advanceClock.`,
        )
      }
      await host.world.clock.settle(seconds * SECOND)
      return read()
    },
  }
}

export function readClock(host: Host): ClockReading {
  const { clock } = host.world
  return {
    now: iso(clock.now()),
    frozen: clock.frozen,
    upcoming: clock.upcoming().map(({ key, due }) => ({ at: iso(due), task: key })),
  }
}

function targetOf(step: ClockStep, now: number): number {
  const target = typeof step === 'number' ? now + step : sumOf(step, now)
  if (target >= now && target <= END_OF_TIME) return target
  throw new ApiError(422, 'ClockError', 'The clock only moves forward, and not beyond the year 9999.')
}

function sumOf(step: Exclude<ClockStep, number>, now: number): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0, to } = step
  const from = to === undefined ? now : Date.parse(to)
  return from + days * DAY + hours * HOUR + minutes * MINUTE + seconds * SECOND + ms
}
