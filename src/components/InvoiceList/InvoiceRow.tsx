import type { ReactElement } from 'react'
import type { Order } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import { formatMoney } from '../../format/money.js'
import type { Progress } from '../../hooks/useProgress.js'
import { ActionButtonView } from '../ActionButton/ActionButtonView.js'
import { buttonPart, type ButtonStyling } from '../ActionButton/buttonPart.js'
import { failureText } from '../failureText.js'
import { part } from '../Root.js'
import type { Translate } from '../translator.js'
import type { invoiceListMessages } from './invoiceListMessages.js'
import type { InvoiceListSlot } from './InvoiceListView.js'
import { CELL, ROW } from './tableRoles.js'

type Text = Translate<typeof invoiceListMessages>

interface InvoiceRowProps {
  order: Order
  progress: Progress | undefined
  onInvoice: ((orderId: string) => void) | undefined
  text: Text
  locale: string | undefined
  timeZone: string | undefined
  styling: ButtonStyling<InvoiceListSlot>
}

/** One order of an InvoiceListView. */
export function InvoiceRow({
  order,
  progress,
  onInvoice,
  text,
  locale,
  timeZone,
  styling,
}: InvoiceRowProps): ReactElement {
  const { id, status, amount, currency, invoiceNumber, createdAt, description, refundedAmount = 0 } = order
  const { classNames } = styling
  const date = formatDate(createdAt, locale, timeZone)
  const isPartlyRefunded = refundedAmount > 0 && refundedAmount < amount
  return (
    <tr {...ROW} data-state={status} {...part('row', classNames)}>
      <td {...CELL} {...part('date', classNames)}>
        <time dateTime={createdAt}>{date}</time>
      </td>
      <td {...CELL} {...part('description', classNames)}>
        <span>{description}</span>
        {invoiceNumber !== null && <small {...part('number', classNames)}>{invoiceNumber}</small>}
      </td>
      <td {...CELL} {...part('status', classNames)}>
        <span>{wordOf(status, text)}</span>
      </td>
      <td {...CELL} {...part('amount', classNames)}>
        {formatMoney(amount, currency, locale)}
        {isPartlyRefunded && (
          <small>{text('refunded', { amount: formatMoney(refundedAmount, currency, locale) })}</small>
        )}
      </td>
      <td {...CELL}>
        {onInvoice && hasInvoice(status) && (
          <ActionButtonView
            {...buttonPart('quiet', styling, 'invoice')}
            aria-label={
              invoiceNumber === null
                ? text('invoiceOfDate', { date })
                : text('invoiceOfNumber', { number: invoiceNumber })
            }
            state={progress === 'busy' ? 'busy' : 'idle'}
            errorText={errorText(progress, text)}
            onClick={() => onInvoice(id)}
          >
            {text('invoice')}
          </ActionButtonView>
        )}
      </td>
    </tr>
  )
}

/** A word that nobody knows is shown as it is: it says more than nothing. */
function wordOf(status: string, text: Text): string {
  switch (status) {
    case 'completed':
    case 'paid':
    case 'pending':
    case 'refunded':
    case 'partially_refunded':
    case 'void':
    case 'draft':
      return text(`status_${status}`)
    default:
      return status
  }
}

const hasInvoice = (status: string): boolean => status !== 'draft' && status !== 'void'

function errorText(progress: Progress | undefined, text: Text): string | null {
  if (typeof progress !== 'object') return null
  switch (progress.code) {
    // They closed the tab themselves.
    case 'ABORTED':
      return null
    case 'TIMEOUT':
      return text('notReady')
    default:
      return failureText(progress, text('failed'))
  }
}
