export const checkoutReturnMessages = {
  waiting: 'Confirming your purchase…',
  waitingDetail: 'This usually takes a few seconds.',
  paid_pending: 'Payment received',
  paid_pendingDetail: 'Your plan is being activated…',
  active: 'Your plan is active',
  activePlan: 'You are on {plan}',
  activeDetail: 'Thank you! Everything it offers is ready to use.',
  failed: 'This checkout was not completed',
  failedDetail: 'Nothing was bought for this organization. You can start again at any time.',
  timed_out: 'Still waiting for the confirmation',
  timed_outDetail: 'Your plan shows here as soon as the payment is confirmed. Please do not pay again.',
  retry: 'Check again',
} as const
