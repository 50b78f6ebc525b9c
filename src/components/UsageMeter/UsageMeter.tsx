'use client'
import { forwardRef } from 'react'
import type { MeterId } from '../../contract/register.js'
import { useMeterProps } from './useMeterProps.js'
import { UsageMeterView, type UsageMeterViewProps } from './UsageMeterView.js'

export interface UsageMeterProps extends Omit<
  UsageMeterViewProps,
  'meter' | 'error' | 'stale' | 'locale' | 'timeZone'
> {
  /** Which meter of the catalog. @default the first one */
  meter?: MeterId | undefined
}

/** One meter of the organization. Renders nothing where nobody is signed in, or where the backend counts no usage. */
export const UsageMeter = forwardRef<HTMLDivElement, UsageMeterProps>(function UsageMeter(
  { meter, ...props },
  ref,
) {
  const view = useMeterProps(meter, props)
  return view && <UsageMeterView ref={ref} {...view} />
})
