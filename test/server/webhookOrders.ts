import * as fc from 'fast-check'

/** Every webhook once, in any order, and some of them again at any place. */
export function anyOrder(count: number): fc.Arbitrary<number[]> {
  const all = Array.from({ length: count }, (_, index) => index)
  return fc
    .tuple(
      fc.shuffledSubarray(all, { minLength: count, maxLength: count }),
      fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count)), { maxLength: 4 }),
    )
    .map(([order, again]) => {
      const delivered = [...order]
      for (const [index, place] of again) delivered.splice(place, 0, index)
      return delivered
    })
}

/** Every order there is: of four things 24. */
export function everyOrder<T>(things: readonly T[]): T[][] {
  if (things.length === 0) return [[]]
  return things.flatMap((thing, index) =>
    everyOrder(things.toSpliced(index, 1)).map((others) => [thing, ...others]),
  )
}
