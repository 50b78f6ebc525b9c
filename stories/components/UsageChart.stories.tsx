import type { Meta, StoryObj } from '@storybook/react-vite'
import {
  UsageChart,
  UsageChartView,
  type UsageChartViewProps,
  type UsageHistory,
  type UsageInterval,
  type UsageRange,
} from 'polar-billing-kit'
import { ar } from 'polar-billing-kit/i18n/ar'
import { scenarios } from 'polar-billing-kit/testing'
import { useState } from 'react'
import type { PartsOf } from '../docs/PartsOf.js'

const HOUR = 3_600_000
const LENGTH = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR }

/** A history that ends on the first of December 2026. */
function historyOf(used: number[], interval: UsageInterval = 'day'): UsageHistory {
  const end = Date.parse('2026-12-01T00:00:00Z')
  const points = used.map((units, index) => {
    const back = used.length - 1 - index
    const at = interval === 'month' ? Date.UTC(2026, 11 - back, 1) : end - back * LENGTH[interval]
    return { at: new Date(at).toISOString(), used: units }
  })
  return {
    ...scenarios.active.getUsageHistory,
    interval,
    limit: 10_000,
    points,
    total: used.reduce((sum, units) => sum + units, 0),
  }
}

const wave = (count: number) =>
  Array.from({ length: count }, (_, index) => Math.round(600 + 400 * Math.sin(index / 2) + (index % 7) * 40))
const week = historyOf([420, 380, 0, 910, 640, 520, 760])

const meta = {
  title: 'Components/UsageChart',
  component: UsageChartView,
  args: { history: week, range: '7d', onRangeChange: () => undefined },
  parameters: {
    parts: {
      root: 'The whole chart.',
      label: 'The name of what is counted.',
      value: 'What was used in the time that is shown.',
      ranges: 'The switch between ranges.',
      range: 'One range of the switch.',
      plot: 'The picture.',
      bar: 'The bar of one interval.',
      tip: 'What a bar says when it is pointed at.',
      limit: 'The line of the limit.',
      message: 'What stands in the place of the picture: it loads, could not be read, or nothing was used.',
      toggle: 'The switch that shows the table to everybody.',
      table: 'The same numbers in words.',
      note: 'That the numbers are the last known.',
      scale: 'The numbers beside the picture.',
      area: 'The picture without its numbers and days.',
      column: 'The column of one interval, with its bar and tip.',
      'limit-name': 'What the line of the limit says.',
      axis: 'The days below the picture.',
      at: 'What puts a tip or a day in its place.',
    } satisfies PartsOf<UsageChartViewProps>,
    keyboard: {
      Tab: 'To the ranges, then to the switch of the table.',
      'Arrow keys': 'Choose the range before or after, which is then read.',
      Space: 'Shows the table, or hides it.',
    },
  },
} satisfies Meta<typeof UsageChartView>

export default meta
type Story = StoryObj<typeof meta>

/** The running total of the billing period, and what the plan allows in it. */
export const Period: Story = { args: { history: historyOf(wave(11)), range: 'period' } }
export const PeriodOverLimit: Story = { args: { history: historyOf(wave(20)), range: 'period' } }
/** No limit: no line. */
export const PeriodUnlimited: Story = {
  args: { history: { ...historyOf(wave(11)), limit: null }, range: 'period' },
}
/** A limit is for a period: a week is not measured against it. */
export const Days7: Story = {}
export const Days30: Story = { args: { history: historyOf(wave(30)), range: '30d' } }
export const Days90: Story = { args: { history: historyOf(wave(90)), range: '90d' } }
export const Months12: Story = { args: { history: historyOf(wave(12), 'month'), range: '12m' } }
export const Hours24: Story = {
  args: { history: historyOf(wave(24), 'hour'), range: '24h', ranges: ['24h', '7d'] },
}
export const Weeks: Story = { args: { history: historyOf(wave(13), 'week'), range: '90d' } }
/** Units were given back. */
export const Negative: Story = { args: { history: historyOf([420, 380, -240, 910, 0, -80, 760]) } }
export const NotANumber: Story = { args: { history: historyOf([420, Number.NaN, 300, 910]) } }
export const Huge: Story = { args: { history: historyOf([1e12, 4.2e12, 9.7e12, 1e9]) } }
export const Fractions: Story = { args: { history: historyOf([0.2, 0.45, 0.1, 0.9]) } }
export const OnePoint: Story = { args: { history: historyOf([420]) } }
export const Empty: Story = { args: { history: historyOf([0, 0, 0, 0, 0, 0, 0]) } }
export const NoPoints: Story = { args: { history: historyOf([]) } }
export const Loading: Story = { args: { history: undefined, label: 'Characters' } }
/** Another range is being read. */
export const Busy: Story = { args: { busy: true, range: '30d' } }
export const Unavailable: Story = {
  args: { history: undefined, label: 'Characters', error: new Error('The provider is down') },
}
/** Polar could not be asked. */
export const Stale: Story = { args: { history: { ...week, stale: true } } }
/** Nothing to choose. */
export const WithoutRanges: Story = {
  render: ({ onRangeChange: _none, ...args }) => <UsageChartView {...args} />,
}
export const LongName: Story = {
  args: { history: { ...week, name: 'Characters of all voices and of all workspaces together' } },
}
export const German: Story = { args: { history: historyOf(wave(30)), range: '30d', locale: 'de' } }
export const RightToLeft: Story = {
  args: { history: historyOf(wave(11)), range: 'period', locale: 'ar', messages: ar.UsageChart },
  globals: { direction: 'rtl' },
}
export const Narrow: Story = {
  args: { history: historyOf(wave(30)), range: '30d' },
  decorators: [(Story) => <div style={{ inlineSize: '17rem' }}>{Story()}</div>],
}
/** The same numbers in words, which screen readers always have. */
export const Table: Story = {
  args: { history: historyOf(wave(11)), range: 'period' },
  play: ({ canvas, userEvent }) => userEvent.click(canvas.getByRole('checkbox')),
}

const HISTORIES: Partial<Record<UsageRange, UsageHistory>> = {
  period: historyOf(wave(11)),
  '7d': week,
  '30d': historyOf(wave(30)),
  '90d': historyOf(wave(90)),
  '12m': historyOf(wave(12), 'month'),
}
export const Choosing: Story = {
  render: function Choosing(args) {
    const [range, setRange] = useState<UsageRange>('period')
    return <UsageChartView {...args} range={range} history={HISTORIES[range]} onRangeChange={setRange} />
  },
}
/** The connected component: it asks the backend of the provider. */
export const Connected: Story = {
  parameters: { live: true },
  render: () => <UsageChart meter="characters" />,
}
export const ConnectedDown: Story = {
  parameters: { scenario: scenarios.down },
  render: () => <UsageChart meter="characters" />,
}
