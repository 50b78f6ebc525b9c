import type * as trpc from '@trpc/server'
import type * as appCatalog from './billing/catalog.js'
import type * as appSession from './billing/session.js'
import type * as react from 'react'
import type * as testing from '@testing-library/react'
import type * as reactClient from 'react-dom/client'
import type * as query from '@tanstack/react-query'
import type * as reactServer from 'react-dom/server'
import type { getRequestListener } from '@hono/node-server'
import type { Context } from 'hono'
import type {
  BillingProviderProps,
  BillingTransport,
  CompleteMessages as Words,
  RenderButton as Draw,
} from 'polar-billing-kit'
import type {
  Billing as BillingServer,
  BillingOptions,
  TransactionClient,
  UsageEvent,
} from 'polar-billing-kit/server'
import type { ButtonHTMLAttributes, ComponentType, PropsWithChildren, ReactNode as Node } from 'react'

// What the samples find around them: names of an app, and what a sample before them imports or declares.

/** A server of Hono, or of Express. */
interface App {
  all(path: string, handle: (c: Pick<Context, 'req'>) => Promise<Response>): void
  all(path: string, listener: ReturnType<typeof getRequestListener>): void
}

interface Audio {
  id: string
}

interface Generate {
  (text: string): Promise<Audio>
  (input: { organizationId: string; text: string }): Promise<Audio>
}

/** Of a design system. */
type Button = ComponentType<
  ButtonHTMLAttributes<HTMLButtonElement> & {
    variant?: 'default' | 'outline' | 'destructive'
    size?: 'large'
    look?: string | undefined
    asChild?: boolean
  }
>

declare global {
  // The server.
  const app: App
  const t: ReturnType<typeof trpc.initTRPC.create>
  type Context = { session: { orgId: string } | null }
  const options: BillingOptions
  const billing: () => BillingServer
  const catalog: typeof appCatalog.catalog
  const getSession: typeof appSession.getSession
  const session: { orgId: string; email: string }
  const organizationId: string
  const text: string
  const usageEvent: UsageEvent
  const generation: Audio
  const generate: Generate
  const client: TransactionClient & { query(sql: string): Promise<unknown> }
  const assertRoom: (organizationId: string, amount: number) => Promise<void>
  const mailOwners: (organizationId: string | null, facts: Record<string, string | null>) => Promise<void>
  const logger: { info(fields: Record<string, unknown>): void }
  const customersOfYourDatabase: () => Promise<{ polarCustomerId: string; organizationId: string }[]>
  const oldSubscriptionOf: (organizationId: string) => Promise<{ plan: string; endsAt: string } | null>

  // The browser.
  const provider: Omit<BillingProviderProps, 'children'>
  const transport: BillingTransport
  const useState: typeof react.useState
  const render: typeof testing.render
  const createRoot: typeof reactClient.createRoot
  const root: Element
  const App: ComponentType<{ messages?: Words | undefined; queryClient?: unknown; state?: unknown }>
  const Billing: ComponentType
  const Providers: ComponentType<
    PropsWithChildren<{ organizationId: string | null; messages?: Words | undefined }>
  >
  const ApiKeys: ComponentType
  const GenerateButton: ComponentType
  const Skeleton: ComponentType
  const Card: ComponentType<Record<string, unknown>>
  const Badge: ComponentType<{ variant: 'secondary' }>
  const Button: Button
  const MyButton: Button
  const cn: (...classes: (string | undefined)[]) => string
  const waiting: string
  const buttonVariants: (options: { variant: 'outline' }) => string
  type ReactNode = Node
  type CompleteMessages = Words
  type RenderButton = Draw

  // Pages that a server renders.
  interface LayoutProps {
    params: Promise<{ language: string }>
    children: Node
  }
  const currentOrganization: () => Promise<string | null>
  const loadMessages: (language: string) => Promise<Words | undefined>
  const QueryClient: typeof query.QueryClient
  const HydrationBoundary: typeof query.HydrationBoundary
  const dehydrate: typeof query.dehydrate
  const renderToPipeableStream: typeof reactServer.renderToPipeableStream
  const response: NodeJS.WritableStream
}
