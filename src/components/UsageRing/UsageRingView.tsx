import { forwardRef, useId } from 'react'
import { formatPercent } from '../../format/percent.js'
import { part, Root, type RootProps } from '../Root.js'
import { translator } from '../translator.js'
import { type UsageLevel, usageLevel } from '../UsageMeter/usageLevel.js'
import { usageMeterMessages } from '../UsageMeter/usageMeterMessages.js'
import type { UsageMeterViewProps } from '../UsageMeter/UsageMeterView.js'
import { usageText } from '../UsageMeter/usageText.js'

type Slot = 'ring' | 'track' | 'used' | 'pending' | 'percent' | 'label' | 'value' | 'note'

export type UsageRingViewProps = RootProps<'div', Slot> &
  Pick<
    UsageMeterViewProps,
    'meter' | 'label' | 'error' | 'stale' | 'nearAt' | 'locale' | 'timeZone' | 'messages'
  >

/**
 * How much was used of how much, as a ring with `role="meter"` and the percentage inside, or text alone where there is no limit, or none
 * is known. Renders a `<div>`; its state is on `data-state`, `data-pending` and `data-stale`, like that of `UsageMeterView`.
 */
export const UsageRingView = forwardRef<HTMLDivElement, UsageRingViewProps>(function UsageRingView(
  { meter, label, error, stale, nearAt = 0.8, locale, messages, ...props },
  ref,
) {
  const labelId = useId()
  const { classNames } = props
  const text = translator(usageMeterMessages, messages, locale)
  const level = meter && usageLevel(meter, nearAt)
  const state = level ? level.state : error ? 'error' : 'loading'
  const [value, note] = level
    ? usageText(level, meter, text, stale)
    : [text(error ? 'unavailable' : 'loading')]
  return (
    <Root
      tag="div"
      baseClass="billing-ring"
      ref={ref}
      data-state={state}
      data-pending={(level && level.pending > 0) || undefined}
      data-stale={stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      {level && level.limit !== null && (
        <div
          role="meter"
          {...part('ring', classNames)}
          aria-labelledby={labelId}
          aria-valuemin={Math.min(0, level.sum)}
          aria-valuemax={Math.max(level.limit, level.sum)}
          aria-valuenow={level.sum}
          aria-valuetext={note ? value + text('separator') + note : value}
        >
          <Arcs level={level} classNames={classNames} />
          {level.limit > 0 && (
            <span aria-hidden="true" {...part('percent', classNames)}>
              {formatPercent(level.sum / level.limit, locale)}
            </span>
          )}
        </div>
      )}
      <span id={labelId} {...part('label', classNames)}>
        {meter?.name ?? label ?? text('label')}
      </span>
      <span {...part('value', classNames)}>{value}</span>
      {note && <span {...part('note', classNames)}>{note}</span>}
    </Root>
  )
})

/** The circle's length is 100, so that a dash is a share in percent. */
function Arcs({ level, classNames }: { level: UsageLevel } & Pick<UsageRingViewProps, 'classNames'>) {
  const used = percentOf(level, level.used)
  const pending = Math.min(percentOf(level, level.pending), 100 - used)
  const circle = { cx: 50, cy: 50, r: 44, pathLength: 100 }
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true">
      <circle {...circle} {...part('track', classNames)} />
      {used > 0 && <circle {...circle} {...part('used', classNames)} strokeDasharray={`${used} 100`} />}
      {pending > 0 && (
        <circle
          {...circle}
          {...part('pending', classNames)}
          strokeDasharray={`${pending} 100`}
          strokeDashoffset={-used}
        />
      )}
    </svg>
  )
}

function percentOf({ limit, sum }: UsageLevel, quantity: number): number {
  const whole = Math.max(Number(limit), sum)
  // Of nothing there is no share.
  return whole > 0 ? Math.min(Math.max(0, quantity / whole), 1) * 100 : 0
}
