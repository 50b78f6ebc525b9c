import type { BillingEvent, OnEvent } from './events.js'

export interface EventReport {
  onEvent: OnEvent
  /** When a webhook came to this process. */
  lastWebhookAt: () => Date | null
}

/** Tells the app what happens. Its listener may fail, at once or later: billing goes on, and the console says so. */
export function reportEvents(listener: OnEvent, now: () => Date): EventReport {
  let lastWebhookAt: Date | null = null
  return {
    onEvent: (event) => {
      if (event.type === 'webhook_received') lastWebhookAt = now()
      void tell(listener, event)
    },
    lastWebhookAt: () => lastWebhookAt,
  }
}

// A function that returns a promise fits `OnEvent`; a rejection that nobody hears ends the process.
async function tell(listener: OnEvent, event: BillingEvent): Promise<void> {
  try {
    await (listener(event) as unknown)
  } catch (error) {
    // oxlint-disable-next-line no-console -- the log itself has failed
    console.error(`[polar-billing-kit] onEvent failed on "${event.type}": ${String(error)}`)
  }
}
