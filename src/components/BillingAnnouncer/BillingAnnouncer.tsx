'use client'
import { type ReactElement, type Ref, useState } from 'react'
import { useBilling } from '../../context.js'
import { formatList } from '../../format/list.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { useUsage } from '../../hooks/useUsage.js'
import { pendingCheckout } from '../../query/pendingCheckout.js'
import { HIDDEN } from '../hidden.js'
import { useIsSaidByItself } from '../saidByItself.js'
import { type LocalizedProps, translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import { billingAnnouncerMessages } from './billingAnnouncerMessages.js'
import { type News, nextNews } from './news.js'

export type BillingAnnouncerProps = Pick<LocalizedProps<typeof billingAnnouncerMessages>, 'messages'>

/**
 * Tells screen readers, once, when a plan is activated or a limit reached while the page is open; nobody sees it. What `PricingTable`
 * and `PlanChangeDialog` change they say themselves. Belongs on a page once; a `BillingBanner` brings it.
 */
export function BillingAnnouncer(props: BillingAnnouncerProps): ReactElement | null {
  const { organizationId } = useBilling()
  // Of another organization everything is seen for the first time.
  return organizationId === null ? null : <Announcer key={organizationId} {...props} />
}

interface AnnouncerProps extends BillingAnnouncerProps {
  region?: Ref<HTMLDivElement>
}

/** The announcer of one organization. Its region can take the focus. */
export function Announcer({ region, ...props }: AnnouncerProps): ReactElement {
  const { organizationId } = useBilling()
  const { data: status } = useBillingStatus()
  const { data: usage } = useUsage()
  const localization = useLocalization('BillingAnnouncer', props)
  const { locale, messages } = localization
  const [news, setNews] = useState<News>({})
  const isSaid = useIsSaidByItself(status?.planType)
  // Who waits for a checkout says how it went.
  const isUntold = pendingCheckout(organizationId) === null && !isSaid
  const next = nextNews(news, status, usage, isUntold)
  if (next !== news) setNews(next)

  const text = translator(billingAnnouncerMessages, messages, locale)
  const { activated, reached = [] } = next
  const plan = activated?.planName
  return (
    <div ref={region} role="status" tabIndex={-1} style={HIDDEN}>
      {activated && <p>{plan ? text('activePlan', { plan }) : text('active')}</p>}
      {reached.length > 0 && <p>{text('limitReached', { meters: formatList(reached, locale) })}</p>}
    </div>
  )
}
