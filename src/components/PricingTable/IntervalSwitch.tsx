import { type ReactElement, useId } from 'react'
import { formatPercent } from '../../format/percent.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import type { Interval } from './planCost.js'
import type { PricingClassNames } from './pricingParts.js'
import { pricingTableMessages } from './pricingTableMessages.js'
import type { YearlySaving } from './yearlySaving.js'

interface IntervalSwitchProps extends LocalizedProps<typeof pricingTableMessages> {
  value: Interval
  onChange: ((interval: Interval) => void) | undefined
  saving: YearlySaving | null
  classNames: PricingClassNames
}

/** Monthly or yearly: native radio buttons, so that Tab, arrow keys and screen readers know them. */
export function IntervalSwitch({
  value,
  onChange,
  saving,
  classNames,
  locale,
  messages,
}: IntervalSwitchProps): ReactElement {
  const name = useId()
  const text = translator(pricingTableMessages, messages, locale)
  const savingText = saving && textOf(saving)

  function textOf({ most, least }: YearlySaving): string | null {
    // Two months of twelve are 17 %, as everybody says.
    const [percent, lowest] = [most, least].map((share) =>
      formatPercent(Math.round(share * 100) / 100, locale),
    )
    if (percent === undefined || !(most >= 0.005)) return null
    return text(percent === lowest ? 'save' : 'saveUpTo', { percent })
  }

  return (
    <fieldset {...part('interval', classNames)}>
      <legend>{text('interval')}</legend>
      {(['month', 'year'] as const).map((interval) => (
        <label key={interval}>
          <input
            type="radio"
            name={name}
            value={interval}
            checked={value === interval}
            onChange={() => onChange?.(interval)}
          />
          <span>
            {text(interval)}
            {interval === 'year' && savingText !== null && (
              <span {...part('saving', classNames)}> {savingText}</span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
