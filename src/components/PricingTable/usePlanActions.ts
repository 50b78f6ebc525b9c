'use client'
import { useState } from 'react'
import { useBilling } from '../../context.js'
import type { PlanId, SellablePlanId } from '../../contract/register.js'
import type { CompleteSubscription } from '../../contract/subscription.js'
import { useCheckout } from '../../hooks/useCheckout.js'
import { useUpdateSubscription } from '../../hooks/useUpdateSubscription.js'
import type { CheckoutOptions } from '../../query/checkout.js'
import { pendingCheckout } from '../../query/pendingCheckout.js'
import { isMissing } from '../../contract/isMissing.js'
import { sayingItself } from '../saidByItself.js'
import { useNewUpdate } from '../useNewUpdate.js'
import type { PlanChoice } from './PlanCard.js'
import type { Interval } from './planCost.js'
import type { PlanFailure } from './planFailureText.js'
import { isBuying, isChanging, type PlanVerb, type Standing } from './planVerb.js'

/** The change of plan that somebody is asked about. */
export interface PlanTarget {
  planType: SellablePlanId
  interval: Interval
}

interface PlanActions {
  select: (choice: PlanChoice) => void
  /** Whether the backend can do it. */
  offers: (verb: PlanVerb) => boolean
  /** The plan whose button was clicked. */
  busy: PlanId | null
  /** Back from a checkout that is not confirmed yet: nothing should be bought twice. */
  isConfirming: boolean
  failure: PlanFailure | null
  target: PlanTarget | 'cancel' | null
  /** What the organization has after a change, to be told. */
  changed: CompleteSubscription | null
  dismiss: () => void
  onChanged: (changed: CompleteSubscription) => void
}

interface State {
  organizationId: string | null
  target: PlanTarget | 'cancel' | null
  changed: CompleteSubscription | null
  /** The card that was clicked last. */
  planType: PlanId | null
}

/** What the buttons of a price list do: buy, change, resume, keep. */
export function usePlanActions(standing: Standing | null | undefined, options: CheckoutOptions): PlanActions {
  const { organizationId, transport } = useBilling()
  const checkout = useCheckout(options)
  const update = useUpdateSubscription()
  const nothing: State = { organizationId, target: null, changed: null, planType: null }
  const [latest, setState] = useState(nothing)
  useNewUpdate(() => {
    update.reset()
    setState((before) => ({ ...before, changed: null }))
  })
  // Of another organization nothing goes on, nor again when it is back.
  const state = latest.organizationId === organizationId ? latest : nothing
  if (state !== latest) setState(nothing)
  const canBuy =
    organizationId !== null && transport.createCheckout !== undefined && !isMissing(checkout.error)
  const canChange =
    organizationId !== null && transport.updateSubscription !== undefined && !isMissing(update.error)

  function select({ plan, interval, verb, seats }: PlanChoice): void {
    const { planType } = plan
    const clicked: State = { ...nothing, planType }
    checkout.reset()
    update.reset()
    setState(clicked)
    if (isBuying(verb) || (isChanging(verb) && isFree(standing?.subscription)))
      checkout.mutate({ planType, interval, seats })
    else if (verb === 'cancel') setState({ ...clicked, target: 'cancel' })
    else if (isChanging(verb)) setState({ ...clicked, target: { planType, interval } })
    else
      update.mutate(
        sayingItself(verb === 'resume' ? { action: 'resume' } : { action: 'change', planType, interval }),
        {
          onSuccess: (changed) => setState({ ...clicked, changed }),
        },
      )
  }

  function offers(verb: PlanVerb): boolean {
    if (isBuying(verb)) return canBuy
    // The dialog says what they have.
    return canChange && (!isChanging(verb) || transport.getSubscription !== undefined)
  }

  function failure(): PlanFailure | null {
    const { planType } = state
    if (planType === null) return null
    if (checkout.error) return { planType, action: 'checkout', error: checkout.error }
    return update.error && { planType, action: 'update', error: update.error }
  }

  return {
    select,
    offers,
    busy: checkout.isPending || update.isPending ? state.planType : null,
    isConfirming: pendingCheckout(organizationId) !== null,
    failure: failure(),
    target: state.target,
    changed: state.changed,
    dismiss: () => setState((before) => ({ ...before, target: null })),
    onChanged: (changed) => setState({ ...state, target: null, changed }),
  }
}

/** Nothing was ever paid for it: a card has to be given first, and the checkout makes the subscription another one. */
function isFree(subscription: CompleteSubscription | undefined): boolean {
  const { amount, product } = subscription ?? {}
  return amount === 0 && product?.prices.every((price) => price.amount === 0) === true
}
