'use client'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useBilling } from '../context.js'
import type { BillingError } from '../contract/errors.js'
import type { PlanId } from '../contract/register.js'
import type { BillingStatus } from '../contract/status.js'
import { billingQueryKey } from '../query/config.js'
import { pendingCheckout } from '../query/pendingCheckout.js'
import { onPurchase } from '../query/purchases.js'
import { claimCheckout, forgetCheckout, remember } from './checkoutReturn.js'
import { useBillingStatus } from './useBillingStatus.js'
import { useIsomorphicLayoutEffect } from './useIsomorphicLayoutEffect.js'

/**
 * `idle`: nothing was bought just now, or another plan was chosen since. `waiting`: the payment is not confirmed yet. `paid_pending`: paid, and not usable yet.
 * `active`: the plan may be used. `failed`: the checkout expired, or is not this organization's. `timed_out`: no news; not a failure.
 */
export type CheckoutReturnState = 'idle' | 'waiting' | 'paid_pending' | 'active' | 'failed' | 'timed_out'

export interface CheckoutReturnOptions {
  /** Milliseconds after which waiting ends. @default 60_000 */
  timeout?: number | undefined
  /** The plan that was bought, for a backend that knows nothing of checkouts and sells more than one. */
  planType?: PlanId | undefined
}

export interface CheckoutReturnResult {
  state: CheckoutReturnState
  /** The latest answer; once `active`, the one that said so. */
  status: BillingStatus | undefined
  error: BillingError | null
  /** Waits once more, after `timed_out`. */
  retry: () => void
}

interface Result {
  state: CheckoutReturnState
  /** The answer that settled it: a later one may come from a cache that is behind. */
  bought?: BillingStatus | undefined
}

/** Milliseconds until the next question: quick at first, then ever slower. */
function pollInterval(waitedFor: number): number {
  // In steps: an interval that differs at every render would start anew with each.
  return waitedFor < 5_000 ? 1_000 : waitedFor < 20_000 ? 3_000 : 10_000
}

/**
 * Waits for a purchase to arrive after the browser came back from the checkout: the redirect may be seconds ahead of the provider's
 * webhook, which on a laptop never comes. After an embedded checkout it waits, too. Takes the checkout's id out of the address bar before anything is requested, and goes on
 * waiting after a reload.
 */
export function useCheckoutReturn({
  timeout = 60_000,
  planType,
}: CheckoutReturnOptions = {}): CheckoutReturnResult {
  const { organizationId } = useBilling()
  const queryClient = useQueryClient()
  const [{ state, bought }, setResult] = useState<Result>({ state: 'idle' })
  const since = useRef(0)
  // What timed out may still turn out well. Right after a switch the state is another organization's.
  const isWaiting = !/idle|active|failed/.test(state) && pendingCheckout(organizationId) !== null
  const { data, error } = useBillingStatus({
    ...(isWaiting && { refetchInterval: () => pollInterval(Date.now() - since.current) }),
  })

  const refresh = useCallback(
    () => void queryClient.invalidateQueries({ queryKey: billingQueryKey(organizationId) }),
    [queryClient, organizationId],
  )
  const wait = useCallback(
    (isNew = false) => {
      const isPending = claimCheckout(organizationId)
      since.current = Date.now()
      setResult({ state: isPending ? 'waiting' : 'idle' })
      const queryKey = billingQueryKey(organizationId, 'getStatus')
      // What a server prefetched for this page speaks of the purchase already.
      const isKnown = queryClient.getQueryData<BillingStatus>(queryKey)?.checkout !== undefined
      // An answer from before the purchase must not speak for it, nor one that is on its way.
      if (isPending && (isNew || !isKnown)) void queryClient.resetQueries({ queryKey })
    },
    [organizationId, queryClient],
  )

  useIsomorphicLayoutEffect(wait, [wait])
  useEffect(
    () =>
      onPurchase((purchase) => {
        remember(purchase)
        wait(true)
      }),
    [wait],
  )
  const retry = useCallback(() => wait(true), [wait])

  const settle = useCallback(
    (reached: CheckoutReturnState, status?: BillingStatus) => {
      setResult({ state: reached, bought: status })
      if (reached === 'active' || reached === 'failed') forgetCheckout()
      if (reached !== 'paid_pending') refresh()
    },
    [refresh],
  )

  const next = isWaiting ? nextState(state, data, error, planType) : state
  useEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- the state and the session storage are settled together
    if (next !== state) settle(next, data)
  }, [next, state, settle, data])

  const isOpen = !error && data?.checkout === 'open'
  useEffect(() => {
    if (state !== 'waiting') return
    // An open checkout after all this time: nobody paid. Anything else may still turn out well.
    const timer = setTimeout(
      () => settle(isOpen ? 'failed' : 'timed_out'),
      Math.min(timeout - (Date.now() - since.current), 2 ** 31 - 1),
    )
    return () => clearTimeout(timer)
  }, [state, timeout, isOpen, settle])

  if (next !== 'active') return { state: next, status: data, error, retry }
  return isReplaced(bought, data)
    ? { state: 'idle', status: data, error, retry }
    : { state: next, status: bought ?? data, error, retry }
}

/** Another plan was chosen since. What is older, or not active, comes from a cache that is behind. */
function isReplaced(bought: BillingStatus | undefined, now: BillingStatus | undefined): boolean {
  if (!bought || !now?.isActive || now.planType === bought.planType) return false
  return (now.asOf ?? '') >= (bought.asOf ?? '')
}

function nextState(
  state: CheckoutReturnState,
  status: BillingStatus | undefined,
  error: BillingError | null,
  planType: PlanId | undefined,
): CheckoutReturnState {
  const isRefused = error?.code === 'NOT_FOUND' || error?.code === 'BAD_REQUEST'
  if (isRefused || status?.checkout === 'expired') return 'failed'
  // Without `checkout` the answer is from before the purchase.
  if (status?.checkout !== 'succeeded') return state
  const isBought = status.isActive && (planType === undefined || status.planType === planType)
  return isBought ? 'active' : 'paid_pending'
}
