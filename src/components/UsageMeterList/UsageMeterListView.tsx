import { forwardRef } from 'react'
import type { CompleteMeterUsage } from '../../contract/usage.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { UsageMeterView, type UsageMeterViewProps } from '../UsageMeter/UsageMeterView.js'
import { usageMeterListMessages } from './usageMeterListMessages.js'

export interface UsageMeterListViewProps
  extends
    RootProps<
      'section',
      'list' | 'item' | 'note',
      { readonly UsageMeter?: UsageMeterViewProps['classNames'] }
    >,
    LocalizedProps<typeof usageMeterListMessages>,
    Pick<UsageMeterViewProps, 'nearAt'> {
  /** `undefined` while loading, or when nothing could be read. */
  meters?: readonly CompleteMeterUsage[] | undefined
  /** Nothing could be read. */
  error?: unknown
  /** The provider could not be asked: what is shown is the last that is known. */
  stale?: boolean | undefined
  /** Other words for some of the texts of each meter. */
  meterMessages?: UsageMeterViewProps['messages']
}

/**
 * Every meter, one below the other. Renders a `<section>`; its state is on `data-state` (`loading`, `error`, `empty`, `ready`) and
 * `data-stale`.
 */
export const UsageMeterListView = forwardRef<HTMLElement, UsageMeterListViewProps>(
  function UsageMeterListView(
    { meters, error, stale, nearAt, locale, messages, meterMessages, ...props },
    ref,
  ) {
    const { classNames, unstyled } = props
    const text = translator(usageMeterListMessages, messages, locale)
    const state = meters ? (meters.length > 0 ? 'ready' : 'empty') : error ? 'error' : 'loading'
    const note = {
      loading: 'loading',
      error: 'unavailable',
      empty: 'empty',
      ready: stale && 'stale',
    } as const
    const key = note[state]
    const shared = { nearAt, locale, messages: meterMessages, classNames: classNames?.UsageMeter, unstyled }
    return (
      <Root
        tag="section"
        baseClass="billing-meters"
        ref={ref}
        aria-label={text('label')}
        data-state={state}
        data-stale={stale || undefined}
        aria-busy={state === 'loading' || undefined}
        {...props}
      >
        {state === 'ready' && (
          <ul {...part('list', classNames)}>
            {meters?.map((meter) => (
              <li key={meter.key} {...part('item', classNames)}>
                <UsageMeterView meter={meter} {...shared} />
              </li>
            ))}
          </ul>
        )}
        {key && <p {...part('note', classNames)}>{text(key)}</p>}
      </Root>
    )
  },
)
