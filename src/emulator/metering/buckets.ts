import { addInterval } from '../core/time.js'

export type Step = 'hour' | 'day' | 'week' | 'month' | 'year'

const HOUR = 3_600_000

/** Starts of all intervals that touch the range, in a time zone, with the end of the last. */
export function bucketStarts(start: number, end: number, step: Step, timeZone: string): number[] {
  const starts: number[] = []
  // Calendar steps are made on the wall clock of the zone, written as if it were UTC.
  let local = truncate(start + offsetAt(start, timeZone), step)
  const last = end + offsetAt(end, timeZone)
  while (local <= last) {
    starts.push(fromLocal(local, timeZone))
    local = next(local, step)
  }
  return [...starts, fromLocal(local, timeZone)]
}

function truncate(local: number, step: Step): number {
  const date = new Date(local)
  if (step === 'hour') return Math.floor(local / HOUR) * HOUR
  date.setUTCHours(0, 0, 0, 0)
  // Weeks start on Monday.
  if (step === 'week') date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
  if (step === 'month' || step === 'year') date.setUTCDate(1)
  if (step === 'year') date.setUTCMonth(0)
  return date.getTime()
}

function next(local: number, step: Step): number {
  return step === 'hour' ? local + HOUR : addInterval(local, step, 1)
}

function fromLocal(local: number, timeZone: string): number {
  const guess = local - offsetAt(local, timeZone)
  return local - offsetAt(guess, timeZone)
}

/** How far a zone's wall clock is ahead of UTC. */
function offsetAt(time: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(time)
  const value = (type: Intl.DateTimeFormatPartTypes) =>
    Number(parts.find((part) => part.type === type)?.value ?? 0)
  const local = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return local - Math.floor(time / 1_000) * 1_000
}
