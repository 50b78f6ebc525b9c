import { forwardRef, type ReactNode } from 'react'
import type { BillingError } from '../../contract/errors.js'
import type { Seats } from '../../contract/seats.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { ChangeMoment } from '../../contract/update.js'
import { changeFailureText } from '../failureText.js'
import { ChangeCost } from '../PlanChangeDialog/ChangeCost.js'
import { ChangeDialog } from '../PlanChangeDialog/ChangeDialog.js'
import { isOver } from '../PlanChangeDialog/changeEstimate.js'
import { FromTo } from '../PlanChangeDialog/FromTo.js'
import { periodPrice } from '../PlanChangeDialog/periodPrice.js'
import { planChangeDialogMessages } from '../PlanChangeDialog/planChangeDialogMessages.js'
import type { PlanChangeSlot } from '../PlanChangeDialog/planChangeParts.js'
import { WhenChoice } from '../PlanChangeDialog/WhenChoice.js'
import { part, type RootProps } from '../Root.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { readSeats, type SeatRange, seatRange } from './seatRange.js'
import { amountFor, seatsEstimate } from './seatsEstimate.js'
import { SeatsField } from './SeatsField.js'

export interface SeatsDialogViewProps
  extends
    Omit<
      RootProps<'dialog', PlanChangeSlot>,
      'render' | 'open' | 'onClose' | 'onCancel' | 'onChange' | 'title'
    >,
    LocalizedProps<typeof planChangeDialogMessages> {
  /** What the organization has; `undefined` while loading, or when it could not be read. */
  subscription?: CompleteSubscription | undefined
  /** How many of the seats are in use; `undefined` like the subscription. */
  seats?: Seats | undefined
  /** One of them could not be read. */
  loadError?: unknown
  /** What was typed. @default the present number */
  value?: string | undefined
  onChange: (value: string) => void
  /** Whether what is wrong with the number is said. */
  showProblem?: boolean | undefined
  /** @default 'now' */
  when?: ChangeMoment | undefined
  /** Without it there is nothing to choose. */
  onWhenChange?: ((when: ChangeMoment) => void) | undefined
  /** What "due today" is reckoned from. */
  now: Date
  /** From the confirmation until the answer the dialog cannot be dismissed. */
  isBusy?: boolean | undefined
  error?: BillingError | null | undefined
  /** Called with the number of seats; with `null` where the one that was typed is none, or the present one. */
  onConfirm: (count: number | null) => void
  onDismiss: () => void
  /** Leads to where the payment method is: shown where the payment did not go through. */
  portal?: ReactNode
}

/**
 * Asks before the number of seats is changed: how many, when, and what that costs today. Renders a modal `<dialog>` like
 * `PlanChangeDialogView`, with its words and states.
 */
export const SeatsDialogView = forwardRef<HTMLDialogElement, SeatsDialogViewProps>(function SeatsDialogView(
  {
    subscription,
    seats,
    loadError,
    value = String(subscription?.seats ?? ''),
    onChange,
    showProblem = false,
    when = 'now',
    onWhenChange,
    now,
    isBusy = false,
    error,
    onConfirm,
    onDismiss,
    portal,
    locale,
    timeZone,
    messages,
    ...props
  },
  ref,
) {
  const { classNames } = props
  const words = { locale, timeZone, messages, classNames }
  const text = translator(planChangeDialogMessages, messages, locale)
  const present = subscription?.seats ?? null
  const isReady = subscription !== undefined && seats !== undefined && present !== null
  const missing = loadError || (subscription && present === null) ? 'unavailable' : 'loading'
  const range = isReady ? seatRange(subscription, seats) : null
  const count = range && readSeats(value, range)
  // A change that waits is taken back by the present number.
  const isSame = count === present && (subscription?.pendingChange?.seats ?? null) === null
  const confirm = (): void => onConfirm(isSame ? null : count)

  return (
    <ChangeDialog
      ref={ref}
      title={text('seatsTitle')}
      missing={isReady ? null : missing}
      errorText={error ? failure(error, text) : null}
      confirmText={text(when === 'now' ? 'seatsConfirmNow' : 'seatsConfirmLater')}
      dismissText={text('dismiss')}
      onConfirm={confirm}
      {...{ isBusy, error, onDismiss, portal }}
      {...props}
    >
      {range && (
        <SeatsField
          {...{ value, onChange, range, isBusy }}
          onConfirm={confirm}
          problem={showProblem ? problemOf(count, isSame, range, text) : null}
          {...words}
        />
      )}
      {isReady && count !== null && !isSame && (
        <>
          <FromTo
            from={{
              label: text('seatsFrom'),
              name: text('seatsCount', { count: present }),
              price: periodPrice(subscription.amount, subscription, words),
            }}
            to={{
              label: text('seatsTo'),
              name: text('seatsCount', { count }),
              price: priceFor(subscription, count),
            }}
            classNames={classNames}
          />
          {onWhenChange && (
            <WhenChoice
              value={when}
              onChange={onWhenChange}
              periodEnd={isOver(subscription, now) ? null : subscription.currentPeriodEnd}
              isDisabled={isBusy}
              {...words}
            />
          )}
          <ChangeCost
            when={when}
            estimate={seatsEstimate(subscription, count, now)}
            isMetered={subscription.product?.prices.some(({ type }) => type === 'metered') ?? false}
            {...words}
          />
        </>
      )}
      {!isReady && (
        <p {...part('note', classNames)}>{text(missing === 'loading' ? missing : 'seatsUnavailable')}</p>
      )}
    </ChangeDialog>
  )

  function priceFor(paid: CompleteSubscription, wanted: number): string {
    const amount = amountFor(paid, wanted)
    return amount === null ? text('seatsUnpriced') : periodPrice(amount, paid, words)
  }
})

type Text = Translate<typeof planChangeDialogMessages>

function problemOf(
  count: number | null,
  isSame: boolean,
  { min, max }: SeatRange,
  text: Text,
): string | null {
  if (count === null) return text('seatsInvalid', { min, max })
  return isSame ? text('seatsSame') : null
}

function failure(error: BillingError, text: Text): string {
  // Such as more than the price allows, which only the provider knows.
  if (error.code === 'BAD_REQUEST') return text('seatsRefused')
  return changeFailureText(error, text, text('seatsFailed'))
}
