'use client'
import type { ReactNode } from 'react'
import type { MeterAmount } from '../../contract/entitlement.js'
import type { FeatureId } from '../../contract/register.js'
import {
  type EntitlementOptions,
  type EntitlementResult,
  useEntitlement,
} from '../../hooks/useEntitlement.js'

interface WantedFeature {
  /** The feature of the catalog that somebody needs. */
  feature: FeatureId
  meter?: never
  amount?: never
}

type Wanted = WantedFeature | (MeterAmount & { feature?: never })

interface Parts {
  /** What is shown to those who may. */
  children: ReactNode
  /** What is shown to those who may not, and never before that is certain. @default nothing */
  fallback?: ReactNode
  /** What is shown while it is not known. @default nothing */
  loading?: ReactNode
}

interface Drawn {
  /** Draws every state itself. */
  children: (result: EntitlementResult) => ReactNode
  fallback?: never
  loading?: never
}

export type EntitledProps = Wanted & EntitlementOptions & (Parts | Drawn)

/**
 * Shows its children to those who may use a feature, `<Entitled feature="api">`, or so many units of a meter,
 * `<Entitled meter="characters" amount={100}>`. Signed out it renders nothing, unless the children are a function. It hides and does
 * not protect: the server has to check what it serves.
 */
export function Entitled(props: EntitledProps): ReactNode {
  const { feature, meter, amount, whenUnknown, children, fallback, loading } = props
  const result = useEntitlement(meter === undefined ? feature : { meter, amount }, { whenUnknown })
  if (typeof children === 'function') return children(result)
  if (result.reason === 'signed_out') return null
  if (result.allowed === undefined) return loading
  return result.allowed ? children : fallback
}
