/** Compares values as JSON would write them: a database gives the fields in another order, and leaves out what is undefined. */
export function isSameJson(some: unknown, other: unknown): boolean {
  if (typeof some !== 'object' || typeof other !== 'object' || some === null || other === null)
    return some === other
  if (Array.isArray(some) !== Array.isArray(other)) return false
  const [own, others] = [fieldsOf(some), fieldsOf(other)]
  return own.size === others.size && [...own].every(([key, value]) => isSameJson(value, others.get(key)))
}

function fieldsOf(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([, field]) => field !== undefined))
}
