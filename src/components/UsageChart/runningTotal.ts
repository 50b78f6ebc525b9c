/** What was used until the end of each interval. What is no number adds nothing that is known. */
export function runningTotal(values: readonly number[]): number[] {
  let sum = 0
  return values.map((value) => (sum += Number.isFinite(value) ? value : 0))
}
