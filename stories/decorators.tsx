import type { Decorator } from '@storybook/react-vite'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { BillingProvider } from 'polar-billing-kit'
import { createMemoryTransport, type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { type ReactNode, StrictMode, useState } from 'react'
import 'polar-billing-kit/styles.css'
import './surroundings.css'

/** Shows a story in the theme and direction of the toolbar. */
export const withSurroundings: Decorator = (Story, { globals }) => (
  <div
    className="surroundings"
    data-theme={globals['theme']}
    dir={globals['direction']}
    lang={globals['locale']}
  >
    <Story />
  </div>
)

/** Gives connected components a backend: the one that the story names as `parameters.scenario`. */
export const withBilling: Decorator = (Story, { parameters, globals }) => (
  <Backend
    scenario={(parameters['scenario'] as Scenario | undefined) ?? scenarios.free}
    locale={globals['locale'] as string}
  >
    <Story />
  </Backend>
)

function Backend({
  scenario,
  locale,
  children,
}: {
  scenario: Scenario
  locale: string
  children: ReactNode
}) {
  const [queryClient] = useState(() => new QueryClient())
  const [transport] = useState(() => createMemoryTransport(scenario))
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <BillingProvider
          transport={transport}
          organizationId="acme"
          catalog={scenarioCatalog}
          locale={locale}
          timeZone="UTC"
        >
          {children}
        </BillingProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}
