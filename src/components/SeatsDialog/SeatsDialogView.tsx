import { forwardRef } from 'react'
import type { Seats } from '../../contract/seats.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { ChangeDialog, type ChangeDialogViewProps } from '../PlanChangeDialog/ChangeDialog.js'
import { isOver } from '../PlanChangeDialog/changeEstimate.js'
import { periodPrice } from '../PlanChangeDialog/periodPrice.js'
import type { PlanChangeSlot } from '../PlanChangeDialog/planChangeParts.js'
import { planChangeDialogMessages } from '../PlanChangeDialog/planChangeDialogMessages.js'
import { part } from '../Root.js'
import { translator } from '../translator.js'
import { readSeats, seatRange } from './seatRange.js'
import { amountFor, seatsEstimate } from './seatsEstimate.js'
import { SeatsField } from './SeatsField.js'

export interface SeatsDialogViewProps extends ChangeDialogViewProps<PlanChangeSlot | 'seats'> {
  /** What the organization has; `undefined` while loading, or when it could not be read. */
  subscription?: CompleteSubscription | undefined
  /** How many of the seats are in use; `undefined` like the subscription. */
  seats?: Seats | undefined
  /** One of them could not be read. */
  loadError?: unknown
  /** What was typed. @default the number that waits, or the present one */
  value?: string | undefined
  /** Called with what is typed, which need not be a number. */
  onValueChange: (value: string) => void
  /** Whether a number that cannot be is called wrong. */
  showProblem?: boolean | undefined
  /** What "due today" is reckoned from. */
  now: Date
  /**
   * Called with the number of seats; with `null` where what was typed is none that there may be. The present number takes back the
   * one that waits; where none waits it is not confirmed.
   */
  onConfirm: (count: number | null) => void
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
    value = String(subscription?.pendingChange?.seats ?? subscription?.seats ?? ''),
    onValueChange,
    showProblem = false,
    now,
    onConfirm,
    ...props
  },
  ref,
) {
  const { classNames, locale, messages, isBusy = false, error } = props
  const text = translator(planChangeDialogMessages, messages, locale)
  const present = subscription?.seats ?? null
  const isReady = subscription !== undefined && seats !== undefined && present !== null
  const missing = loadError || (subscription && present === null) ? 'unavailable' : 'loading'
  const range = isReady ? seatRange(subscription, seats) : null
  const count = range && readSeats(value, range)
  const isSame = isReady && count === present && (subscription.pendingChange?.seats ?? null) === null
  const confirm = (): void => {
    if (!isSame) onConfirm(count)
  }

  return (
    <ChangeDialog
      ref={ref}
      title={text('seatsTitle')}
      missing={isReady ? null : missing}
      isSame={isSame}
      change={isReady && count !== null && !isSame ? changeTo(subscription, present, count) : null}
      // Such as more than the price allows, which only the provider knows.
      refused={text(error?.code === 'BAD_REQUEST' ? 'seatsRefused' : 'failed')}
      {...props}
      onConfirm={confirm}
    >
      {range ? (
        <SeatsField
          value={value}
          onChange={onValueChange}
          onConfirm={confirm}
          isInvalid={showProblem && count === null}
          {...{ range, isBusy, classNames, locale, messages }}
        />
      ) : (
        <p {...part('note', classNames)}>{text(missing)}</p>
      )}
    </ChangeDialog>
  )

  function changeTo(paid: CompleteSubscription, before: number, after: number) {
    const term = (seatCount: number, amount: number | null) => ({
      label: text('seatsCount', { count: seatCount }),
      name: periodPrice(amount, paid, props),
    })
    return {
      from: term(before, paid.amount),
      to: term(after, amountFor(paid, after)),
      periodEnd: isOver(paid, now) ? null : paid.currentPeriodEnd,
      estimate: seatsEstimate(paid, after, now),
      isMetered: paid.product?.prices.some(({ type }) => type === 'metered') ?? false,
    }
  }
})
