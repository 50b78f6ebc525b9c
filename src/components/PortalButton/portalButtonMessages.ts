export const portalButtonMessages = {
  label: 'Manage billing',
  failed: 'Could not open the customer portal. Please try again.',
} as const
