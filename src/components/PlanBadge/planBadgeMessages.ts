/** The badge's words. What is named like a status stands beside the plan's name. */
export const planBadgeMessages = {
  loading: 'Loading…',
  error: 'Plan unavailable',
  confirming: 'Confirming…',
  active: 'Active',
  none: 'No plan',
  cancelsOn: 'Cancels on {date}',
  trialUntil: 'Trial until {date}',
  trialing: 'Trial',
  past_due: 'Payment failed',
  paused: 'Paused',
  canceled: 'Ended',
  incomplete: 'Payment incomplete',
  stale: 'Last known',
} as const
