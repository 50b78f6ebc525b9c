import type { Database } from '../database/database.js'
import type { ProviderHealth } from '../paymentProvider.js'
import type { UsageBacklog, UsageOutbox } from '../usage/outbox.js'
import { type Inbox, readDatabase } from './readDatabase.js'

/** How this process and its queues are. Counts stop at 10,000, which then means "or more"; `null`: the database did not say. */
export interface BillingHealth {
  /**
   * Whether this process can serve. False only while its database does not answer, or lacks tables that this release needs. The
   * provider being away does not make it false: the last known state is served, and a restart would not bring the provider back.
   */
  ok: boolean
  database: {
    /** `null`: there is none, and everything is kept in memory. */
    kind: Database['kind'] | null
    ok: boolean
    /** `false`: call `billing.migrate()`. */
    migrated: boolean | null
    latencyMs: number | null
  }
  webhooks: {
    /** Taken, and not worked yet. */
    waiting: number | null
    /** ISO 8601. Without a database of this process alone. */
    lastReceivedAt: string | null
  }
  usage: UsageBacklog | { [Key in keyof UsageBacklog]: null }
  provider: ProviderHealth | null
}

/** Milliseconds that a database has to answer in. */
const PATIENCE = 2_000

interface HealthOptions {
  database: Database | undefined
  readBacklog: UsageOutbox['backlog']
  readProvider: () => Promise<ProviderHealth>
  /** As far as this process knows. */
  lastWebhookAt: () => Date | null
}

interface Reading extends Pick<BillingHealth, 'usage' | 'webhooks' | 'provider'> {
  database: Pick<BillingHealth['database'], 'ok' | 'migrated' | 'latencyMs'>
}

const UNKNOWN: Reading = {
  database: { ok: false, migrated: null, latencyMs: null },
  webhooks: { waiting: null, lastReceivedAt: null },
  usage: { waiting: null, oldestUndeliveredAt: null, deadLettered: null },
  provider: null,
}

/** Reads how things are, within two seconds, whatever hangs. */
export function createHealth(options: HealthOptions): () => Promise<BillingHealth> {
  const { database } = options
  let running: Promise<Reading> | undefined

  // One at a time: behind a database that hangs, the questions of a monitor would take all its connections.
  function ask(): Promise<Reading> {
    running ??= readAll(options).finally(() => {
      running = undefined
    })
    return running
  }

  return async () => {
    const reading = await within(PATIENCE, ask(), UNKNOWN)
    return {
      ok: reading.database.ok && reading.database.migrated !== false,
      ...reading,
      database: { kind: database?.kind ?? null, ...reading.database },
    }
  }
}

/** A database that fails says nothing of the provider: what this process knows of it is told all the same. */
async function readAll(options: HealthOptions): Promise<Reading> {
  const [provider, queues] = await Promise.all([
    options.readProvider(),
    readQueues(options).catch(() => UNKNOWN),
  ])
  return { ...queues, provider }
}

async function readQueues({
  database,
  readBacklog,
  lastWebhookAt,
}: HealthOptions): Promise<Omit<Reading, 'provider'>> {
  if (database === undefined) {
    return {
      database: { ok: true, migrated: null, latencyMs: null },
      webhooks: toWebhooks({ waiting: 0, lastReceivedAt: lastWebhookAt() }),
      usage: await readBacklog(),
    }
  }
  const start = performance.now()
  const inbox = await readDatabase(database)
  const latencyMs = Math.round(performance.now() - start)
  if (inbox === null) return { ...UNKNOWN, database: { ok: true, migrated: false, latencyMs } }
  return {
    database: { ok: true, migrated: true, latencyMs },
    webhooks: toWebhooks(inbox),
    usage: await readBacklog(),
  }
}

function toWebhooks({ waiting, lastReceivedAt }: Inbox): BillingHealth['webhooks'] {
  return { waiting, lastReceivedAt: lastReceivedAt?.toISOString() ?? null }
}

/** The answer, or the fallback if there is none in time. A failure has its place in the app's log where it hurts: in its requests. */
async function within<T>(patience: number, answer: Promise<T>, fallback: T): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const timeout = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(fallback), patience)
  })
  try {
    return await Promise.race([answer, timeout])
  } finally {
    clearTimeout(timer)
  }
}
