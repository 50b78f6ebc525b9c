import type { Checkout } from '../contract/checkout.js'
import type { CheckoutResult } from './checkout.js'
import { tellPurchase } from './purchases.js'

/** What the kit uses of `@polar-sh/checkout/embed` (0.4). */
export interface EmbedModule {
  PolarEmbedCheckout: {
    /** Resolves when the checkout has loaded; never, where its frame is blocked or its page does not speak to this origin. */
    create(url: string, options?: { theme?: 'light' | 'dark' }): Promise<EmbeddedCheckout>
  }
}

interface EmbeddedCheckout {
  close(): void
  addEventListener(type: 'close' | 'confirmed' | 'success', listener: (event: Event) => void): void
}

/** Loads the module: `() => import('@polar-sh/checkout/embed')`. */
export type LoadEmbed = () => Promise<EmbedModule>

type Theme = 'light' | 'dark' | undefined

/** The pages that the module listens to: it hears no other, and would wait for ever. */
const EMBEDDABLE = /^https:\/\/(sandbox\.)?polar\.sh\//

/** Milliseconds until a checkout that has not loaded is opened on its own page. */
const LOAD_TIMEOUT = 10_000

/**
 * Shows a checkout over the page. Resolves when it is paid or closed; with `undefined` where it cannot be embedded. It shares no module
 * with what every page loads: a bundler would cut that in two.
 */
export async function showCheckout(
  checkout: Checkout,
  organizationId: string | null,
  load: LoadEmbed,
  theme: Theme,
): Promise<CheckoutResult | undefined> {
  const { checkoutId, checkoutUrl } = checkout
  const embedded = EMBEDDABLE.test(checkoutUrl) ? await open(checkoutUrl, load, theme) : undefined
  if (embedded === undefined) return undefined
  const completed = await untilEnded(embedded)
  if (completed) tellPurchase({ organizationId, input: { fresh: true, checkoutId } })
  return { ...checkout, completed }
}

/** `undefined`: it could not be loaded in time, and nothing of it is seen. */
async function open(url: string, load: LoadEmbed, theme: Theme): Promise<EmbeddedCheckout | undefined> {
  try {
    const tooLate = new Promise<undefined>((resolve) => setTimeout(resolve, LOAD_TIMEOUT))
    const module = await Promise.race([load(), tooLate])
    if (module === undefined) return undefined
    const { body } = document
    const before: unknown[] = [...body.children, ...body.classList]
    const creating = module.PolarEmbedCheckout.create(url, theme && { theme })
    const elements = Array.from(body.children).filter((element) => !before.includes(element))
    const classes = Array.from(body.classList).filter((name) => !before.includes(name))
    const embedded = await Promise.race([creating, tooLate])
    if (embedded !== undefined) return embedded
    // It would lie over the page for whoever comes back. The module still counts on its elements.
    for (const element of elements) (element as HTMLElement).style.display = 'none'
    body.classList.remove(...classes)
    creating.then((late) => late.close()).catch(() => undefined)
  } catch {
    // Not installed, or its chunk could not be loaded.
  }
  return undefined
}

/** Resolves when the checkout has ended, with whether it was paid. */
function untilEnded(embedded: EmbeddedCheckout): Promise<boolean> {
  return new Promise((resolve) => {
    let isPaying = false
    embedded.addEventListener('confirmed', () => {
      isPaying = true
    })
    // It stays open while a payment is being processed.
    embedded.addEventListener('close', () => isPaying || resolve(false))
    embedded.addEventListener('success', (event) => {
      // It would leave for the page that the checkout returns to: this one knows what to do.
      event.preventDefault()
      embedded.close()
      resolve(true)
    })
  })
}
