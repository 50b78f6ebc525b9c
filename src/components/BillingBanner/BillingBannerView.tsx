import { forwardRef, type ReactNode } from 'react'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatDate, formatMoment } from '../../format/date.js'
import { formatList } from '../../format/list.js'
import { formatRelativeDay } from '../../format/relativeDay.js'
import { resumeText } from '../resumeText.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, type Translate, translator } from '../translator.js'
import { billingBannerMessages } from './billingBannerMessages.js'
import type { BillingNotice, NoticeKind } from './pickNotice.js'

export type BillingBannerSlot = 'text' | 'title' | 'detail' | 'actions' | 'dismiss'

export interface BillingBannerViewProps
  extends RootProps<'div', BillingBannerSlot>, LocalizedProps<typeof billingBannerMessages> {
  /** What to say; without it nothing is rendered. */
  notice: BillingNotice | null | undefined
  /** From when "tomorrow" is counted. */
  now: Date
  /** What is paused, for what it costs to resume it. */
  subscription?: CompleteSubscription | undefined
  /** Buttons for what can be done about it. */
  actions?: ReactNode
  /** Called by the button that hides the notice; without it there is none. */
  onDismiss?: (() => void) | undefined
}

/**
 * One notice about the plan, with what can be done about it. Renders a `<div>`, or nothing; its kind is on `data-state`. Its text is an
 * alert where access is at stake.
 */
export const BillingBannerView = forwardRef<HTMLDivElement, BillingBannerViewProps>(
  function BillingBannerView(
    { notice, now, subscription, actions, onDismiss, locale, timeZone, messages, ...props },
    ref,
  ) {
    if (!notice) return null
    const { classNames } = props
    const text = translator(billingBannerMessages, messages, locale)
    const [title, detail] = textOf(notice, text, {
      date: (moment) => (notice.kind === 'stale' ? formatMoment : formatDate)(moment, locale, timeZone),
      when: (moment) => formatRelativeDay(moment, now, locale, timeZone),
      list: (names) => formatList(names, locale),
    })
    const resuming = notice.kind === 'paused' ? resumeText(subscription, { locale, messages }) : null
    return (
      <Root tag="div" baseClass="billing-banner" ref={ref} data-state={notice.kind} {...props}>
        <div role={isCritical(notice.kind) ? 'alert' : undefined} {...part('text', classNames)}>
          <strong {...part('title', classNames)}>{title}</strong>
          <span {...part('detail', classNames)}>{detail}</span>
          {resuming !== null && <span {...part('detail', classNames)}>{resuming}</span>}
        </div>
        <div {...part('actions', classNames)}>{actions}</div>
        {onDismiss && (
          <button
            type="button"
            aria-label={text('dismiss')}
            onClick={onDismiss}
            {...part('dismiss', classNames)}
          >
            <span aria-hidden>×</span>
          </button>
        )}
      </Root>
    )
  },
)

/** Whether access is lost, or will be unless somebody pays. */
export function isCritical(kind: NoticeKind): boolean {
  return kind === 'past_due' || kind === 'access_ended' || kind === 'incomplete'
}

interface Formats {
  date: (moment: string) => string
  when: (moment: string) => string
  list: (names: readonly string[]) => string
}

function textOf(
  notice: BillingNotice,
  text: Translate<typeof billingBannerMessages>,
  { date, when, list }: Formats,
): [title: string, detail: string] {
  const meters = list(notice.meters)
  if (notice.at === null) return [text(notice.kind, { meters }), text(`${notice.kind}Undated`)]
  const values = { when: when(notice.at), date: date(notice.at) }
  return [text(notice.kind, values), text(`${notice.kind}Detail`, values)]
}
