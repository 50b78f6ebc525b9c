/** Writes a count: `formatQuantity(12345.5, 'en')` is "12,345.5". */
export function formatQuantity(quantity: number, locale = 'en'): string {
  return new Intl.NumberFormat(locale).format(quantity)
}
