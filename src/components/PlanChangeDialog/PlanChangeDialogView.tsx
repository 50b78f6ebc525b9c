import { forwardRef } from 'react'
import type { Catalog } from '../../contract/catalog.js'
import type { Plan } from '../../contract/plans.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { type Interval, planCost, pricesFor, trialFor } from '../PricingTable/planCost.js'
import type { PlanChangeVerb } from '../PricingTable/planVerb.js'
import { fullPriceText } from '../PricingTable/priceText.js'
import { part } from '../Root.js'
import { translator } from '../translator.js'
import { ChangeDialog, type ChangeDialogViewProps } from './ChangeDialog.js'
import { changeEstimate, isOver } from './changeEstimate.js'
import { newTerms } from './newTerms.js'
import { periodPrice } from './periodPrice.js'
import { planChangeDialogMessages } from './planChangeDialogMessages.js'

export interface PlanChangeDialogViewProps extends ChangeDialogViewProps {
  /** What the organization has; `undefined` while loading, or when it could not be read. */
  subscription?: CompleteSubscription | undefined
  /** The new plan; `undefined` like the subscription. */
  plan?: Plan | undefined
  /** One of them could not be read. */
  loadError?: unknown
  /** @default 'month' */
  interval?: Interval | undefined
  /** How the change is called; `cancelFirst`: the provider would refuse it, and the dialog says what to do instead. @default 'change' */
  verb?: PlanChangeVerb | 'cancelFirst' | undefined
  /** The currency to prefer where the subscription has none. */
  catalog?: Pick<Catalog, 'currency'> | undefined
  /** What "due today" is reckoned from. */
  now: Date
  /** Called by the button that changes the plan. */
  onConfirm: () => void
}

/**
 * Asks before a plan is changed: from which to which, when, and what that costs today. Renders a modal `<dialog>` that is open as long
 * as it is rendered; its state is on `data-state` (`loading`, `unavailable`, `idle`, `busy`, `error`).
 */
export const PlanChangeDialogView = forwardRef<HTMLDialogElement, PlanChangeDialogViewProps>(
  function PlanChangeDialogView(
    { subscription, plan, loadError, interval = 'month', verb = 'change', catalog, now, ...props },
    ref,
  ) {
    const text = translator(planChangeDialogMessages, props.messages, props.locale)
    const isRefused = verb === 'cancelFirst'
    const isReady = subscription !== undefined && plan !== undefined && !isRefused
    const missing = isReady ? null : loadError || isRefused ? 'unavailable' : 'loading'

    return (
      <ChangeDialog
        ref={ref}
        title={plan ? text(isRefused ? 'change' : verb, { plan: plan.name }) : text('title')}
        missing={missing}
        change={isReady ? changeTo(subscription, plan) : null}
        refused={text('failed')}
        {...props}
      >
        {missing !== null && (
          <p {...part('note', props.classNames)}>
            {isRefused && plan ? text(verb, { plan: plan.name }) : text(missing)}
          </p>
        )}
      </ChangeDialog>
    )

    function changeTo(present: CompleteSubscription, next: Plan) {
      const prices = pricesFor(next, interval, present.currency ?? catalog?.currency)
      const { seats, cost } = newTerms(present, prices, planCost(next, prices, false))
      const forSeats = (count: number | null, price: string): string =>
        count === null ? price : text('seatsPrice', { count, price })
      return {
        from: {
          label: text('from'),
          name: present.planName ?? present.product?.name ?? text('unnamed'),
          price: forSeats(present.seats, periodPrice(present.amount, present, props)),
        },
        to: {
          label: text('to'),
          name: next.name,
          price: forSeats(seats, fullPriceText(cost, interval, props)),
        },
        periodEnd: isOver(present, now) ? null : present.currentPeriodEnd,
        estimate: changeEstimate(present, { cost, interval, trial: trialFor(next, interval) }, now),
        isMetered: prices.some(({ type }) => type === 'metered'),
      }
    }
  },
)
