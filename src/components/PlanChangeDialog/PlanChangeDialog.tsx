'use client'
import type { UseQueryResult } from '@tanstack/react-query'
import { forwardRef, useState } from 'react'
import { useBilling } from '../../context.js'
import type { PlanPrice } from '../../contract/plans.js'
import type { SellablePlanId } from '../../contract/register.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import type { ChangeMoment } from '../../contract/update.js'
import { useBillingStatus } from '../../hooks/useBillingStatus.js'
import { usePlans } from '../../hooks/usePlans.js'
import { useSubscription } from '../../hooks/useSubscription.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import { buttonPart } from '../ActionButton/buttonPart.js'
import { PortalButton } from '../PortalButton/PortalButton.js'
import { hasSeats } from '../PricingTable/planCost.js'
import { isChanging, planVerb } from '../PricingTable/planVerb.js'
import { sayingItself } from '../saidByItself.js'
import { useLocalization } from '../useLocalization.js'
import type { DecidedByDialog } from './ChangeDialog.js'
import { PlanChangeDialogView, type PlanChangeDialogViewProps } from './PlanChangeDialogView.js'

export interface PlanChangeDialogProps extends Omit<
  PlanChangeDialogViewProps,
  DecidedByDialog | 'plan' | 'interval' | 'verb' | 'catalog'
> {
  /** The new plan. */
  planType: SellablePlanId
  /** How often the new plan is paid. @default 'month' */
  interval?: PlanPrice['interval'] | undefined
  /** When the dialog proposes to change. @default 'now'; for less than before, the end of the period */
  defaultWhen?: ChangeMoment | undefined
  /** Called with what the organization has after the change, or with the change that waits. Whoever shows the dialog then stops to, and says so. */
  onChanged?: ((subscription: CompleteSubscription) => void) | undefined
}

/** What the organization had when it was asked: live changes may be ahead of the answer. */
interface Asked {
  subscription: CompleteSubscription | undefined
  verb: NonNullable<PlanChangeDialogViewProps['verb']>
}

/**
 * Asks before the plan is changed, and changes it: what it costs today is said before the click. Renders nothing where nobody is
 * signed in.
 */
export const PlanChangeDialog = forwardRef<HTMLDialogElement, PlanChangeDialogProps>(
  function PlanChangeDialog({ planType, interval = 'month', defaultWhen, onChanged, ...props }, ref) {
    const { organizationId, catalog } = useBilling()
    const plans = usePlans()
    const subscription = useSubscription()
    const status = useBillingStatus()
    const update = useUpdateSubscription()
    const localization = useLocalization('PlanChangeDialog', props)
    const [now] = useState(() => new Date())
    const [chosen, setWhen] = useState(defaultWhen)
    const [asked, setAsked] = useState<Asked | null>(null)
    if (organizationId === null) return null

    const list = plans.data?.plans ?? []
    const plan = list.find((candidate) => candidate.planType === planType)
    const standing = status.data && { status: status.data, subscription: subscription.data }
    const verb = plan && planVerb(plan, interval, { plans: list, standing, defaultPlan: undefined })
    const present: Asked = {
      subscription: subscription.data,
      verb: isChanging(verb) || verb === 'cancelFirst' ? verb : 'change',
    }
    const shown = update.isPending && asked ? asked : present
    const isLess = shown.verb === 'downgrade' || shown.verb === 'switchToMonth'
    const { seats, pauseAtPeriodEnd } = shown.subscription ?? {}
    // The provider begins seats at once, or not at all, and what is paused at the end of the period changes later.
    const isAtOnce =
      pauseAtPeriodEnd === true || (seats === null && plan !== undefined && hasSeats(plan, interval))
    const when = isAtOnce ? 'now' : (chosen ?? (isLess ? 'period_end' : 'now'))

    function confirm(): void {
      setAsked(shown)
      update.mutate(sayingItself({ action: 'change', planType, interval, when }), {
        onSuccess: (changed) => onChanged?.(changed),
      })
    }

    return (
      <PlanChangeDialogView
        ref={ref}
        plan={plan}
        loadError={failureOf(subscription) ?? failureOf(plans) ?? (plans.data && !plan)}
        catalog={catalog}
        onWhenChange={isAtOnce ? undefined : setWhen}
        isBusy={update.isPending}
        error={update.error}
        onConfirm={confirm}
        portal={<PortalButton {...buttonPart('quiet', props)} />}
        {...{ interval, when, now }}
        {...shown}
        {...props}
        {...localization}
      />
    )
  },
)

/** Why nothing is known. What is known stays, whatever a later read says. */
function failureOf({ data, failureReason }: Pick<UseQueryResult, 'data' | 'failureReason'>): unknown {
  return data === undefined ? failureReason : null
}
