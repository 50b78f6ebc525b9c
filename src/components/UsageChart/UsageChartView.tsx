import { forwardRef, useId } from 'react'
import type { UsageHistory, UsageRange } from '../../contract/usageHistory.js'
import type { UsageTime } from '../../query/usageHistory.js'
import { HIDDEN } from '../hidden.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { chartRows } from './chartRows.js'
import { UsageChartPlot, type UsageChartPlotSlot } from './UsageChartPlot.js'
import { UsageChartTable } from './UsageChartTable.js'
import { usageChartMessages } from './usageChartMessages.js'
import { UsageRangeSwitch } from './UsageRangeSwitch.js'

type Slot =
  | 'label'
  | 'value'
  | 'ranges'
  | 'range'
  | UsageChartPlotSlot
  | 'message'
  | 'note'
  | 'toggle'
  | 'table'

const RANGES = ['period', '7d', '30d', '90d', '12m'] as const

export interface UsageChartViewProps
  extends RootProps<'section', Slot>, LocalizedProps<typeof usageChartMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  history?: UsageHistory | undefined
  /** The name to show before the history is there. @default 'Usage' */
  label?: string | undefined
  /** What was asked for. @default 'period' */
  range?: UsageTime | undefined
  /** The ranges to choose from. @default period, 7d, 30d, 90d and 12m */
  ranges?: readonly UsageRange[] | undefined
  /** Called with another range. Without it there is nothing to choose. */
  onRangeChange?: ((range: UsageRange) => void) | undefined
  /** Adds up, instead of showing each interval by itself. @default whether the range is the period, whose limit is then drawn */
  cumulative?: boolean | undefined
  /** Another range is being read: what is shown is still the last one. */
  busy?: boolean | undefined
  /** The first answer to what somebody chose: its value is read out. What is used meanwhile is not. */
  chosen?: UsageHistory | undefined
  /** Nothing could be read. */
  error?: unknown
}

/**
 * What a meter counted over a time, as bars, with a table that says the same in words. The running total of a billing period has the
 * plan's limit as a line; any other range has none, because a limit is for a period. Renders a `<section>`; its state is on `data-state`
 * (`loading`, `error`, `empty`, `ready`), `data-cumulative`, `data-busy` and `data-stale`.
 */
export const UsageChartView = forwardRef<HTMLElement, UsageChartViewProps>(function UsageChartView(
  {
    history,
    label,
    range = 'period',
    ranges = RANGES,
    onRangeChange,
    cumulative = range === 'period',
    busy,
    chosen,
    error,
    locale,
    timeZone,
    messages,
    ...props
  },
  ref,
) {
  const labelId = useId()
  const { classNames } = props
  const text = translator(usageChartMessages, messages, locale)
  const state = history ? stateOf(history) : error ? 'error' : 'loading'
  const isWaiting = state === 'loading' || busy === true
  const name = history?.name ?? label ?? text('label')
  // A limit is for a billing period; what is still shown of another range is not measured against it.
  const limit = range === 'period' && !isWaiting ? limitOf(history) : null
  const rows = history && state === 'ready' ? chartRows(history, cumulative, locale, timeZone) : []
  return (
    <Root
      tag="section"
      baseClass="billing-chart"
      ref={ref}
      aria-labelledby={labelId}
      data-state={state}
      data-cumulative={cumulative || undefined}
      data-busy={busy || undefined}
      data-stale={history?.stale || undefined}
      aria-busy={isWaiting || undefined}
      {...props}
    >
      <span id={labelId} {...part('label', classNames)}>
        {name}
      </span>
      <span {...part('value', classNames)}>
        {history ? valueOf(history, limit, text) : state === 'loading' && text('loading')}
      </span>
      <span role="status" style={HIDDEN}>
        {chosen && valueOf(chosen, limit, text)}
      </span>
      {onRangeChange && <UsageRangeSwitch {...{ ranges, range, onRangeChange, text, classNames }} />}
      {state === 'ready' ? (
        <UsageChartPlot
          {...{ rows, locale, classNames }}
          limit={cumulative ? limit : null}
          limitName={limit === null ? '' : text('limit', { limit })}
        />
      ) : (
        <p {...part('message', classNames)}>
          {state === 'loading' ? '' : text(state === 'empty' ? 'empty' : 'unavailable')}
        </p>
      )}
      {state === 'ready' && <UsageChartTable {...{ rows, text, classNames }} caption={name} />}
      {history?.stale === true && <span {...part('note', classNames)}>{text('stale')}</span>}
    </Root>
  )
})

function stateOf({ points }: UsageHistory): 'empty' | 'ready' {
  return points.every(({ used }) => used === 0) ? 'empty' : 'ready'
}

function valueOf(
  { total, unit }: UsageHistory,
  limit: number | null,
  text: Translate<typeof usageChartMessages>,
): string {
  const value =
    limit === null ? text('value', { used: total, unit }) : text('valueOfLimit', { used: total, limit, unit })
  return value.trimEnd()
}

/** A limit that is no number is none that could be drawn. */
function limitOf(history: UsageHistory | undefined): number | null {
  const limit = history?.limit
  return typeof limit === 'number' && Number.isFinite(limit) ? Math.max(0, limit) : null
}
