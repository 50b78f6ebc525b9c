import { useId } from 'react'
import type { UsageRange } from '../../contract/usageHistory.js'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { usageChartMessages } from './usageChartMessages.js'

interface UsageRangeSwitchProps {
  ranges: readonly UsageRange[]
  /** Which is shown; another one than these: none of them is chosen. */
  range: unknown
  onRangeChange: (range: UsageRange) => void
  text: Translate<typeof usageChartMessages>
  classNames: { readonly [Slot in 'ranges' | 'range']?: string | undefined } | undefined
}

/** Radio buttons that look like a switch: arrow keys come with them. */
export function UsageRangeSwitch({ ranges, range, onRangeChange, text, classNames }: UsageRangeSwitchProps) {
  const name = useId()
  return (
    <fieldset {...part('ranges', classNames)}>
      <legend>{text('range')}</legend>
      {ranges.map((one) => (
        <label key={one} {...part('range', classNames)}>
          <input type="radio" name={name} checked={one === range} onChange={() => onRangeChange(one)} />
          {text(one)}
        </label>
      ))}
    </fieldset>
  )
}
