import { type ReactElement, useId } from 'react'
import type { Catalog } from '../../contract/catalog.js'
import type { Plan } from '../../contract/plans.js'
import { formatDate } from '../../format/date.js'
import type { ActionButtonViewProps } from '../ActionButton/ActionButtonView.js'
import type { ButtonStyling } from '../ActionButton/buttonPart.js'
import { part } from '../Root.js'
import { type LocalizedProps, translator } from '../translator.js'
import { allowanceTexts } from './allowanceText.js'
import { PlanAction } from './PlanAction.js'
import { allowancesFor, type Interval, offeredInterval, planCost, pricesFor, trialFor } from './planCost.js'
import { PriceLine } from './PriceLine.js'
import { isBuying, isCurrentPlan, type PlanSituation, type PlanVerb, planVerb } from './planVerb.js'
import type { PricingSlot } from './pricingParts.js'
import { pricingTableMessages } from './pricingTableMessages.js'

/** What somebody chose on a plan's card. */
export interface PlanChoice {
  plan: Plan
  /** The one that is shown, or the only one that the plan has. */
  interval: Interval
  verb: PlanVerb
  /** How many, where the plan is bought by seats. */
  seats: number | undefined
}

export interface PlanCardProps
  extends LocalizedProps<typeof pricingTableMessages>, ButtonStyling<PricingSlot> {
  plan: Plan
  wanted: Interval
  situation: PlanSituation
  catalog: Pick<Catalog, 'meters' | 'features'> | undefined
  /** The one to prefer. */
  currency: string | undefined
  /** Whether a button can do what it says. */
  offers: (verb: PlanVerb) => boolean
  buttonState: ActionButtonViewProps['state']
  errorText: string | null
  onSelect: (choice: PlanChoice) => void
}

/** One plan of the price list. */
export function PlanCard(props: PlanCardProps): ReactElement {
  const { plan, wanted, situation, catalog, currency, offers, buttonState, errorText, onSelect } = props
  const { classNames, unstyled, renderButton, locale, timeZone, messages } = props
  const headingId = useId()
  const text = translator(pricingTableMessages, messages, locale)
  const interval = offeredInterval(plan, wanted)
  const prices = pricesFor(plan, interval, currency)
  const cost = planCost(plan, prices, plan.planType === situation.defaultPlan)
  const verb = planVerb(plan, interval, situation)
  const isCurrent = isCurrentPlan(plan, situation)
  const isDone = verb === 'current' || verb === 'pending'
  const lines = [
    ...allowanceTexts(allowancesFor(plan, interval), prices, catalog?.meters, { locale, messages }),
    ...plan.features.map((key) => ({
      key: `feature ${key}`,
      text: catalog?.features?.[key]?.name ?? key,
      notes: [],
    })),
  ]
  const tag = isCurrent ? text('current') : plan.recommended ? text('recommended') : null

  function labelOf(verb: PlanVerb): string {
    const { status, subscription } = situation.standing ?? {}
    const isDefault = plan.planType === situation.defaultPlan
    const startsAt = isDefault ? status?.expiresAt : subscription?.pendingChange?.appliesAt
    if (verb === 'pending') return text(verb, { date: formatDate(startsAt ?? '', locale, timeZone) })
    return text(verb === 'cancel' ? 'downgrade' : verb, { plan: plan.name })
  }

  return (
    <li
      {...part('plan', classNames)}
      aria-labelledby={headingId}
      aria-current={isCurrent || undefined}
      data-state={verb ?? 'none'}
      data-recommended={plan.recommended || undefined}
    >
      <div {...part('head', classNames)}>
        <h3 id={headingId} {...part('plan-name', classNames)}>
          {plan.name}
        </h3>
        {tag !== null && <span {...part('tag', classNames)}>{tag}</span>}
        {plan.description !== null && <p {...part('description', classNames)}>{plan.description}</p>}
      </div>
      <PriceLine
        cost={cost}
        interval={interval}
        trial={isBuying(verb) ? trialFor(plan, interval) : null}
        {...{ classNames, locale, messages }}
      />
      {lines.length > 0 && (
        <ul {...part('list', classNames)}>
          {lines.map(({ key, text: line, notes }) => (
            <li key={key}>
              {line}
              {notes.map((note) => (
                <span key={note} {...part('note', classNames)}>
                  {note}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
      {verb === 'cancelFirst' && offers(verb) && <p {...part('note', classNames)}>{labelOf(verb)}</p>}
      {verb !== null && verb !== 'cancelFirst' && offers(verb) && (
        <PlanAction
          label={labelOf(verb)}
          state={isDone ? 'done' : verb === 'contact' ? 'idle' : buttonState}
          isMain={
            verb === 'resume' ||
            verb === 'keep' ||
            (plan.recommended && !isDone && verb !== 'downgrade' && verb !== 'cancel')
          }
          href={verb === 'contact' ? plan.contact : null}
          seats={
            isBuying(verb) && cost.kind === 'seat'
              ? { label: text('seats'), minimum: cost.minimumSeats }
              : undefined
          }
          onSelect={(seats) => onSelect({ plan, interval, verb, seats })}
          {...{ headingId, errorText, classNames, unstyled, renderButton }}
        />
      )}
    </li>
  )
}
