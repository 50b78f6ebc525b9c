'use client'
import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import { useBilling } from '../../context.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { ChangeMoment } from '../../contract/update.js'
import { useSeats } from '../../hooks/useSeats.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { buttonPart } from '../ActionButton/buttonPart.js'
import type { DecidedByDialog } from '../PlanChangeDialog/ChangeDialog.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import { useLocalization } from '../useLocalization.js'
import { SeatsDialogView, type SeatsDialogViewProps } from './SeatsDialogView.js'

export interface SeatsDialogProps extends Omit<
  SeatsDialogViewProps,
  DecidedByDialog | 'seats' | 'value' | 'onValueChange' | 'showProblem'
> {
  /** Called with what the organization has after the change, or with the change that waits. Whoever shows the dialog then stops to. */
  onChanged?: ((subscription: CompleteSubscription) => void) | undefined
}

/**
 * Asks how many seats there should be, and changes their number: what that costs today is said before the click. Renders nothing where
 * nobody is signed in.
 */
export const SeatsDialog = forwardRef<HTMLDialogElement, SeatsDialogProps>(function SeatsDialog(
  { onChanged, ...props },
  ref,
) {
  const { organizationId } = useBilling()
  const subscription = useSubscription()
  const seats = useSeats()
  const update = useUpdateSubscription()
  // The words are one dialog's.
  const localization = useLocalization('PlanChangeDialog', props)
  const [now] = useState(() => new Date())
  const [typed, setTyped] = useState<string>()
  const [chosen, setWhen] = useState<ChangeMoment>()
  const [showProblem, setShowProblem] = useState(false)
  // Live changes may be ahead of the answer.
  const [asked, setAsked] = useState(subscription.data)
  const root = useRef<HTMLDialogElement>(null)
  useImperativeHandle(ref, () => root.current as HTMLDialogElement)
  if (organizationId === null) return null

  const shown = update.isPending ? asked : subscription.data
  // What is paused at the end of the period changes later.
  const isAtOnce = shown?.pauseAtPeriodEnd === true
  const isFewer = Number(typed === '' ? NaN : typed) < (shown?.seats ?? 0)
  const isPlanned = (shown?.pendingChange?.seats ?? null) !== null
  const when = isAtOnce ? 'now' : (chosen ?? (isFewer || isPlanned ? 'period_end' : 'now'))

  function confirm(count: number | null): void {
    if (update.isPending) return
    setShowProblem(count === null)
    if (count === null) {
      root.current?.querySelector<HTMLElement>('input[type=number]')?.focus()
      return
    }
    setAsked(shown)
    setTyped(String(count))
    update.mutate({ action: 'seats', seats: count, when }, { onSuccess: (changed) => onChanged?.(changed) })
  }

  return (
    <SeatsDialogView
      ref={root}
      subscription={shown}
      seats={seats.data}
      loadError={(!subscription.data && subscription.failureReason) || (!seats.data && seats.error)}
      value={typed}
      onValueChange={(value) => {
        setTyped(value)
        setShowProblem(false)
        // It was about the number before.
        if (update.error) update.reset()
      }}
      onWhenChange={isAtOnce ? undefined : setWhen}
      isBusy={update.isPending}
      error={update.error}
      onConfirm={confirm}
      portal={<PortalButton {...buttonPart('quiet', props)} />}
      {...{ showProblem, when, now }}
      {...props}
      {...localization}
    />
  )
})
