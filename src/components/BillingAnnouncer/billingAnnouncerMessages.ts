/** What only screen readers hear. */
export const billingAnnouncerMessages = {
  active: 'Your plan is active',
  activePlan: 'Your plan is active: {plan}',
  limitReached: 'Limit reached: {meters}',
} as const
