import type { ReactElement } from 'react'
import { ActionButtonView } from './ActionButton/ActionButtonView.js'
import { part, type Styling } from './Root.js'

interface ReadNoteProps extends Pick<Styling<'note' | 'retry'>, 'classNames' | 'unstyled'> {
  state: string
  onRetry: (() => void) | undefined
  text: (key: 'loading' | 'unavailable' | 'retry') => string
}

/** What stands where a list will be: that it is loading, or that it could not be read, with a button to try again. */
export function ReadNote({ state, onRetry, text, classNames, unstyled }: ReadNoteProps): ReactElement | null {
  if (state === 'loading') return <span {...part('note', classNames)}>{text('loading')}</span>
  if (state !== 'error') return null
  return (
    <>
      <span role="alert" {...part('note', classNames)}>
        {text('unavailable')}
      </span>
      {onRetry && (
        <ActionButtonView
          data-variant="quiet"
          {...part('retry', classNames)}
          unstyled={unstyled}
          onClick={onRetry}
        >
          {text('retry')}
        </ActionButtonView>
      )}
    </>
  )
}
