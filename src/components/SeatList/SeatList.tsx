'use client'
import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import { useBilling } from '../../context.js'
import { BillingError } from '../../contract/errors.js'
import type { Seat } from '../../contract/seats.js'
import { useIsomorphicLayoutEffect } from '../../hooks/useIsomorphicLayoutEffect.js'
import { useSeats } from '../../hooks/useSeats.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { isMissing } from '../../contract/isMissing.js'
import { type ButtonStyling, innerStyling } from '../ActionButton/buttonPart.js'
import { SeatsDialog, type SeatsDialogProps } from '../SeatsDialog/SeatsDialog.js'
import { useLocalization } from '../useLocalization.js'
import { type SeatListSlot, SeatListView, type SeatListViewProps } from './SeatListView.js'

type Decided =
  | 'seats'
  | 'error'
  | 'onRetry'
  | 'onChangeSeats'
  | 'pendingChange'
  | 'onAssign'
  | 'onRevoke'
  | 'onResend'
  | 'confirming'
  | 'onConfirming'
  | 'progress'
  | 'locale'
  | 'classNames'
  | 'unstyled'
  | 'timeZone'

interface DialogClasses {
  readonly SeatsDialog?: SeatsDialogProps['classNames']
}

export interface SeatListProps
  extends Omit<SeatListViewProps, Decided>, ButtonStyling<SeatListSlot, DialogClasses> {}

/**
 * The organization's seats: who has them, and how to give and take them. Renders nothing where nobody is signed in, or where the
 * plan or the backend has no seats; without `updateSeats` it is a list alone, and without `updateSubscription` their number stays.
 */
export const SeatList = forwardRef<HTMLDivElement, SeatListProps>(function SeatList(props, ref) {
  const { organizationId } = useBilling()
  // Another organization begins with an empty form.
  return organizationId === null ? null : <OrganizationSeats key={organizationId} ref={ref} {...props} />
})

const INVALID = new BillingError('BAD_REQUEST', 'Not an e-mail address.')

const OrganizationSeats = forwardRef<HTMLDivElement, SeatListProps>(function OrganizationSeats(props, ref) {
  const { transport } = useBilling()
  const { data, error, refetch, progress, assign, revoke, resend } = useSeats()
  const canChange = transport.updateSubscription !== undefined
  // The plan is known longer than its seats, which nobody remembers.
  const plan = useSubscription({ enabled: canChange || (!data && error !== null) })
  const localization = useLocalization('SeatList', props)
  const [isInvalid, setIsInvalid] = useState(false)
  const [asked, setAsked] = useState<Seat | null>(null)
  const [isChanging, setIsChanging] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => root.current as HTMLDivElement)

  // Who is removed takes along the button that had the focus, and the last free seat the form.
  const actedOn = useRef<Element | null>(null)
  useIsomorphicLayoutEffect(() => {
    if (actedOn.current === null || actedOn.current.isConnected) return
    actedOn.current = null
    if (document.activeElement !== document.body) return
    root.current?.querySelector<HTMLElement>('[data-billing-part="title"]')?.focus()
  })

  async function assignTyped(email: string, input: HTMLInputElement): Promise<void> {
    setIsInvalid(!input.validity.valid)
    input.focus()
    if (!input.validity.valid) return
    actedOn.current = input
    // Somebody may be typing the next one already.
    if ((await assign(email)) && input.value.trim() === email) input.value = ''
  }

  async function revokeAsked(seatId: string): Promise<void> {
    actedOn.current = document.activeElement
    // Whoever gets it next is not asked about.
    if (await revoke(seatId)) setAsked((now) => (now?.id === seatId ? null : now))
  }

  // Somebody else may have got the seat meanwhile.
  const confirming = data?.seats.find(({ id, email }) => id === asked?.id && email === asked.email)
  if (isMissing(error) || data?.total === 0 || (!data && plan.data?.seats === null)) return null
  return (
    <>
      <SeatListView
        ref={root}
        seats={data}
        error={plan.isLoading && !plan.failureReason ? null : error}
        onRetry={refetch}
        onChangeSeats={
          canChange && typeof plan.data?.seats === 'number' ? () => setIsChanging(true) : undefined
        }
        pendingChange={plan.data?.pendingChange}
        {...(transport.updateSeats && {
          onAssign: (email, input) => void assignTyped(email, input),
          onRevoke: (seatId) => void revokeAsked(seatId),
          onResend: (seatId) => void resend(seatId),
        })}
        confirming={confirming?.id}
        onConfirming={(seatId) => setAsked(data?.seats.find(({ id }) => id === seatId) ?? null)}
        progress={isInvalid ? { ...progress, assign: INVALID } : progress}
        {...props}
        {...localization}
      />
      {isChanging && (
        <SeatsDialog
          {...innerStyling(props.classNames?.SeatsDialog, props)}
          onDismiss={() => setIsChanging(false)}
          onChanged={() => setIsChanging(false)}
        />
      )}
    </>
  )
})
