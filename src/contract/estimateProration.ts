export interface ProrationInput {
  /** What the period costs now: minor units before tax, after a discount. */
  from: { amount: number; interval: string }
  /** What a period costs after the change. */
  to: { amount: number; interval: string }
  /** The present period. ISO 8601 or a `Date`, like all moments here. */
  periodStart: string | Date
  periodEnd: string | Date
  now: string | Date
  /** Nothing has been paid in a trial, so that nothing is given back or charged for the rest of it. */
  isTrial: boolean
  /** The change ends the trial, because the new plan has none: its first period begins, and is paid now. @default false */
  endsTrial?: boolean | undefined
}

/** In minor units, before tax. */
export interface Proration {
  /** What is given back for the rest of the present period; never negative. */
  credit: number
  /** What the new plan costs until the end of its period. */
  charge: number
  /** What is charged now: `charge - credit`. Negative: as much is credited to the next invoices. */
  due: number
}

/**
 * What a change with `when: 'now'` costs, as the provider works it out: both plans by the part of the period that is left. Another
 * interval starts a period of its own, which is paid in full. Only an estimate: the provider charges by its own clock, adds taxes,
 * knows discounts that are not in the amounts, and rounds each price by itself. A change of seats may be one unit off.
 *
 * @source https://polar.sh/docs/features/subscriptions/proration
 */
export function estimateProration(input: ProrationInput): Proration {
  const { from, to, isTrial, endsTrial = false } = input
  if (isTrial) return toProration(0, endsTrial ? to.amount : 0)
  const left = partLeft(input)
  const charge = from.interval === to.interval ? roundHalfEven(to.amount * left) : to.amount
  return toProration(roundHalfEven(from.amount * left), charge)
}

function toProration(credit: number, charge: number): Proration {
  return { credit, charge, due: charge - credit }
}

/** How much of the period is left, between 0 and 1. */
export function partLeft({
  periodStart,
  periodEnd,
  now,
}: Pick<ProrationInput, 'periodStart' | 'periodEnd' | 'now'>): number {
  const [start, end] = [new Date(periodStart).getTime(), new Date(periodEnd).getTime()]
  const left = (end - new Date(now).getTime()) / (end - start)
  return end > start ? Math.min(1, Math.max(0, left)) : 0
}

/** The provider rounds a half to the even neighbour. */
function roundHalfEven(value: number): number {
  const rounded = Math.round(value)
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded
}
