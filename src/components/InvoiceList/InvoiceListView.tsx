import { forwardRef } from 'react'
import type { Order } from '../../contract/subscription.js'
import type { ProgressOf } from '../../hooks/useProgress.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonsProps, type ButtonSlot } from '../ActionButton/buttonPart.js'
import { ReadNote } from '../ReadNote.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { invoiceListMessages } from './invoiceListMessages.js'
import { InvoiceRow } from './InvoiceRow.js'
import { COLUMN_HEADER, ROW, ROW_GROUP, TABLE } from './tableRoles.js'

export type InvoiceListSlot =
  | 'table'
  | 'title'
  | 'row'
  | 'date'
  | 'description'
  | 'number'
  | 'status'
  | 'amount'
  | 'invoice'
  | 'note'
  | 'retry'
  | 'more'
  | ButtonSlot

export interface InvoiceListViewProps
  extends RootProps<'div', InvoiceListSlot>, ButtonsProps, LocalizedProps<typeof invoiceListMessages> {
  /** The latest first; `undefined` while loading, or when nothing could be read. */
  orders?: readonly Order[] | undefined
  /** Nothing could be read. */
  error?: unknown
  /** Called by "Try again", after an error. */
  onRetry?: (() => void) | undefined
  /** Called by an order's button. Without it there are no such buttons. */
  onInvoice?: ((orderId: string) => void) | undefined
  /** How each order's invoice is coming along, or why it failed, by the order's id. */
  progress?: ProgressOf<string> | undefined
  /** Whether there are more to load: `all` ends a list that had more. @default there never were */
  more?: 'idle' | 'busy' | 'error' | 'all' | undefined
  /** Called by the button that loads older orders. */
  onMore?: (() => void) | undefined
}

/**
 * What was ordered, with the invoices: a table, whose rows are cards where it is narrow. Renders a `<div>`; its state is on `data-state`
 * (`loading`, `error`, `empty`, `ready`).
 */
export const InvoiceListView = forwardRef<HTMLDivElement, InvoiceListViewProps>(function InvoiceListView(
  {
    orders,
    error,
    onRetry,
    onInvoice,
    progress,
    more,
    onMore,
    renderButton,
    locale,
    timeZone,
    messages,
    ...props
  },
  ref,
) {
  const text = translator(invoiceListMessages, messages, locale)
  const { classNames } = props
  const styling = { ...props, renderButton }
  const state = orders ? (orders.length === 0 ? 'empty' : 'ready') : error ? 'error' : 'loading'
  const columns = ['date', 'description', 'status', 'amount', 'invoice'] as const
  return (
    <Root
      tag="div"
      baseClass="billing-invoices"
      ref={ref}
      data-state={state}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      <ReadNote {...{ state, onRetry, text, styling }} />
      {state === 'empty' && (
        <span {...part('note', classNames)}>
          <strong>{text('empty')}</strong> {text('emptyDetail')}
        </span>
      )}
      {orders && orders.length > 0 && (
        <table {...TABLE} {...part('table', classNames)}>
          <caption {...part('title', classNames)}>{text('title')}</caption>
          <thead {...ROW_GROUP}>
            <tr {...ROW}>
              {columns.map((column) => (
                <th key={column} {...COLUMN_HEADER} data-column={column}>
                  {text(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...ROW_GROUP}>
            {orders.map((order) => (
              <InvoiceRow
                key={order.id}
                order={order}
                progress={progress?.[order.id]}
                onInvoice={onInvoice}
                text={text}
                locale={locale}
                timeZone={timeZone}
                styling={styling}
              />
            ))}
          </tbody>
        </table>
      )}
      {more !== undefined && (
        <ActionButtonView
          {...buttonPart('quiet', styling, 'more')}
          // It stays where it is, or the focus would be lost with it.
          state={more === 'all' ? 'done' : more === 'busy' ? 'busy' : 'idle'}
          errorText={more === 'error' ? text('moreFailed') : null}
          onClick={onMore}
        >
          {text(more === 'all' ? 'all' : 'more')}
        </ActionButtonView>
      )}
    </Root>
  )
})
