import type { ReactElement } from 'react'
import { ActionButtonView } from './ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from './ActionButton/buttonPart.js'
import { part } from './Root.js'

interface ReadNoteProps {
  state: string
  onRetry: (() => void) | undefined
  text: (key: 'loading' | 'unavailable' | 'retry') => string
  styling: ButtonStyling<'note' | 'retry'>
}

/** What stands where a list will be: that it is loading, or that it could not be read, with a button to try again. */
export function ReadNote({ state, onRetry, text, styling }: ReadNoteProps): ReactElement | null {
  const { classNames } = styling
  if (state === 'loading') return <span {...part('note', classNames)}>{text('loading')}</span>
  if (state !== 'error') return null
  return (
    <>
      <span role="alert" {...part('note', classNames)}>
        {text('unavailable')}
      </span>
      {onRetry && (
        <ActionButtonView {...buttonPart('quiet', styling, 'retry')} onClick={onRetry}>
          {text('retry')}
        </ActionButtonView>
      )}
    </>
  )
}
