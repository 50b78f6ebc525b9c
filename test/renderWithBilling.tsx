import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, renderHook, type RenderHookResult, type RenderResult } from '@testing-library/react'
import { BillingProvider, type BillingProviderProps } from 'polar-billing-kit'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { type ReactNode, StrictMode } from 'react'

export interface BillingSetup extends Partial<Omit<BillingProviderProps, 'children'>> {
  scenario?: Scenario
  queryClient?: QueryClient
}

/** A provider over a memory transport, in strict mode, with a cache of its own. */
function billingWrapper({
  scenario = scenarios.free,
  queryClient = new QueryClient(),
  ...props
}: BillingSetup) {
  const defaults = {
    transport: createMemoryTransport(scenario),
    organizationId: 'acme',
    catalog: scenarioCatalog,
    locale: 'en-US',
    timeZone: 'UTC',
  }
  return function Wrapper({ children }: { children: ReactNode }) {
    return (
      <StrictMode>
        <QueryClientProvider client={queryClient}>
          <BillingProvider {...defaults} {...props}>
            {children}
          </BillingProvider>
        </QueryClientProvider>
      </StrictMode>
    )
  }
}

export function renderWithBilling(ui: ReactNode, setup: BillingSetup = {}): RenderResult {
  return render(ui, { wrapper: billingWrapper(setup) })
}

export function renderBillingHook<Result>(
  hook: () => Result,
  setup: BillingSetup = {},
): RenderHookResult<Result, void> {
  return renderHook(hook, { wrapper: billingWrapper(setup) })
}
