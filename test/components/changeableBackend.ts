import type { Subscription, SubscriptionUpdate } from 'polar-billing-kit'
import { type Scenario, scenarios } from 'polar-billing-kit/testing'
import { vi } from 'vitest'

type Running = Pick<typeof scenarios.active, 'getStatus' | 'getSubscription'>

/** A backend whose subscription can be canceled and resumed, as the contract says. */
export function changeableBackend(from: Running = scenarios.active) {
  let subscription: Subscription = from.getSubscription
  let status = from.getStatus
  const updateSubscription = vi.fn(async ({ action }: SubscriptionUpdate): Promise<Subscription> => {
    const cancelAtPeriodEnd = action === 'cancel'
    const state = subscription.status === 'paused' ? 'active' : subscription.status
    subscription = { ...subscription, status: state, cancelAtPeriodEnd, pauseAtPeriodEnd: false }
    status = { ...status, status: state, cancelAtPeriodEnd }
    return subscription
  })
  return {
    ...scenarios.active,
    getStatus: async () => status,
    getSubscription: async () => subscription,
    updateSubscription,
  } satisfies Scenario
}

/** An answer that comes when the test says so. */
export function heldAnswer<Answer>(): {
  answer: Promise<Answer>
  give: (answer: Answer) => void
  refuse: (error: Error) => void
} {
  let give: (answer: Answer) => void = () => undefined
  let refuse: (error: Error) => void = () => undefined
  const answer = new Promise<Answer>((resolve, reject) => {
    give = resolve
    refuse = reject
  })
  return { answer, give, refuse }
}
