import { type FormEvent, forwardRef, type ReactNode, useId } from 'react'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { CANCELLATION_REASONS, type CancellationReason } from '../../contract/update.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps } from '../ActionButton/buttonPart.js'
import { Dialog, type DialogSlot } from '../Dialog/Dialog.js'
import { part, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { cancelDialogMessages } from './cancelDialogMessages.js'
import { CommentField } from './CommentField.js'
import { describeEnd } from './describeEnd.js'

export type CancelDialogSlot =
  | DialogSlot
  | 'text'
  | 'offer'
  | 'reasons'
  | 'reason'
  | 'comment'
  | 'actions'
  | 'button'

/** What was said about the reasons, if anything. */
export interface Cancellation {
  reason?: CancellationReason | undefined
  /** At most 1,000 characters. */
  comment?: string | undefined
}

export interface CancelDialogViewProps
  extends
    Omit<RootProps<'dialog', CancelDialogSlot>, 'render' | 'open' | 'onClose' | 'onCancel' | 'title'>,
    ButtonsProps,
    LocalizedProps<typeof cancelDialogMessages> {
  /** What is canceled; without it the dialog names neither plan nor day. */
  subscription?: CompleteSubscription | undefined
  /** The plan that applies afterwards. */
  nextPlanName?: string | undefined
  /** Something else instead: a pause, a discount, a smaller plan. */
  offer?: ReactNode
  /** Called by the button that cancels the plan. */
  onConfirm: (cancellation: Cancellation) => void
  /** Called when somebody keeps the plan, presses Escape or clicks beside the dialog. */
  onClose: () => void
}

/** Asks before a plan is canceled, and why it is. Renders a modal `<dialog>` that is open as long as it is rendered. */
export const CancelDialogView = forwardRef<HTMLDialogElement, CancelDialogViewProps>(
  function CancelDialogView(
    {
      subscription,
      nextPlanName,
      offer,
      onConfirm,
      onClose,
      renderButton,
      locale,
      timeZone,
      messages,
      ...props
    },
    ref,
  ) {
    const textId = useId()
    const { classNames } = props
    const styling = { ...props, renderButton }
    const text = translator(cancelDialogMessages, messages, locale)
    const plan = subscription?.planName
    return (
      <Dialog
        ref={ref}
        title={plan ? text('titlePlan', { plan }) : text('title')}
        aria-describedby={textId}
        onDismiss={onClose}
        {...props}
      >
        <p id={textId} {...part('text', classNames)}>
          {describeEnd(subscription, nextPlanName, { text, locale, timeZone })}
        </p>
        {offer !== undefined && <div {...part('offer', classNames)}>{offer}</div>}
        <form onSubmit={(event) => onConfirm(read(event))}>
          <fieldset {...part('reasons', classNames)}>
            <legend>{text('reason')}</legend>
            {CANCELLATION_REASONS.map((reason) => (
              <label key={reason} {...part('reason', classNames)}>
                <input type="radio" name="reason" value={reason} />
                {text(reason)}
              </label>
            ))}
          </fieldset>
          <CommentField text={text} classNames={classNames} />
          <div {...part('actions', classNames)}>
            <ActionButtonView ref={focusFirst} {...buttonPart('quiet', styling)} onClick={onClose}>
              {text('keep')}
            </ActionButtonView>
            <ActionButtonView type="submit" {...buttonPart('danger', styling)}>
              {text('confirm')}
            </ActionButtonView>
          </div>
        </form>
      </Dialog>
    )
  },
)

/** The browser focuses what has the attribute when the dialog opens; React's `autoFocus` comes before, while it is still closed. */
function focusFirst(button: HTMLButtonElement | null): void {
  button?.setAttribute('autofocus', '')
}

function read(event: FormEvent<HTMLFormElement>): Cancellation {
  event.preventDefault()
  const answers = new FormData(event.currentTarget)
  const comment = answers.get('comment')
  return {
    reason: CANCELLATION_REASONS.find((reason) => reason === answers.get('reason')),
    comment: typeof comment === 'string' && comment.trim() !== '' ? comment.trim() : undefined,
  }
}
