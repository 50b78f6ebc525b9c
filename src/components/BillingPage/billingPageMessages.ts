/** The headings of the page's sections. */
export const billingPageMessages = {
  subscription: 'Subscription',
  usage: 'Usage',
  plans: 'Plans',
  seats: 'Seats',
  invoices: 'Invoices',
} as const
