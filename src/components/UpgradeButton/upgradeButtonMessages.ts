export const upgradeButtonMessages = {
  label: 'Upgrade',
  labelPlan: 'Upgrade to {plan}',
  current: 'Current plan',
  failed: 'Could not open the checkout. Please try again.',
} as const
