'use client'
import { forwardRef } from 'react'
import type { MeterId } from '../../contract/register.js'
import { useMeterProps } from '../UsageMeter/useMeterProps.js'
import { UsageRingView, type UsageRingViewProps } from './UsageRingView.js'

export type UsageRingProps = Omit<UsageRingViewProps, 'meter' | 'error' | 'stale' | 'locale' | 'timeZone'> & {
  /** Which meter of the catalog. @default the first one */
  meter?: MeterId | undefined
}

/** One meter of the organization as a ring. Renders nothing where nobody is signed in, or where the backend counts no usage. */
export const UsageRing = forwardRef<HTMLDivElement, UsageRingProps>(function UsageRing(
  { meter, ...props },
  ref,
) {
  const view = useMeterProps(meter, props)
  return view && <UsageRingView ref={ref} {...view} />
})
