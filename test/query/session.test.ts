import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { checkoutMutationOptions, type SessionOptions } from 'polar-billing-kit/query'
import { createMemoryTransport } from 'polar-billing-kit/testing'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const HERE = 'https://app.test/#/plans'

/** A page that can be left, as far as opening another one looks at it. */
function stubPage() {
  const location = new URL(HERE)
  // As in a browser: an anchor changes the address at once, any other page only once it is there.
  const assign = vi.fn((url: string) => {
    const { href, origin, pathname } = new URL(url, location)
    if (origin + pathname === location.origin + location.pathname) location.href = href
  })
  vi.stubGlobal('location', Object.assign(location, { assign }))
  return { assign }
}

describe('opening a page of the provider', () => {
  let page: ReturnType<typeof stubPage>
  beforeEach(() => {
    page = stubPage()
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  /** A button's mutation over a backend that answers this URL. */
  function button(checkoutUrl: string) {
    const createCheckout = vi.fn(async () => ({ checkoutUrl }))
    const config = { transport: createMemoryTransport({ createCheckout }), organizationId: 'acme' }
    const click = (options?: SessionOptions) => {
      const observer = new MutationObserver(new QueryClient(), checkoutMutationOptions(config, options))
      const done = observer.mutate({ planType: 'pro' })
      return { done, state: () => observer.getCurrentResult().status }
    }
    return { click, createCheckout }
  }

  it('stays pending while the page is left, and is free for who has not left', async () => {
    const { click } = button('https://checkout.test/1')
    const { done, state } = click()
    await vi.waitFor(() => expect(page.assign).toHaveBeenCalledWith('https://checkout.test/1'))
    await vi.advanceTimersByTimeAsync(4_000)
    expect(state()).toBe('pending')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(await done).toEqual({ checkoutUrl: 'https://checkout.test/1' })
  })

  it.each(['#checkout', '#', '/#/checkout', 'https://app.test/#/checkout'])(
    '%s leaves nothing: it is free at once, every time',
    async (url) => {
      const { click } = button(url)
      await click().done
      await click().done
      expect(page.assign).toHaveBeenCalledTimes(2)
    },
  )

  it('a second click gets the first one’s promise', async () => {
    const { click, createCheckout } = button('https://checkout.test/1')
    const clicks = [click(), click()]
    await vi.waitFor(() => expect(page.assign).toHaveBeenCalledOnce())
    await vi.advanceTimersByTimeAsync(5_000)
    await Promise.all(clicks.map(({ done }) => done))
    expect(createCheckout).toHaveBeenCalledOnce()
  })

  it('who wants the URL alone never waits for somebody else’s redirect', async () => {
    const { click } = button('https://checkout.test/1')
    click()
    expect(await click({ redirect: false }).done).toEqual({ checkoutUrl: 'https://checkout.test/1' })
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', 'portal'])('never goes to %s', async (url) => {
    await expect(button(url).click().done).rejects.toMatchObject({ code: 'INVALID_RESPONSE' })
    expect(page.assign).not.toHaveBeenCalled()
  })
})
