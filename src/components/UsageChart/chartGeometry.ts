/** A bar in percent of its column, whose places are counted from the top. */
export interface ChartBar {
  x: string
  y: string
  width: string
  height: string
}

export interface ChartGeometry {
  /** One for each value; of height 0 where nothing was used or nothing is known. */
  bars: ChartBar[]
  /** The lines of the scale, from the lowest value to the highest, equally far apart; `y` in percent from the top. */
  ticks: { value: number; y: number }[]
  /** Where the limit lies, in percent from the top; `null`: there is none. */
  limit: number | null
  /** The indexes of the values that the axis names. */
  labels: number[]
}

/** Beyond it, sums and steps could leave the numbers that there are. It is only drawn, never written. */
const LARGEST = 1e300
const STEPS = 4
/** At 320 px there is room for three dates in any language. */
const LABELS = 3
/** Percent: what is little must not look like nothing. */
const LEAST_HEIGHT = 1
/** Percent of the whole width, for a few bars would be blocks. */
const MOST_WIDTH = 12

/** Lays out bars for the values, which may be negative, and a limit that they are measured against. */
export function chartGeometry(values: readonly number[], limit: number | null): ChartGeometry {
  const drawn = values.map(drawable)
  const line = drawable(limit ?? 0)
  // Not spread into a call: a year of hours is more than one takes.
  const low = drawn.reduce((least, value) => Math.min(least, value), Math.min(0, line))
  const high = drawn.reduce((most, value) => Math.max(most, value), Math.max(0, line))
  const ticks = ticksBetween(low, high)
  const bottom = ticks[0] ?? 0
  const top = ticks.at(-1) ?? 0
  const yOf = (value: number): number => within(((top - value) / (top - bottom)) * 100)
  const width = Math.min(72, MOST_WIDTH * drawn.length)
  return {
    bars: drawn.map((value) => ({
      x: `${(100 - width) / 2}%`,
      width: `${width}%`,
      ...uprightOf(value, yOf(value), yOf(0)),
    })),
    ticks: ticks.map((value) => ({ value, y: yOf(value) })),
    limit: limit === null ? null : yOf(line),
    labels: labelsOf(drawn.length),
  }
}

function uprightOf(value: number, y: number, zero: number): Pick<ChartBar, 'y' | 'height'> {
  const height = value === 0 ? 0 : Math.max(Math.abs(zero - y), LEAST_HEIGHT)
  const top = value > 0 ? Math.max(zero - height, 0) : Math.min(zero, 100 - height)
  return { y: `${top}%`, height: `${height}%` }
}

/** Round numbers around all values, with 0 among them, and at least two. */
function ticksBetween(low: number, high: number): number[] {
  const span = high - low
  const isWhole = Number.isInteger(low) && Number.isInteger(high)
  const step = span > 1 / LARGEST ? Math.max(roundUp(span / STEPS), isWhole ? 1 : 0) : 1
  const first = Math.floor(low / step)
  const last = Math.max(Math.ceil(high / step), first + 1)
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step)
}

/** The next of …, 0.5, 1, 2, 5, 10, 20, … */
function roundUp(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  return ([1, 2, 5].find((factor) => factor * power >= step) ?? 10) * power
}

/** The first, the last, and some between them. */
function labelsOf(count: number): number[] {
  if (count <= LABELS) return Array.from({ length: count }, (_, index) => index)
  return Array.from({ length: LABELS }, (_, index) => Math.round((index * (count - 1)) / (LABELS - 1)))
}

function drawable(value: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(value, -LARGEST), LARGEST)
}

function within(percent: number): number {
  return Math.min(Math.max(percent, 0), 100)
}
