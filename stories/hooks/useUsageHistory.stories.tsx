import type { Meta, StoryObj } from '@storybook/react-vite'
import { formatDate, type UsageRange, useSuspenseUsageHistory, useUsageHistory } from 'polar-billing-kit'
import { useState } from 'react'
import { expect, waitFor } from 'storybook/test'
import { shown } from '../shown.js'
import { hookParameters } from './hookParameters.js'
import { Facts, suspended, Waiting } from './markup.js'

const meta = { title: 'Hooks/useUsageHistory', parameters: hookParameters } satisfies Meta

export default meta
type Story = StoryObj<typeof meta>

/** While another range is read, the last one stays on the page. Follows the toolbar's scenario. */
export const Live: Story = {
  render: function History() {
    const [range, setRange] = useState<UsageRange>('30d')
    const { data, failureReason, isPlaceholderData } = useUsageHistory({ meter: 'characters', range })
    if (data === undefined) return <Waiting error={failureReason} />
    return (
      <>
        <label>
          Range{' '}
          <select value={range} onChange={({ target }) => setRange(target.value as UsageRange)}>
            <option value="7d">7 days</option>
            <option value="30d">30 days</option>
          </select>
        </label>
        <ul aria-busy={isPlaceholderData || undefined}>
          {data.points.map(({ at, used }) => (
            <li key={at}>
              {formatDate(at)}: {used} {data.unit}
            </li>
          ))}
        </ul>
      </>
    )
  },
}

/** Days without use are there, with 0. */
export const AnotherRange: Story = {
  ...Live,
  globals: { scenario: 'active' },
  play: async ({ canvas, canvasElement, userEvent }) => {
    await shown(canvasElement, /: 0 characters/)
    await expect(canvas.getAllByRole('listitem')).toHaveLength(30)
    await userEvent.selectOptions(canvas.getByRole('combobox'), '7 days')
    await waitFor(() => expect(canvas.getAllByRole('listitem')).toHaveLength(7), { timeout: 15_000 })
  },
}

/** `useSuspenseUsageHistory`: there is always an answer, and of the range that is asked for. */
export const Suspense: Story = {
  decorators: [suspended],
  render: function Total() {
    const { data } = useSuspenseUsageHistory({ meter: 'characters', range: '30d' })
    return <Facts interval={data.interval} total={data.total} limit={data.limit} />
  },
  globals: { scenario: 'active' },
  play: ({ canvasElement }) => shown(canvasElement, /interval day total 4580 limit 100000/),
}
