import type { UseMutationOptions } from '@tanstack/react-query'
import { BillingError } from '../contract/errors.js'
import type { InvoiceInput } from '../contract/orders.js'
import { assertShown, type BillingQueryConfig, callTransport } from './config.js'
import { assertHttp, leaveFor } from './leaveFor.js'
import { onceOptions } from './onceOptions.js'
import { pause } from './pause.js'

export interface InvoiceOptions {
  /** Whether to open the invoice in a tab; `false` hands its URL back. @default true */
  open?: boolean | undefined
  /** What the tab says until the invoice is there. @default nothing */
  waitingText?: string | undefined
  /** What it says from then on where the invoice is a download, as Polar's are: no page can see that its tab stays. @default nothing */
  sentText?: string | undefined
}

/** A finished invoice. The URL works for minutes and is a credential: go there, never store or log it. */
export interface InvoiceLink {
  url: string
}

/** Pauses of 1, 2, … 7 seconds between the looks: an invoice that is not there after half a minute takes longer. */
const LOOKS = 8
const STEP = 1_000

/**
 * Opens an order's invoice, and waits for one that is still being made. The tab opens at once, for later the browser would take it for a
 * popup; where it is blocked all the same, this page leaves for the invoice. The mutation outlives the component that began it: its
 * tab is waiting. Closing that tab ends it (`ABORTED`).
 */
export function invoiceMutationOptions(
  config: BillingQueryConfig,
  { open = true, ...texts }: InvoiceOptions = {},
): UseMutationOptions<InvoiceLink, BillingError, InvoiceInput> {
  return {
    ...onceOptions(
      config,
      'getInvoice',
      (input) => (open ? openInvoice(config, input, texts) : waitForInvoice(config, input)),
      open,
    ),
    // Not 0: one that waits after its component has gone would be looked at a thousand times a second.
    gcTime: STEP,
  }
}

async function openInvoice(
  config: BillingQueryConfig,
  input: InvoiceInput,
  { waitingText = '', sentText = '' }: InvoiceOptions,
): Promise<InvoiceLink> {
  const tab = openTab(waitingText)
  try {
    const invoice = await waitForInvoice(config, input, tab)
    if (tab === null) await leaveFor(invoice.url)
    else {
      write(tab, sentText)
      // "Back" must not lead to the empty page.
      tab.location.replace(invoice.url)
    }
    return invoice
  } catch (error) {
    tab?.close()
    throw error
  }
}

function openTab(text: string): Window | null {
  const tab = window.open('', '_blank')
  if (tab === null) return null
  // What opens there must not reach this page.
  tab.opener = null
  write(tab, text)
  return tab
}

function write({ document }: Window, text: string): void {
  document.title = text
  document.body.textContent = text
}

async function waitForInvoice(
  config: BillingQueryConfig,
  input: InvoiceInput,
  tab: Window | null = null,
): Promise<InvoiceLink> {
  for (let look = 1; look <= LOOKS; look += 1) {
    const { url } = await callTransport(config, 'getInvoice', input)
    assertShown(config)
    if (tab?.closed === true) throw new BillingError('ABORTED', 'The tab of the invoice was closed.')
    if (url !== undefined) {
      assertHttp(url)
      return { url }
    }
    if (look < LOOKS) await pause(look * STEP, new AbortController().signal)
  }
  throw new BillingError('TIMEOUT', 'The invoice is still being made. Ask again in a minute.')
}
