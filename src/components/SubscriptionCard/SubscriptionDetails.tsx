import type { ReactNode } from 'react'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { part } from '../Root.js'
import { describeDetails, type Localized } from './describeDetails.js'

interface SubscriptionDetailsProps {
  subscription: CompleteSubscription
  endedAt: string | null
  localized: Localized
  classNames: { readonly [Slot in 'details' | 'detail' | 'label' | 'value']?: string | undefined } | undefined
}

/** A list of labels and values; nothing where there are none. */
export function SubscriptionDetails({
  subscription,
  endedAt,
  localized,
  classNames,
}: SubscriptionDetailsProps): ReactNode {
  const details = describeDetails(subscription, endedAt, localized)
  if (details.length === 0) return null
  return (
    <dl {...part('details', classNames)}>
      {details.map(([label, value]) => (
        <div key={label} {...part('detail', classNames)}>
          <dt {...part('label', classNames)}>{localized.text(label)}</dt>
          <dd {...part('value', classNames)}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** As high as a card with a price and two details: the page does not jump when they come. */
export function Skeleton({
  classNames,
}: {
  classNames: { readonly skeleton?: string | undefined } | undefined
}): ReactNode {
  return (
    <div {...part('skeleton', classNames)} aria-hidden>
      <i />
      <i />
      <i />
    </div>
  )
}
