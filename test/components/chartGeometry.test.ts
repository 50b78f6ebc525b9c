import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chartGeometry } from '../../src/components/UsageChart/chartGeometry.js'
import { runningTotal } from '../../src/components/UsageChart/runningTotal.js'

const percent = (length: string | undefined) => Number(/^(\d+(?:\.\d+)?(?:e-\d+)?)%$/.exec(length ?? '')?.[1])
const valuesOf = (values: number[], limit: number | null = null) =>
  chartGeometry(values, limit).ticks.map(({ value }) => value)

const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, Number.NaN, Infinity, -Infinity, Number.MAX_VALUE, -Number.MAX_VALUE, 5e-324),
)
const anyChart = fc.tuple(
  fc.array(anyNumber, { maxLength: 100 }),
  fc.option(fc.double({ min: 0, noNaN: true })),
)

describe('chartGeometry', () => {
  it('a scale of round numbers around all values', () => {
    expect(valuesOf([420, 910])).toEqual([0, 500, 1_000])
    expect(valuesOf([420, -240])).toEqual([-400, -200, 0, 200, 400, 600])
    expect(valuesOf([420], 10_000)).toEqual([0, 5_000, 10_000])
    expect(valuesOf([1, 2])).toEqual([0, 1, 2])
    expect(valuesOf([])).toEqual([0, 1])
    expect(valuesOf([0, 0], 0)).toEqual([0, 1])
  })

  it('bars stand on 0, upwards or downwards', () => {
    const { bars } = chartGeometry([500, -500, 0], null)
    expect(bars.map(({ y, height }) => [percent(y), percent(height)])).toEqual([
      [0, 50],
      [50, 50],
      [50, 0],
    ])
  })

  it('what is little does not look like nothing', () => {
    const [little] = chartGeometry([1, 1e9], null).bars
    expect(percent(little?.height)).toBe(1)
    expect(percent(little?.y)).toBe(99)
  })

  it('the limit lies on the scale', () => {
    expect(chartGeometry([100], 1_000).limit).toBe(0)
    expect(chartGeometry([2_000], 1_000).limit).toBe(50)
    expect(chartGeometry([2_000], null).limit).toBeNull()
  })

  it('names the first, the middle and the last', () => {
    const labelsOf = (count: number) =>
      chartGeometry(
        Array.from({ length: count }, () => 1),
        null,
      ).labels
    expect([0, 1, 3, 7, 30].map(labelsOf)).toEqual([[], [0], [0, 1, 2], [0, 3, 6], [0, 15, 29]])
  })

  it('whatever the numbers, nothing lies outside and everything is a number', () => {
    fc.assert(
      fc.property(anyChart, ([values, limit]) => {
        const { bars, ticks, labels, limit: line } = chartGeometry(values, limit)
        expect(bars).toHaveLength(values.length)
        for (const { x, y, width, height } of bars.map((bar) => ({
          x: percent(bar.x),
          y: percent(bar.y),
          width: percent(bar.width),
          height: percent(bar.height),
        }))) {
          expect(Math.min(x, y, width, height)).toBeGreaterThanOrEqual(0)
          expect(x + width).toBeLessThanOrEqual(100)
          expect(y + height).toBeLessThanOrEqual(100 + 1e-9)
        }
        for (const y of [...ticks.map((tick) => tick.y), line ?? 0]) {
          expect(y).toBeGreaterThanOrEqual(0)
          expect(y).toBeLessThanOrEqual(100)
        }
        expect(ticks.length).toBeGreaterThanOrEqual(2)
        expect(ticks.length).toBeLessThanOrEqual(7)
        expect(ticks.every(({ value }) => Number.isFinite(value))).toBe(true)
        expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length)
        expect(ticks.some(({ value }) => value === 0)).toBe(true)
        expect(labels.every((index) => index in values)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('more is never drawn lower', () => {
    const used = fc.double({ min: 0, max: 1e9, noNaN: true })
    fc.assert(
      fc.property(fc.array(used, { minLength: 2, maxLength: 40 }), (values) => {
        const heights = chartGeometry(values, null).bars.map(({ height }) => percent(height))
        values.forEach((value, index) => {
          const next = values[index + 1] ?? value
          if (value > next) expect(heights[index]).toBeGreaterThanOrEqual(heights[index + 1] ?? 0)
        })
      }),
    )
  })
})

describe('runningTotal', () => {
  it('adds up, and what is no number adds nothing', () => {
    expect(runningTotal([1, 2, Number.NaN, -1, 4])).toEqual([1, 3, 3, 2, 6])
    expect(runningTotal([])).toEqual([])
  })
})
