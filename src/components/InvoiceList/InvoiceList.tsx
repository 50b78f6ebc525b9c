'use client'
import { forwardRef } from 'react'
import { useBilling } from '../../context.js'
import { useInvoice } from '../../hooks/useInvoice.js'
import { useOrders } from '../../hooks/useOrders.js'
import { useProgress } from '../../hooks/useProgress.js'
import { useRetry } from '../../hooks/useRetry.js'
import { ordersQueryOptions } from '../../query/orders.js'
import { isMissing } from '../../contract/isMissing.js'
import { translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import { invoiceListMessages } from './invoiceListMessages.js'
import { InvoiceListView, type InvoiceListViewProps } from './InvoiceListView.js'

export type InvoiceListProps = Omit<
  InvoiceListViewProps,
  'orders' | 'error' | 'onRetry' | 'onInvoice' | 'progress' | 'more' | 'onMore' | 'locale' | 'timeZone'
>

/**
 * The organization's orders, each with its invoice in a tab. Renders nothing where nobody is signed in, or where the backend lists no
 * orders.
 */
export const InvoiceList = forwardRef<HTMLDivElement, InvoiceListProps>(function InvoiceList(props, ref) {
  const config = useBilling()
  const { organizationId, transport } = config
  const orders = useOrders()
  const { data, error, failureReason } = orders
  const retry = useRetry(ordersQueryOptions(config).queryKey)
  const localization = useLocalization('InvoiceList', props)
  const text = translator(invoiceListMessages, localization.messages, localization.locale)
  const { mutateAsync } = useInvoice({ waitingText: text('preparing'), sentText: text('sent') })
  const [progress, run] = useProgress<string>(organizationId)
  if (organizationId === null || isMissing(failureReason)) return null
  return (
    <InvoiceListView
      ref={ref}
      orders={data?.pages.flatMap(({ orders }) => orders)}
      error={failureReason ?? error}
      onRetry={retry}
      onInvoice={transport.getInvoice && ((orderId) => void run(orderId, () => mutateAsync({ orderId })))}
      progress={progress}
      more={moreOf(orders)}
      onMore={() => void orders.fetchNextPage()}
      {...props}
      {...localization}
    />
  )
})

type Orders = ReturnType<typeof useOrders>

function moreOf({
  data,
  failureReason,
  hasNextPage,
  isFetchingNextPage,
  isFetchNextPageError,
}: Orders): InvoiceListViewProps['more'] {
  // The first failure shows, while the query goes on trying.
  if (isFetchNextPageError || (isFetchingNextPage && failureReason !== null)) return 'error'
  if (isFetchingNextPage) return 'busy'
  if (hasNextPage) return 'idle'
  return data && data.pages.length > 1 ? 'all' : undefined
}
