'use client'
import { forwardRef, useState } from 'react'
import { useBilling } from '../../context.js'
import type { SellablePlanId } from '../../contract/register.js'
import { usePlans } from '../../hooks/usePlans.js'
import type { CheckoutOptions } from '../../query/checkout.js'
import { buttonPart, type ButtonStyling, innerStyling } from '../ActionButton/buttonPart.js'
import { isMissing } from '../../contract/isMissing.js'
import { CancelDialog, type CancelDialogProps } from '../CancelDialog/CancelDialog.js'
import { PlanChangeDialog, type PlanChangeDialogProps } from '../PlanChangeDialog/PlanChangeDialog.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import { useLocalization } from '../useLocalization.js'
import { changeText } from './changeText.js'
import type { PlanChoice } from './PlanCard.js'
import type { Interval } from './planCost.js'
import type { PlanVerb } from './planVerb.js'
import { PricingTableView, type PricingTableViewProps } from './PricingTableView.js'
import type { PricingSlot } from './pricingParts.js'
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
  | 'classNames'
  | 'unstyled'
  | 'locale'
  | 'timeZone'

interface DialogClasses {
  readonly CancelDialog?: CancelDialogProps['classNames']
  readonly PlanChangeDialog?: PlanChangeDialogProps['classNames']
}

export interface PricingTableProps
  extends
    Omit<PricingTableViewProps, Decided>,
    ButtonStyling<PricingSlot, DialogClasses>,
    Pick<CheckoutOptions, 'mode' | 'theme'> {
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

  const present = standing?.subscription?.product?.recurringInterval === 'year' ? 'year' : 'month'

  const { target } = actions
  // To cancel is no sale.
  const isSoldByApp = (verb: PlanVerb): boolean => onSelect !== undefined && verb !== 'cancel'

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
        announcement={
          actions.changed ? changeText(actions.changed, data?.plans ?? [], localization) : undefined
        }
        portal={<PortalButton {...buttonPart('quiet', props)} />}
        {...{ catalog, standing, standingError }}
        {...props}
        {...localization}
      />
      {target && target !== 'cancel' && (
        <PlanChangeDialog
          {...target}
          {...innerStyling(props.classNames?.PlanChangeDialog, props)}
          onDismiss={actions.dismiss}
          onChanged={actions.onChanged}
        />
      )}
      <CancelDialog
        open={target === 'cancel'}
        onClose={actions.dismiss}
        {...innerStyling(props.classNames?.CancelDialog, props)}
      />
    </>
  )
})
