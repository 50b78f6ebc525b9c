'use client'
import { forwardRef, useImperativeHandle, useRef, useState } from 'react'
import { useBilling } from '../../context.js'
import { BillingError } from '../../contract/errors.js'
import { useIsomorphicLayoutEffect } from '../../hooks/useIsomorphicLayoutEffect.js'
import { useSeats } from '../../hooks/useSeats.js'
import { isMissing } from '../isMissing.js'
import { useLocalization } from '../useLocalization.js'
import { SeatListView, type SeatListViewProps } from './SeatListView.js'

export type SeatListProps = Omit<
  SeatListViewProps,
  'seats' | 'error' | 'onRetry' | 'onAssign' | 'onRevoke' | 'onResend' | 'progress' | 'locale' | 'timeZone'
>

/**
 * The organization's seats: who has them, and how to give and take them. Renders nothing where nobody is signed in, or where the
 * plan or the backend has no seats.
 */
export const SeatList = forwardRef<HTMLDivElement, SeatListProps>(function SeatList(props, ref) {
  const { organizationId } = useBilling()
  // Another organization begins with an empty form.
  return organizationId === null ? null : <OrganizationSeats key={organizationId} ref={ref} {...props} />
})

const INVALID = new BillingError('BAD_REQUEST', 'Not an e-mail address.')

const OrganizationSeats = forwardRef<HTMLDivElement, SeatListProps>(function OrganizationSeats(props, ref) {
  const { data, error, refetch, progress, assign, revoke, resend } = useSeats()
  const localization = useLocalization('SeatList', props)
  const [isInvalid, setIsInvalid] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  useImperativeHandle(ref, () => root.current as HTMLDivElement)

  // Who is removed takes the button along that had the focus, and the last free seat the form.
  const hasActed = useRef(false)
  useIsomorphicLayoutEffect(() => {
    if (!hasActed.current || document.activeElement !== document.body) return
    hasActed.current = false
    root.current?.querySelector<HTMLElement>('[data-billing-part="title"]')?.focus()
  })

  async function assignTyped(email: string, input: HTMLInputElement): Promise<void> {
    setIsInvalid(!input.validity.valid)
    input.focus()
    if (!input.validity.valid) return
    hasActed.current = true
    if (await assign(email)) input.form?.reset()
  }

  if (isMissing(error) || data?.total === 0) return null
  return (
    <SeatListView
      ref={root}
      seats={data}
      error={error}
      onRetry={refetch}
      onAssign={(email, input) => void assignTyped(email, input)}
      onRevoke={(seatId) => {
        hasActed.current = true
        void revoke(seatId)
      }}
      onResend={(seatId) => void resend(seatId)}
      progress={isInvalid ? { ...progress, assign: INVALID } : progress}
      {...props}
      {...localization}
    />
  )
})
