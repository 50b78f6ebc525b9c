/** What every component says alike when a change fails. */
export const failureMessages = {
  // The card was declined, or the bank wants a confirmation that only a checkout can ask for.
  paymentFailed:
    'The payment did not go through. Nothing was changed. Update your payment method and try again.',
  outcomeUnknown: 'It is not clear whether that worked. Check what the page shows now before you try again.',
} as const
