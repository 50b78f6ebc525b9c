import { type CSSProperties, forwardRef, useId } from 'react'
import type { MeterUsage } from '../../contract/usage.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { type UsageLevel, usageLevel } from './usageLevel.js'
import { usageMeterMessages } from './usageMeterMessages.js'
import { usageText } from './usageText.js'

type Meter = Pick<MeterUsage, 'name' | 'used'> & Partial<MeterUsage>

export interface UsageMeterViewProps
  extends
    RootProps<'div', 'label' | 'value' | 'track' | 'used' | 'pending' | 'note'>,
    LocalizedProps<typeof usageMeterMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  meter?: Meter | undefined
  /** The name to show before the meter is there. @default 'Usage' */
  label?: string | undefined
  /** Nothing could be read. */
  error?: unknown
  /** The provider could not be asked: what is shown is the last that is known. */
  stale?: boolean | undefined
  /** The share of the limit from which the meter warns. @default 0.8 */
  nearAt?: number | undefined
}

/**
 * How much was used of how much: a bar with `role="meter"`, or text alone where there is no limit, or none is known.
 * Renders a `<div>`; its state is on `data-state` (`loading`, `error`, `unlimited`, `unknown`, `ok`, `near`, `over`), `data-pending` and
 * `data-stale`.
 */
export const UsageMeterView = forwardRef<HTMLDivElement, UsageMeterViewProps>(function UsageMeterView(
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
      baseClass="billing-meter"
      ref={ref}
      data-state={state}
      data-pending={(level && level.pending > 0) || undefined}
      data-stale={stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <span id={labelId} {...part('label', classNames)}>
        {meter?.name ?? label ?? text('label')}
      </span>
      <span {...part('value', classNames)}>{value}</span>
      {level && level.limit !== null && (
        <div
          role="meter"
          {...part('track', classNames)}
          aria-labelledby={labelId}
          aria-valuemin={Math.min(0, level.sum)}
          aria-valuemax={Math.max(level.limit, level.sum)}
          aria-valuenow={level.sum}
          aria-valuetext={note ? value + text('separator') + note : value}
        >
          <div {...part('used', classNames)} style={share(level, level.used)} />
          <div {...part('pending', classNames)} style={share(level, level.pending)} />
        </div>
      )}
      {note && <span {...part('note', classNames)}>{note}</span>}
    </Root>
  )
})

// Of nothing, or of less than nothing, a share is no CSS length: then the browser draws nothing.
function share({ limit, sum }: UsageLevel, quantity: number): CSSProperties {
  return { inlineSize: `${(quantity / Math.max(Number(limit), sum)) * 100}%` }
}
