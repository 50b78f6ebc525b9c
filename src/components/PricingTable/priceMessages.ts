/** The words of prices, for every component that shows some. */
export const priceMessages = {
  priceMonth: '{price} per month',
  priceYear: '{price} per year',
  seatMonth: '{price} per seat and month',
  seatYear: '{price} per seat and year',
  minimumSeats: { one: '{price}, at least {count} seat', other: '{price}, at least {count} seats' },
  free: 'Free',
  custom: 'You choose the amount',
  metered: 'Pay for what you use',
  contactPrice: 'Price on request',
  unknownPrice: 'Price not available right now',
} as const
