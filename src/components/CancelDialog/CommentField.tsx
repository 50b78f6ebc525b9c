'use client'
import { type ReactElement, useId, useState } from 'react'
import { CANCELLATION_COMMENT_LENGTH } from '../../contract/update.js'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { cancelDialogMessages } from './cancelDialogMessages.js'

interface CommentFieldProps {
  text: Translate<typeof cancelDialogMessages>
  classNames: { readonly comment?: string | undefined } | undefined
}

/** A text, and how much of its length is used. The form reads it as `comment`. */
export function CommentField({ text, classNames }: CommentFieldProps): ReactElement {
  const [used, setUsed] = useState(0)
  const lengthId = useId()
  return (
    <label {...part('comment', classNames)}>
      {text('comment')}
      <textarea
        name="comment"
        rows={3}
        maxLength={CANCELLATION_COMMENT_LENGTH}
        aria-describedby={lengthId}
        onChange={(event) => setUsed(event.target.value.length)}
      />
      <small id={lengthId}>{text('commentLength', { used, limit: CANCELLATION_COMMENT_LENGTH })}</small>
    </label>
  )
}
