import { useId } from 'react'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { ChartRow } from './chartRows.js'
import type { usageChartMessages } from './usageChartMessages.js'

interface UsageChartTableProps {
  rows: readonly ChartRow[]
  /** What is counted. */
  caption: string
  text: Translate<typeof usageChartMessages>
  classNames: { readonly [Slot in 'toggle' | 'table']?: string | undefined } | undefined
}

/** The chart in words. Screen readers always have it; the switch shows it to everybody, and needs no script. */
export function UsageChartTable({ rows, caption, text, classNames }: UsageChartTableProps) {
  const id = useId()
  const isCumulative = rows[0]?.total !== undefined
  return (
    <>
      <label {...part('toggle', classNames)} htmlFor={id}>
        <input type="checkbox" id={id} /> {text('showTable')}
      </label>
      <div {...part('table', classNames)}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{text('time')}</th>
              <th scope="col">{text('used')}</th>
              {isCumulative && <th scope="col">{text('runningTotal')}</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ at, name, used, total }) => (
              <tr key={at}>
                <th scope="row">{name}</th>
                <td>{used}</td>
                {total !== undefined && <td>{total}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}
