'use client'
import { forwardRef, useState } from 'react'
import { useBilling } from '../../context.js'
import type { SellablePlanId } from '../../contract/register.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { formatDate } from '../../format/date.js'
import { usePlans } from '../../hooks/usePlans.js'
import type { CheckoutOptions } from '../../query/checkout.js'
import { isMissing } from '../../contract/isMissing.js'
import { CancelDialog } from '../CancelDialog/CancelDialog.js'
import { PlanChangeDialog } from '../PlanChangeDialog/PlanChangeDialog.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import { translator } from '../translator.js'
import { useLocalization } from '../useLocalization.js'
import type { PlanChoice } from './PlanCard.js'
import type { Interval } from './planCost.js'
import type { PlanVerb } from './planVerb.js'
import { PricingTableView, type PricingTableViewProps } from './PricingTableView.js'
import { pricingTableMessages } from './pricingTableMessages.js'
import { usePlanActions } from './usePlanActions.js'
import { useStanding } from './useStanding.js'

type Decided =
  | 'plans'
  | 'error'
  | 'catalog'
  | 'standing'
  | 'standingError'
  | 'onSelect'
  | 'offers'
  | 'busy'
  | 'isConfirming'
  | 'failure'
  | 'announcement'
  | 'portal'
  | 'locale'
  | 'timeZone'

export interface PricingTableProps
  extends Omit<PricingTableViewProps, Decided>, Pick<CheckoutOptions, 'mode' | 'theme'> {
  /** Which prices show at first. @default what the organization pays by, else the month */
  defaultInterval?: Interval | undefined
  /** Called by a plan's button instead of what it does: to sign up first, or to sell in your own way. */
  onSelect?: ((planType: SellablePlanId, interval: Interval, choice: PlanChoice) => void) | undefined
}

/**
 * The price list, and what an organization can do with it: buy, change, cancel, resume. A plan is bought on
 * the checkout's page, or over this one (`mode="embed"`). Signed out it shows the prices; its buttons then need
 * `onSelect`. Renders nothing where the backend has no price list.
 */
export const PricingTable = forwardRef<HTMLDivElement, PricingTableProps>(function PricingTable(
  { interval, defaultInterval, onIntervalChange, onSelect, mode, theme, ...props },
  ref,
) {
  const { catalog } = useBilling()
  const { data, failureReason, errorUpdateCount } = usePlans()
  const { standing, standingError } = useStanding()
  const actions = usePlanActions(standing, { mode, theme })
  const localization = useLocalization('PricingTable', props)
  const [chosen, setChosen] = useState(defaultInterval)
  if (isMissing(failureReason)) return null

  const { locale, timeZone, messages } = localization
  const text = translator(pricingTableMessages, messages, locale)
  const present = standing?.subscription?.product?.recurringInterval === 'year' ? 'year' : 'month'

  const { target } = actions
  // To cancel is no sale.
  const isSoldByApp = (verb: PlanVerb): boolean => onSelect !== undefined && verb !== 'cancel'

  function describe({ planName, pendingChange }: CompleteSubscription): string {
    const next = data?.plans.find(({ planType }) => planType === pendingChange?.planType)
    if (!pendingChange || !next)
      return planName === null ? text('changed') : text('changedTo', { plan: planName })
    return text('changesOn', { plan: next.name, date: formatDate(pendingChange.appliesAt, locale, timeZone) })
  }

  return (
    <>
      <PricingTableView
        ref={ref}
        plans={data?.plans}
        error={failureReason ?? errorUpdateCount}
        interval={interval ?? chosen ?? present}
        onIntervalChange={(next) => {
          setChosen(next)
          onIntervalChange?.(next)
        }}
        onSelect={(choice) =>
          isSoldByApp(choice.verb)
            ? onSelect?.(choice.plan.planType, choice.interval, choice)
            : actions.select(choice)
        }
        offers={(verb) => isSoldByApp(verb) || actions.offers(verb)}
        busy={actions.busy}
        isConfirming={actions.isConfirming}
        failure={actions.failure}
        announcement={actions.changed ? describe(actions.changed) : undefined}
        portal={<PortalButton />}
        {...{ catalog, standing, standingError }}
        {...props}
        {...localization}
      />
      {target && target !== 'cancel' && (
        <PlanChangeDialog
          {...target}
          unstyled={props.unstyled}
          onDismiss={actions.dismiss}
          onChanged={actions.onChanged}
        />
      )}
      <CancelDialog open={target === 'cancel'} onClose={actions.dismiss} unstyled={props.unstyled} />
    </>
  )
})
