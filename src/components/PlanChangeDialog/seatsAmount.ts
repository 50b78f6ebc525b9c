import type { Price } from '../../contract/subscription.js'

/** What so many seats cost for a period, with what is paid beside them; `null` where that is not certain. */
export function seatsAmount(prices: readonly Price[], count: number): number | null {
  const sum = prices
    .filter(({ type }) => type !== 'metered')
    .reduce(
      (rest, price) => rest + (price.type === 'seat' ? ofSeats(price, count) : (price.amount ?? NaN)),
      0,
    )
  return Number.isSafeInteger(sum) ? sum : null
}

function ofSeats({ unitAmount, minimumSeats = 1, unitAmountUpTo }: Price, count: number): number {
  // More of them may cost less, and by how much nobody says.
  const isCertain = unitAmountUpTo === null || (unitAmountUpTo !== undefined && count <= unitAmountUpTo)
  if (!isCertain || count < minimumSeats) return NaN
  return count * Number(unitAmount ?? NaN)
}
