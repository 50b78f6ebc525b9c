// The SDK hands on whatever JSON came. What nothing else would notice to be missing is checked here; `callPolar` turns the failure
// into "could not be read".

export function expectString(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError(`Expected a string, not ${typeof value}`)
  return value
}

export function expectNumber(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`Expected a number, not ${typeof value}`)
  return value
}
