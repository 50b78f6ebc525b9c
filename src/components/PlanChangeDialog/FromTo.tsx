import type { ReactElement } from 'react'
import { part } from '../Root.js'
import type { PlanChangeClassNames } from './planChangeParts.js'

/** What there is, or will be. */
export interface Term {
  label: string
  name: string
  price?: string
}

interface FromToProps {
  from: Term
  to: Term
  classNames: PlanChangeClassNames
}

/** What becomes what, and what each costs. */
export function FromTo({ from, to, classNames }: FromToProps): ReactElement {
  return (
    <dl {...part('plans', classNames)}>
      {Object.entries({ from, to }).map(([row, { label, name, price }]) => (
        <div key={row} data-row={row}>
          <dt>{label}</dt>
          <dd>
            <strong>{name}</strong> {price !== undefined && <span>{price}</span>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
