import { type ReactElement, useId } from 'react'
import type { Seat } from '../../contract/seats.js'
import { formatDate } from '../../format/date.js'
import type { Progress } from '../../hooks/useProgress.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { changeFailureText } from '../failureText.js'
import { part, type Styling } from '../Root.js'
import type { Translate } from '../translator.js'
import type { seatListMessages } from './seatListMessages.js'
import type { SeatListSlot } from './SeatListView.js'

type Text = Translate<typeof seatListMessages>

interface SeatItemProps extends Pick<Styling<SeatListSlot>, 'classNames' | 'unstyled'> {
  seat: Seat
  revoking: Progress | undefined
  resending: Progress | undefined
  isConfirming: boolean
  onConfirming: ((seatId: string | null) => void) | undefined
  onRevoke: ((seatId: string) => void) | undefined
  onResend: ((seatId: string) => void) | undefined
  text: Text
  locale: string | undefined
  timeZone: string | undefined
}

/** One person of a SeatListView. */
export function SeatItem({
  seat,
  revoking,
  resending,
  isConfirming,
  onConfirming,
  onRevoke,
  onResend,
  text,
  locale,
  timeZone,
  classNames,
  unstyled,
}: SeatItemProps): ReactElement {
  const id = useId()
  // "Remove ada@example.org": the same button stands beside everybody.
  const named = (action: string): { id: string; 'aria-labelledby': string } => ({
    id: id + action,
    'aria-labelledby': `${id}${action} ${id}email`,
  })
  return (
    <li data-state={seat.status} {...part('seat', classNames)}>
      <span id={`${id}email`} {...part('email', classNames)}>
        {seat.email ?? text('unknown')}
      </span>
      <span {...part('status', classNames)}>
        {statusOf(seat, text, (moment) => formatDate(moment, locale, timeZone))}
      </span>
      <span {...part('actions', classNames)}>
        {seat.status === 'pending' && onResend && (
          <ActionButtonView
            data-variant="quiet"
            {...named('resend')}
            {...part('resend', classNames)}
            unstyled={unstyled}
            state={stateOf(resending)}
            errorText={errorText(resending, text, text('resendFailed'))}
            onClick={() => onResend(seat.id)}
          >
            {text(resending === 'done' ? 'resent' : 'resend')}
          </ActionButtonView>
        )}
        {onRevoke && (
          <ActionButtonView
            data-variant="quiet"
            {...named('revoke')}
            {...part('revoke', classNames)}
            unstyled={unstyled}
            aria-expanded={isConfirming}
            onClick={() => onConfirming?.(isConfirming ? null : seat.id)}
          >
            {text('revoke')}
          </ActionButtonView>
        )}
      </span>
      {onRevoke && isConfirming && (
        <div {...part('confirmation', classNames)}>
          <p>{text('revokeDetail')}</p>
          <ActionButtonView
            data-variant="danger"
            {...named('confirm')}
            {...part('confirm', classNames)}
            unstyled={unstyled}
            state={stateOf(revoking)}
            errorText={errorText(revoking, text, text('revokeFailed'))}
            onClick={() => onRevoke(seat.id)}
          >
            {text('revokeNow')}
          </ActionButtonView>
          <ActionButtonView
            data-variant="quiet"
            {...named('keep')}
            {...part('keep', classNames)}
            unstyled={unstyled}
            onClick={({ currentTarget }) => {
              // This button goes: back to the one that asked.
              currentTarget.closest('li')?.querySelector<HTMLElement>('[aria-expanded]')?.focus()
              onConfirming?.(null)
            }}
          >
            {text('keep')}
          </ActionButtonView>
        </div>
      )}
    </li>
  )
}

function stateOf(progress: Progress | undefined): ActionButtonViewProps['state'] {
  return progress === 'busy' || progress === 'done' ? progress : 'idle'
}

function errorText(progress: Progress | undefined, text: Text, refused: string): string | null {
  return typeof progress === 'object' ? changeFailureText(progress, text, refused) : null
}

function statusOf(
  { status, claimedAt, invitationExpiresAt }: Seat,
  text: Text,
  date: (moment: string) => string,
): string {
  if (status === 'claimed') {
    return claimedAt === null ? text('claimed') : text('claimedSince', { date: date(claimedAt) })
  }
  return invitationExpiresAt === null
    ? text('invited')
    : text('invitedUntil', { date: date(invitationExpiresAt) })
}
