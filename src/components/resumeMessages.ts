/** What is said before somebody resumes a paused plan. */
export const resumeMessages = {
  resumeCharges: 'Resuming starts a new period and charges your payment method.',
  resumeChargesPrice: 'Resuming charges {price} now, plus any tax.',
} as const
