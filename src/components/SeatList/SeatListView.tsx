import { forwardRef, type ReactNode, useId } from 'react'
import type { Seats } from '../../contract/seats.js'
import type { PendingChange } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import type { SeatsProgress } from '../../hooks/useSeats.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps, type ButtonSlot } from '../ActionButton/buttonPart.js'
import { ReadNote } from '../ReadNote.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { AssignForm } from './AssignForm.js'
import { seatListMessages } from './seatListMessages.js'
import { SeatItem } from './SeatItem.js'

export type SeatListSlot =
  | 'head'
  | 'title'
  | 'change'
  | 'planned'
  | 'note'
  | 'retry'
  | 'list'
  | 'seat'
  | 'email'
  | 'status'
  | 'actions'
  | 'resend'
  | 'revoke'
  | 'confirmation'
  | 'confirm'
  | 'keep'
  | 'form'
  | 'label'
  | 'input'
  | 'assign'
  | 'full'
  | ButtonSlot

export interface SeatListViewProps
  extends RootProps<'div', SeatListSlot>, ButtonsProps, LocalizedProps<typeof seatListMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  seats?: Seats | undefined
  /** Nothing could be read. */
  error?: unknown
  /** Called by "Try again", after an error. */
  onRetry?: (() => void) | undefined
  /** Called by "Change seats". Without it there is no such button. */
  onChangeSeats?: (() => void) | undefined
  /** A change of the subscription that waits: another number of seats is said. */
  pendingChange?: PendingChange | null | undefined
  /** Called with what was typed, which need not be an address. Without it there is no form. */
  onAssign?: ((email: string, input: HTMLInputElement) => void) | undefined
  /** Called once the removal of a person is confirmed. Without it nobody can be removed. */
  onRevoke?: ((seatId: string) => void) | undefined
  /** Called by the button that sends an invitation again. Without it there is none. */
  onResend?: ((seatId: string) => void) | undefined
  /** The seat whose person is to be removed, if that is confirmed. */
  confirming?: string | null | undefined
  /** Called when somebody is to be removed, and with `null` when they may stay. */
  onConfirming?: ((seatId: string | null) => void) | undefined
  /** How each action is coming along, or why it failed. */
  progress?: SeatsProgress | undefined
  /** Where more seats are sold: shown when all are taken. */
  buyMore?: ReactNode
}

/**
 * Who has the seats of the subscription, and a form to give the free ones away. Renders a `<div>`; its state is on `data-state`
 * (`loading`, `error`, `available`, `full`).
 */
export const SeatListView = forwardRef<HTMLDivElement, SeatListViewProps>(function SeatListView(
  {
    seats,
    error,
    onRetry,
    onChangeSeats,
    pendingChange,
    onAssign,
    onRevoke,
    onResend,
    confirming,
    onConfirming,
    progress,
    buyMore,
    renderButton,
    locale,
    timeZone,
    messages,
    ...props
  },
  ref,
) {
  const text = translator(seatListMessages, messages, locale)
  const { classNames } = props
  const styling = { ...props, renderButton }
  const titleId = useId()
  const planned = pendingChange?.seats ?? null
  const state = seats ? (seats.available > 0 ? 'available' : 'full') : error ? 'error' : 'loading'
  return (
    <Root
      tag="div"
      baseClass="billing-seats"
      ref={ref}
      data-state={state}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <ReadNote {...{ state, onRetry, text, styling }} />
      {seats && (
        <div {...part('head', classNames)}>
          {/* It takes the focus of whoever is removed, and says the new count. */}
          <strong id={titleId} role="status" tabIndex={-1} {...part('title', classNames)}>
            {text('used', { used: Math.max(0, seats.total - seats.available), count: seats.total })}
          </strong>
          {onChangeSeats && (
            <ActionButtonView {...buttonPart('quiet', styling, 'change')} onClick={onChangeSeats}>
              {text('change')}
            </ActionButtonView>
          )}
        </div>
      )}
      {seats && (
        // There from the start, or a screen reader would not hear of it.
        <p role="status" {...part('planned', classNames)}>
          {pendingChange &&
            planned !== null &&
            text('changesOn', {
              count: planned,
              date: formatDate(pendingChange.appliesAt, locale, timeZone),
            })}
        </p>
      )}
      {seats && seats.seats.length === 0 && <span {...part('note', classNames)}>{text('nobody')}</span>}
      {seats && seats.seats.length > 0 && (
        <ul aria-labelledby={titleId} {...part('list', classNames)}>
          {seats.seats.map((seat) => (
            <SeatItem
              // A seat that was taken back may be given away again with its id.
              key={`${seat.id} ${seat.email}`}
              seat={seat}
              revoking={progress?.[`revoke ${seat.id}`]}
              resending={progress?.[`resend ${seat.id}`]}
              isConfirming={seat.id === confirming}
              onConfirming={onConfirming}
              onRevoke={onRevoke}
              onResend={onResend}
              text={text}
              locale={locale}
              timeZone={timeZone}
              styling={styling}
            />
          ))}
        </ul>
      )}
      {state === 'full' && (
        <div {...part('full', classNames)}>
          <span>{text('full')}</span> {buyMore}
        </div>
      )}
      {state === 'available' && onAssign && (
        <AssignForm progress={progress?.assign} {...{ onAssign, text, styling }} />
      )}
    </Root>
  )
})
