import { forwardRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react'
import type { BillingError } from '../../contract/errors.js'
import type { ChangeMoment } from '../../contract/update.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps } from '../ActionButton/buttonPart.js'
import { Dialog } from '../Dialog/Dialog.js'
import { changeFailureText } from '../failureText.js'
import { part, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { ChangeCost } from './ChangeCost.js'
import type { ChangeEstimate } from './changeEstimate.js'
import { FromTo, type Term } from './FromTo.js'
import type { PlanChangeSlot } from './planChangeParts.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'
import { WhenChoice } from './WhenChoice.js'

/** What both dialogs take that change what is paid for. */
export interface ChangeDialogViewProps<Slot extends string = PlanChangeSlot>
  extends
    Omit<RootProps<'dialog', Slot>, 'render' | 'open' | 'onClose' | 'onCancel' | 'onChange' | 'title'>,
    ButtonsProps,
    LocalizedProps<typeof planChangeDialogMessages> {
  /** When it changes. @default 'now' */
  when?: ChangeMoment | undefined
  /** Without it there is nothing to choose. */
  onWhenChange?: ((when: ChangeMoment) => void) | undefined
  /** From the confirmation until the answer the dialog cannot be dismissed. */
  isBusy?: boolean | undefined
  /** Why the change did not work. */
  error?: BillingError | null | undefined
  /** Called when somebody keeps what there is, presses Escape or clicks beside the dialog. */
  onDismiss: () => void
  /** Leads to where the payment method is: shown where the payment did not go through. */
  portal?: ReactNode
}

/** What a connected dialog decides by itself, of all that its View takes. */
export type DecidedByDialog =
  | 'subscription'
  | 'loadError'
  | 'when'
  | 'onWhenChange'
  | 'now'
  | 'isBusy'
  | 'error'
  | 'onConfirm'
  | 'portal'
  | 'locale'
  | 'timeZone'

interface ChangeDialogProps extends ChangeDialogViewProps {
  title: string
  /** Why there is nothing to confirm. */
  missing: 'loading' | 'unavailable' | null
  /** What was chosen is what there is. */
  isSame?: boolean | undefined
  /** The change, once it is known. */
  change: {
    from: Term
    to: Term
    /** ISO 8601; `null` if it is not known. */
    periodEnd: string | null
    estimate: ChangeEstimate
    /** Whether what is charged by use comes on top. */
    isMetered: boolean
  } | null
  /** What to say of a refusal that has no words of its own. */
  refused: string
  onConfirm: () => void
  children: ReactNode
}

/** What the dialogs have in common that change what is paid for: the change, when, what it costs, what went wrong, and the buttons. */
export const ChangeDialog = forwardRef<HTMLDialogElement, ChangeDialogProps>(function ChangeDialog(
  {
    when = 'now',
    onWhenChange,
    isBusy = false,
    error,
    onDismiss,
    portal,
    missing,
    isSame = false,
    change,
    refused,
    onConfirm,
    renderButton,
    locale,
    timeZone,
    messages,
    children,
    ...props
  },
  ref,
) {
  const { classNames } = props
  const styling = { ...props, renderButton }
  const words = { locale, timeZone, messages, classNames }
  const text = translator(planChangeDialogMessages, messages, locale)
  return (
    <Dialog
      ref={ref}
      onDismiss={isBusy ? () => undefined : onDismiss}
      data-state={missing ?? (isBusy ? 'busy' : error ? 'error' : 'idle')}
      aria-busy={isBusy || undefined}
      {...(isBusy && STAY_OPEN)}
      {...props}
    >
      {children}
      {change && (
        <>
          <FromTo from={change.from} to={change.to} classNames={classNames} />
          {onWhenChange && (
            <WhenChoice
              value={when}
              onChange={onWhenChange}
              periodEnd={change.periodEnd}
              isDisabled={isBusy}
              {...words}
            />
          )}
          <ChangeCost when={when} estimate={change.estimate} isMetered={change.isMetered} {...words} />
        </>
      )}
      <div {...part('actions', classNames)}>
        {error && (
          <p role="alert" {...part('error', classNames)}>
            {changeFailureText(error, text, refused)}
          </p>
        )}
        {error?.code === 'PAYMENT_REQUIRED' && portal}
        <ActionButtonView
          {...buttonPart('quiet', styling)}
          state={isBusy ? 'loading' : 'idle'}
          onClick={onDismiss}
        >
          {text('dismiss')}
        </ActionButtonView>
        {missing === null && (
          <ActionButtonView
            {...buttonPart('primary', styling)}
            state={isBusy ? 'busy' : isSame ? 'done' : 'idle'}
            onClick={onConfirm}
          >
            {text(when === 'now' ? 'confirmNow' : 'confirmLater')}
          </ActionButtonView>
        )}
      </div>
    </Dialog>
  )
})

/** A browser closes a dialog at Escape, at the second one whatever the first was answered. */
const STAY_OPEN = {
  onKeyDown: (event: KeyboardEvent) => {
    if (event.key === 'Escape') event.preventDefault()
  },
  onClose: ({ currentTarget: dialog }: SyntheticEvent<HTMLDialogElement>) => {
    if (!dialog.open) dialog.showModal()
  },
}
