import { forwardRef, type ReactNode, useId } from 'react'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatMoment } from '../../format/date.js'
import { resumeText } from '../resumeText.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { describeChange, type Localized } from './describeDetails.js'
import { describePrice } from './describePrice.js'
import { Skeleton, SubscriptionDetails } from './SubscriptionDetails.js'
import { subscriptionCardMessages } from './subscriptionCardMessages.js'

export type SubscriptionCardSlot =
  | 'plan-name'
  | 'price'
  | 'status'
  | 'change'
  | 'details'
  | 'detail'
  | 'label'
  | 'value'
  | 'note'
  | 'skeleton'
  | 'actions'

export interface SubscriptionCardViewProps
  extends RootProps<'section', SubscriptionCardSlot>, LocalizedProps<typeof subscriptionCardMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  subscription?: CompleteSubscription | undefined
  /** Nothing could be read: the card then says so, and names no plan. */
  error?: unknown
  /** A purchase is being confirmed: until it is, no other plan is shown. */
  confirming?: boolean | undefined
  /** The name of the plan that it will change to. @default its id */
  nextPlanName?: string | undefined
  /** When a subscription that has ended did so. ISO 8601; `null`: nobody said. */
  endedAt?: string | null | undefined
  /** Buttons, at the bottom. */
  actions?: ReactNode
}

/**
 * The subscription: plan, price, state, and what happens next. Renders a `<section>`; its state is on `data-state` (`loading`, `error`,
 * `confirming` or the subscription's status), `data-ending` and `data-stale`.
 */
export const SubscriptionCardView = forwardRef<HTMLElement, SubscriptionCardViewProps>(
  function SubscriptionCardView(
    {
      subscription: known,
      error,
      confirming,
      nextPlanName,
      endedAt = null,
      actions,
      locale,
      timeZone,
      messages,
      ...props
    },
    ref,
  ) {
    const titleId = useId()
    const { classNames } = props
    const text = translator(subscriptionCardMessages, messages, locale)
    const subscription = confirming ? undefined : known
    const state = subscription?.status ?? (confirming ? 'confirming' : error ? 'error' : 'loading')
    const isWaiting = state === 'loading' || state === 'confirming'
    const localized = { text, locale, timeZone }
    const price = subscription && describePrice(subscription, text, locale)
    const notes = subscription ? notesOf(subscription, nextPlanName, localized) : {}
    const resuming = subscription?.status === 'paused' ? resumeText(subscription, { locale, messages }) : null
    return (
      <Root
        tag="section"
        baseClass="billing-subscription"
        ref={ref}
        aria-labelledby={titleId}
        aria-busy={isWaiting || undefined}
        data-state={state}
        data-ending={subscription?.cancelAtPeriodEnd || undefined}
        data-stale={subscription?.stale || undefined}
        {...props}
      >
        <strong id={titleId} {...part('plan-name', classNames)}>
          {titleOf(state, subscription, text)}
        </strong>
        {subscription && <span {...part('status', classNames)}>{text(subscription.status)}</span>}
        {price && <span {...part('price', classNames)}>{price}</span>}
        {state === 'error' && <p {...part('note', classNames)}>{text('unavailableDetail')}</p>}
        {notes.change && <p {...part('change', classNames)}>{notes.change}</p>}
        {subscription && <SubscriptionDetails {...{ subscription, endedAt, localized, classNames }} />}
        {isWaiting && <Skeleton classNames={classNames} />}
        {resuming !== null && <p {...part('note', classNames)}>{resuming}</p>}
        {notes.age && <p {...part('note', classNames)}>{notes.age}</p>}
        <div {...part('actions', classNames)}>{actions}</div>
      </Root>
    )
  },
)

type State = CompleteSubscription['status'] | 'loading' | 'confirming' | 'error'

function titleOf(
  state: State,
  subscription: CompleteSubscription | undefined,
  text: Translate<typeof subscriptionCardMessages>,
): string {
  if (subscription) return subscription.planName ?? subscription.planType ?? text('unnamed')
  return text(state === 'error' ? 'unavailable' : state === 'confirming' ? 'confirming' : 'loading')
}

function notesOf(
  subscription: CompleteSubscription,
  nextPlanName: string | undefined,
  localized: Localized,
): { change?: string | null; age?: string | false } {
  const { text, locale, timeZone } = localized
  const { stale, asOf } = subscription
  return {
    change: describeChange(subscription, nextPlanName, localized),
    age:
      stale &&
      (asOf === null ? text('stale') : text('staleAsOf', { date: formatMoment(asOf, locale, timeZone) })),
  }
}
