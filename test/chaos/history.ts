import type { PolarEmulator } from 'polar-billing-kit/emulator'
import type { ProductIds } from './shop.js'
import { type Truth, truthOf } from './truth.js'

interface Moment {
  /** Since when, in milliseconds since 1970. */
  since: number
  truth: Truth
}

/** What was true of every organization, and when. */
export interface History {
  /** Looks at the emulator and writes down what has changed. To be called often. */
  look(): void
  /** The same for one organization, which costs less. */
  lookAt(organizationId: string): void
  /** What is true now. */
  now(organizationId: string): Truth
  /** Everything that was true at some moment between the two. */
  between(organizationId: string, from: number, to: number): Truth[]
}

/** Milliseconds: something may have changed that long before a look saw it. */
const BLUR = 2_000

export function createHistory(
  { controls }: PolarEmulator,
  products: ProductIds,
  organizations: readonly string[],
): History {
  const moments = new Map<string, Moment[]>(organizations.map((id) => [id, []]))

  function lookAt(id: string): void {
    const past = moments.get(id) ?? []
    const at = Date.now()
    const truth = truthOf(controls.listSubscriptions({ external_customer_id: id }), products, at)
    const last = past.at(-1)
    if (last === undefined) past.push({ since: Number.NEGATIVE_INFINITY, truth })
    else if (JSON.stringify(last.truth) !== JSON.stringify(truth)) past.push({ since: at, truth })
  }

  return {
    lookAt,
    look: () => organizations.forEach(lookAt),
    now: (id) => {
      const last = moments.get(id)?.at(-1)
      if (last === undefined) throw new Error(`Nothing is known of ${id}.`)
      return last.truth
    },
    between: (id, from, to) =>
      (moments.get(id) ?? [])
        .filter(({ since }, index, past) => {
          const until = past[index + 1]?.since ?? Number.POSITIVE_INFINITY
          return since - BLUR <= to && until >= from
        })
        .map(({ truth }) => truth),
  }
}
