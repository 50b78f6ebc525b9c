import type { Database } from './database/database.js'
import { type OnEvent, printEvent } from './events.js'
import { openDatabase } from './openDatabase.js'
import type { BillingOptions } from './options.js'
import { reportEvents } from './reportEvents.js'

/** What everything in the server half stands on. */
export interface Runtime {
  now: () => Date
  onEvent: OnEvent
  /** Reports a fault of the configuration once. */
  warnOnce: (message: string) => void
  /** `undefined`: everything is kept in memory. */
  database: Database | undefined
  /** As far as this process knows. */
  lastWebhookAt: () => Date | null
}

export function createRuntime({ now = () => new Date(), onEvent, database }: BillingOptions): Runtime {
  const report = reportEvents(onEvent ?? printEvent, now)
  return {
    ...report,
    now,
    warnOnce: createWarnOnce(report.onEvent),
    database: database && openDatabase(database),
  }
}

function createWarnOnce(onEvent: OnEvent): (message: string) => void {
  const warned = new Set<string>()
  return (message) => {
    if (warned.has(message)) return
    warned.add(message)
    onEvent({ type: 'warning', message })
  }
}
