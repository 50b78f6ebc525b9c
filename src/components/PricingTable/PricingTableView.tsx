import { forwardRef, type ReactNode } from 'react'
import type { Catalog } from '../../contract/catalog.js'
import type { Plan } from '../../contract/plans.js'
import type { PlanId } from '../../contract/register.js'
import type { ButtonsProps } from '../ActionButton/buttonPart.js'
import { resumeText } from '../resumeText.js'
import { part, Root, type RootProps } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { IntervalSwitch } from './IntervalSwitch.js'
import { noticeText } from './noticeText.js'
import { PlanCard, type PlanChoice } from './PlanCard.js'
import type { Interval } from './planCost.js'
import { type PlanFailure, planFailureText } from './planFailureText.js'
import { paidCurrency, type PlanVerb, type Standing } from './planVerb.js'
import type { PricingSlot } from './pricingParts.js'
import { pricingTableMessages } from './pricingTableMessages.js'
import { hasBothIntervals, yearlySaving } from './yearlySaving.js'

export interface PricingTableViewProps
  extends
    Omit<RootProps<'div', PricingSlot>, 'onSelect'>,
    ButtonsProps,
    LocalizedProps<typeof pricingTableMessages> {
  /** `undefined` while loading, or when nothing could be read. */
  plans?: readonly Plan[] | undefined
  /** The price list could not be read. */
  error?: unknown
  /** The names of meters and features, the currency to prefer where nothing is bought, and which plan applies without a subscription. */
  catalog?: Pick<Catalog, 'currency' | 'defaultPlan' | 'meters' | 'features'> | undefined
  /** Where the organization stands. `null`: signed out; `undefined` while loading, or when it could not be read. */
  standing?: Standing | null | undefined
  /** It could not be read where the organization stands. The buttons then open a checkout, and the server decides. */
  standingError?: unknown
  /** Which prices are shown, of a plan that has both. @default 'month' */
  interval?: Interval | undefined
  /** Called by the switch between monthly and yearly. */
  onIntervalChange?: ((interval: Interval) => void) | undefined
  /** Called by a plan's button. Without it there are none, but links to ask. */
  onSelect?: ((choice: PlanChoice) => void) | undefined
  /** Whether a button can do what it says; others are left out. @default all can */
  offers?: ((verb: PlanVerb) => boolean) | undefined
  /** The plan whose button was clicked. Meanwhile no button takes a click. */
  busy?: PlanId | null | undefined
  /** A purchase is being confirmed: nothing should be bought twice. */
  isConfirming?: boolean | undefined
  /** Why the last click did not work, and on which plan. */
  failure?: PlanFailure | null | undefined
  /** What has been done: read out politely. */
  announcement?: string | undefined
  /** Leads to where a failed payment is put right: shown where one failed. */
  portal?: ReactNode
}

/**
 * The price list: a card for each plan, with what it costs, what it allows, and the button that suits what the organization has.
 * Renders a `<div>`; its state is on `data-state` (`loading`, `error`, `empty`, `ready`) and `data-stale`, a plan's on its own: what its
 * button does.
 */
export const PricingTableView = forwardRef<HTMLDivElement, PricingTableViewProps>(function PricingTableView(
  {
    plans,
    error,
    catalog,
    standing,
    standingError,
    interval = 'month',
    onIntervalChange,
    onSelect,
    offers,
    busy = null,
    isConfirming = false,
    failure,
    announcement,
    portal,
    renderButton,
    locale,
    timeZone,
    messages,
    ...props
  },
  ref,
) {
  const words = { locale, timeZone, messages }
  const { classNames, unstyled } = props
  const text = translator(pricingTableMessages, messages, locale)
  const notice = noticeText({ standing, standingError, isConfirming, ...words })
  const resuming = standing?.status.status === 'paused' ? resumeText(standing.subscription, words) : null
  const defaultPlan = catalog ? catalog.defaultPlan : likelyDefault(plans)
  const state = plans ? (plans.length > 0 ? 'ready' : 'empty') : error ? 'error' : 'loading'
  const currency = paidCurrency(standing) ?? catalog?.currency
  const isReading = standing === undefined && !standingError

  function buttonStateOf({ planType }: Plan) {
    if (isConfirming || busy === planType) return 'busy'
    return isReading || busy !== null ? 'loading' : 'idle'
  }

  function isOffered(verb: PlanVerb): boolean {
    if (verb === 'contact' || verb === 'current' || verb === 'pending') return true
    return onSelect !== undefined && (offers?.(verb) ?? true)
  }

  return (
    <Root
      tag="div"
      baseClass="billing-pricing"
      ref={ref}
      data-state={state}
      data-stale={standing?.status.stale || undefined}
      aria-busy={state === 'loading' || undefined}
      {...props}
    >
      {plans && hasBothIntervals(plans) && (
        <IntervalSwitch
          value={interval}
          onChange={onIntervalChange}
          saving={yearlySaving(plans, currency)}
          {...{ classNames, locale, messages }}
        />
      )}
      {state === 'ready' && notice !== null && (
        <div {...part('notice', classNames)}>
          <p>{notice}</p>
          {resuming !== null && <p>{resuming}</p>}
          {standing?.status.status === 'past_due' && portal}
        </div>
      )}
      {/* There from the start, or a screen reader would not hear of it. */}
      <p role="status" {...part('announcement', classNames)}>
        {announcement}
      </p>
      {(state === 'error' || state === 'empty') && (
        <p {...part('notice', classNames)}>{text(state === 'error' ? 'unavailable' : 'empty')}</p>
      )}
      {state === 'loading' && <p {...part('loading', classNames)}>{text('loading')}</p>}
      {plans && plans.length > 0 && (
        <ul {...part('plans', classNames)}>
          {plans.map((plan) => (
            <PlanCard
              key={plan.planType}
              plan={plan}
              wanted={interval}
              situation={{ plans, standing, defaultPlan }}
              catalog={catalog}
              currency={currency}
              offers={isOffered}
              buttonState={buttonStateOf(plan)}
              errorText={failure?.planType === plan.planType ? planFailureText(failure, text) : null}
              onSelect={(choice) => onSelect?.(choice)}
              {...{ classNames, unstyled, renderButton }}
              {...words}
            />
          ))}
        </ul>
      )}
    </Root>
  )
})

/** Without a catalog: the smallest plan, where it is not for sale. */
function likelyDefault(plans: readonly Plan[] = []): PlanId | undefined {
  const [first] = plans
  return first && !first.forSale && first.contact === null ? first.planType : undefined
}
