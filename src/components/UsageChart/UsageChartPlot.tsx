import type { CSSProperties, ReactNode } from 'react'
import { formatCompact } from '../../format/compact.js'
import { type ClassNames, part } from '../Root.js'
import { chartGeometry } from './chartGeometry.js'
import type { ChartRow } from './chartRows.js'

/** The parts of the picture. */
export type UsageChartPlotSlot =
  | 'plot'
  | 'scale'
  | 'area'
  | 'column'
  | 'bar'
  | 'limit'
  | 'limit-name'
  | 'tip'
  | 'axis'
  | 'at'

interface UsageChartPlotProps {
  rows: readonly ChartRow[]
  limit: number | null
  /** What the line is called. */
  limitName: string
  locale: string | undefined
  classNames: ClassNames<UsageChartPlotSlot> | undefined
}

/**
 * The picture, for eyes alone: the table says the same in words. All places are in percent, so that it is as wide as its column, and a
 * bar lies in the middle of a column of its own, so that nothing has to be mirrored where the page runs from right to left.
 */
export function UsageChartPlot({ rows, limit, limitName, locale, classNames }: UsageChartPlotProps) {
  const geometry = chartGeometry(
    rows.map(({ value }) => value),
    limit,
  )
  return (
    <div aria-hidden="true" {...part('plot', classNames)}>
      <div {...part('scale', classNames)}>
        {geometry.ticks.map(({ value }) => (
          <span key={value}>{formatCompact(value, locale)}</span>
        ))}
      </div>
      <div {...part('area', classNames)}>
        <svg>
          {geometry.ticks.map(({ value, y }) => (
            <line key={value} {...across(y)} />
          ))}
        </svg>
        {rows.map((row, index) => (
          <div key={row.at} {...part('column', classNames)}>
            <svg>
              <rect
                {...part('bar', classNames)}
                {...geometry.bars[index]}
                data-over={(limit !== null && row.value > limit) || undefined}
              />
            </svg>
            <At share={(index + 0.5) / rows.length} classNames={classNames}>
              <span {...part('tip', classNames)}>
                {row.name} <strong>{row.total ?? row.used}</strong>
              </span>
            </At>
          </div>
        ))}
        {geometry.limit !== null && (
          <>
            <svg>
              <line {...part('limit', classNames)} {...across(geometry.limit)} />
            </svg>
            <span {...part('limit-name', classNames)} style={{ insetBlockStart: `${geometry.limit}%` }}>
              {limitName}
            </span>
          </>
        )}
      </div>
      <div {...part('axis', classNames)}>
        {geometry.labels.map((index) => (
          <At key={index} share={(index + 0.5) / rows.length} classNames={classNames}>
            <span>{rows[index]?.label}</span>
          </At>
        ))}
      </div>
    </div>
  )
}

function across(y: number) {
  return { x1: '0', x2: '100%', y1: `${y}%`, y2: `${y}%` }
}

interface AtProps extends Pick<UsageChartPlotProps, 'classNames'> {
  share: number
  children: ReactNode
}

/** Puts a text at a share of the width: with the same share of itself before that place, so that it never leaves the picture. */
function At({ share, classNames, children }: AtProps) {
  return (
    <div {...part('at', classNames)} style={{ '--_at': share } as CSSProperties}>
      {children}
    </div>
  )
}
