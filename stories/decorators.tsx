import type { Decorator, Loader } from '@storybook/react-vite'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import {
  type BillingMessages,
  BillingProvider,
  type BillingTransport,
  type CompleteMessages,
} from 'polar-billing-kit'
import { createMemoryTransport, type Scenario, scenarioCatalog } from 'polar-billing-kit/testing'
import { type ReactNode, StrictMode, useState } from 'react'
import { startLive } from './live/startLive.js'
import { ORGANIZATION, type SituationName } from './live/situations.js'
import 'polar-billing-kit/styles.css'
import './surroundings.css'

/** Shows a story in the theme, direction and language of the toolbar. */
export const withSurroundings: Decorator = (Story, { globals }) => (
  <div
    className="surroundings"
    data-theme={globals['theme']}
    // Arabic has a direction of its own.
    dir={globals['locale'] === 'ar' ? 'rtl' : globals['direction']}
    lang={globals['locale']}
  >
    <Story />
  </div>
)

/**
 * Gives a View the language of the toolbar, which connected components have from the provider. A story that is about a language has its
 * own.
 */
export const withLanguage: Decorator = (Story, { args, argTypes, globals, loaded, title }) => {
  if (argTypes['locale'] === undefined) return <Story />
  const messages = loaded['messages'] as CompleteMessages | undefined
  const name = title.slice(title.lastIndexOf('/') + 1)
  return (
    <Story
      args={{
        locale: globals['locale'],
        // A ring says what a meter says.
        messages: messages?.[name === 'UsageRing' ? 'UsageMeter' : (name as keyof BillingMessages)],
        ...(argTypes['meterMessages'] && { meterMessages: messages?.UsageMeter }),
        ...args,
      }}
    />
  )
}

/**
 * What connected components ask: the server and the Polar of the toolbar's scenario, or, for a state that must not move, the one answer
 * that the story names as `parameters.scenario`. Views ask nobody.
 */
export const loadBackend: Loader = async ({ id, globals, parameters }) => {
  const scenario = parameters['scenario'] as Scenario | undefined
  if (scenario !== undefined) return { transport: createMemoryTransport(scenario) }
  if (parameters['live'] !== true) return {}
  return { transport: await startLive(id, globals['scenario'] as SituationName) }
}

export const withBilling: Decorator = (Story, { loaded, globals, id }) => (
  <Backend
    // Another scenario is another shop: nothing of the one before is kept.
    key={[id, globals['scenario']].join()}
    transport={(loaded['transport'] as BillingTransport | undefined) ?? createMemoryTransport({})}
    locale={globals['locale'] as string}
    messages={loaded['messages'] as CompleteMessages | undefined}
  >
    <Story />
  </Backend>
)

interface BackendProps {
  transport: BillingTransport
  locale: string
  messages: CompleteMessages | undefined
  children: ReactNode
}

function Backend({ transport, locale, messages, children }: BackendProps) {
  const [queryClient] = useState(() => new QueryClient())
  return (
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <BillingProvider
          transport={transport}
          organizationId={ORGANIZATION}
          catalog={scenarioCatalog}
          locale={locale}
          messages={messages}
          timeZone="UTC"
        >
          {children}
        </BillingProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}
