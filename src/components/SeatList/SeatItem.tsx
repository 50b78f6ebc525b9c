import { type ReactElement, useId } from 'react'
import type { Seat } from '../../contract/seats.js'
import { formatDate } from '../../format/date.js'
import type { Progress } from '../../hooks/useProgress.js'
import { ActionButtonView, type ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from '../ActionButton/buttonPart.js'
import { changeFailureText } from '../failureText.js'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { seatListMessages } from './seatListMessages.js'
import type { SeatListSlot } from './SeatListView.js'

type Text = Translate<typeof seatListMessages>

interface SeatItemProps {
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
  styling: ButtonStyling<SeatListSlot>
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
  styling,
}: SeatItemProps): ReactElement {
  const id = useId()
  const { classNames } = styling
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
            {...buttonPart('quiet', styling, 'resend')}
            {...named('resend')}
            state={stateOf(resending)}
            errorText={errorText(resending, text, text('resendFailed'))}
            onClick={() => onResend(seat.id)}
          >
            {text(resending === 'done' ? 'resent' : 'resend')}
          </ActionButtonView>
        )}
        {onRevoke && (
          <ActionButtonView
            {...buttonPart('quiet', styling, 'revoke')}
            {...named('revoke')}
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
            {...buttonPart('danger', styling, 'confirm')}
            {...named('confirm')}
            state={stateOf(revoking)}
            errorText={errorText(revoking, text, text('revokeFailed'))}
            onClick={() => onRevoke(seat.id)}
          >
            {text('revokeNow')}
          </ActionButtonView>
          <ActionButtonView
            {...buttonPart('quiet', styling, 'keep')}
            {...named('keep')}
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
