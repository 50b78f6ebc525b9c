import { clsx } from 'clsx/lite'
import { type ComponentPropsWithoutRef, type CSSProperties, forwardRef, useId } from 'react'
import type { MeterUsage } from '../../contract/usage.js'
import { formatQuantity } from '../../format/quantity.js'
import { type UsageLevel, usageLevel } from './usageLevel.js'

type Meter = Pick<MeterUsage, 'name' | 'used'> & Partial<MeterUsage>

export interface UsageMeterViewProps extends Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
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
  locale?: string | undefined
}

/**
 * How much was used of how much: a bar with `role="meter"`, or text alone where there is no limit, or none is known.
 * Renders a `<div>`; its state is on `data-state` (`loading`, `error`, `unlimited`, `unknown`, `ok`, `near`, `over`), `data-pending` and
 * `data-stale`.
 */
export const UsageMeterView = forwardRef<HTMLDivElement, UsageMeterViewProps>(function UsageMeterView(
  { meter, label = 'Usage', error, stale, nearAt = 0.8, locale, className, ...props },
  ref,
) {
  const labelId = useId()
  const level = meter && usageLevel(meter, nearAt)
  const state = level ? level.state : error ? 'error' : 'loading'
  const [value, note] = level ? textOf(level, meter, locale, stale) : [error ? 'Unavailable' : 'Loading…']
  return (
    <div
      ref={ref}
      className={clsx('billing-meter', className)}
      data-state={state}
      data-pending={(level && level.pending > 0) || undefined}
      data-stale={stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <span id={labelId} data-billing-part="label">
        {meter ? meter.name : label}
      </span>
      <span data-billing-part="value">{value}</span>
      {level && level.limit !== null && (
        <div
          role="meter"
          data-billing-part="track"
          aria-labelledby={labelId}
          aria-valuemin={Math.min(0, level.sum)}
          aria-valuemax={Math.max(level.limit, level.sum)}
          aria-valuenow={level.sum}
          aria-valuetext={note ? `${value}, ${note}` : value}
        >
          <div data-billing-part="used" style={share(level, level.used)} />
          <div data-billing-part="pending" style={share(level, level.pending)} />
        </div>
      )}
      {note && <span data-billing-part="note">{note}</span>}
    </div>
  )
})

// Of nothing, or of less than nothing, a share is no CSS length: then the browser draws nothing.
function share({ limit, sum }: UsageLevel, quantity: number): CSSProperties {
  return { inlineSize: `${(quantity / Math.max(Number(limit), sum)) * 100}%` }
}

function textOf(
  { sum, pending, limit }: UsageLevel,
  { unit = '', included, overage = 0 }: Meter,
  locale: string | undefined,
  stale: boolean | undefined,
): [value: string, note: string] {
  const write = (quantity: number): string => formatQuantity(quantity, locale)
  const above =
    limit !== null && sum > limit
      ? `${write(sum - limit)} over the limit`
      : overage > 0 && included !== undefined && `${write(overage)} above the included ${write(included)}`
  return [
    `${write(sum)}${limit === null ? '' : ` of ${write(limit)}`} ${unit}`.trimEnd(),
    [above, pending > 0 && `${write(pending)} pending`, stale && 'last known'].filter(Boolean).join(', '),
  ]
}
