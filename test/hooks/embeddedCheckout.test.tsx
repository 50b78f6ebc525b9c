import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import {
  BillingError,
  type CheckoutInput,
  CheckoutReturn,
  type LoadEmbed,
  PlanBadge,
  UpgradeButton,
  useCheckout,
} from 'polar-billing-kit'
import type { PartialStatus } from 'polar-billing-kit/contract'
import { scenarios } from 'polar-billing-kit/testing'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderBillingHook, renderWithBilling } from '../renderWithBilling.js'

const URL_AT_POLAR = 'https://sandbox.polar.sh/checkout/polar_c_secret'
/** The real module. */
const embed = () => import('@polar-sh/checkout/embed')

// Polar's page is not loaded: its messages come from the test.
beforeAll(() => {
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `frame-src 'none'`
  document.head.append(policy)
})

/** Where the browser would have gone. */
let left: string[]
let listening: AbortController
beforeEach(() => {
  left = []
  listening = new AbortController()
  navigation.addEventListener(
    'navigate',
    (event) => {
      left.push(event.destination.url)
      event.preventDefault()
    },
    listening,
  )
})
afterEach(async () => {
  listening.abort()
  vi.useRealTimers()
  await say('close')
})

const frames = () => Array.from(document.querySelectorAll<HTMLIFrameElement>('body > iframe'))

/** What the page inside of the frame says to the module: each message is a task of its own. */
async function say(event: string, more: object = {}) {
  const data = { type: 'POLAR_CHECKOUT', event, ...more }
  const { port1, port2 } = new MessageChannel()
  await act(async () => {
    window.dispatchEvent(new MessageEvent('message', { data, origin: 'https://sandbox.polar.sh' }))
    await new Promise((resolve) => {
      port1.addEventListener('message', resolve)
      port1.start()
      port2.postMessage(null)
    })
  })
}
const SUCCESS = { successURL: 'https://app.test/?billing=checkout', redirect: true }

/** A backend that opens this checkout, and whose status a test changes. */
function backend(checkoutUrl = URL_AT_POLAR) {
  const state = { status: scenarios.free.getStatus as PartialStatus, asked: [] as object[] }
  const createCheckout = vi.fn(async (_input: CheckoutInput) => ({ checkoutUrl, checkoutId: 'chk_1' }))
  const getStatus = async (input: object) => {
    state.asked.push(input)
    return state.status
  }
  return { state, createCheckout, scenario: { ...scenarios.free, getStatus, createCheckout } }
}

/** A button's mutation, once it has been clicked. */
function clicked({ embed, theme }: { embed?: LoadEmbed; theme?: 'dark' }, checkoutUrl?: string) {
  const { createCheckout, scenario } = backend(checkoutUrl)
  const { result } = renderBillingHook(() => useCheckout({ mode: 'embed', theme }), { scenario, embed })
  act(() => result.current.mutate({ planType: 'pro' }))
  return { result, createCheckout }
}

const loaded = async () => {
  await waitFor(() => expect(frames()).toHaveLength(1))
  await say('loaded')
}

describe('useCheckout({ mode: ‘embed’ })', () => {
  it('shows the checkout over the page, in the colours that were asked for', async () => {
    const { result, createCheckout } = clicked({ embed, theme: 'dark' })
    await loaded()
    expect(frames()[0]?.src).toContain(`${URL_AT_POLAR}?`)
    expect(new URL(frames()[0]?.src ?? '').searchParams.get('theme')).toBe('dark')
    expect(createCheckout.mock.calls[0]?.[0]).toEqual({ planType: 'pro', embed: true })
    expect(result.current.isPending).toBe(true)
  })

  it('paid: it closes, stays on the page, and says so', async () => {
    const { result } = clicked({ embed })
    await loaded()
    await say('success', SUCCESS)
    await waitFor(() =>
      expect(result.current.data).toEqual({
        checkoutUrl: URL_AT_POLAR,
        checkoutId: 'chk_1',
        completed: true,
      }),
    )
    expect(frames()).toEqual([])
    expect(left).toEqual([])
  })

  it('closed: nothing was bought, and it may be opened again', async () => {
    const { result, createCheckout } = clicked({ embed })
    await loaded()
    await say('close')
    await waitFor(() => expect(result.current.data?.completed).toBe(false))
    expect(result.current.error).toBeNull()
    expect(frames()).toEqual([])
    act(() => result.current.mutate({ planType: 'pro' }))
    await loaded()
    expect(createCheckout).toHaveBeenCalledTimes(2)
  })

  it('while a payment is processed it cannot be closed', async () => {
    const { result } = clicked({ embed })
    await loaded()
    await say('confirmed')
    await say('close')
    expect(frames()).toHaveLength(1)
    await say('success', SUCCESS)
    await waitFor(() => expect(result.current.data?.completed).toBe(true))
  })

  it('a second click opens no second one', async () => {
    const { result, createCheckout } = clicked({ embed })
    act(() => result.current.mutate({ planType: 'pro' }))
    await loaded()
    await say('close')
    await waitFor(() => expect(result.current.isSuccess).toBe(true))
    expect(createCheckout).toHaveBeenCalledOnce()
  })

  it('a refusal of the server is an error, and opens nothing', async () => {
    const load = vi.fn(embed)
    const createCheckout = async () => {
      throw new BillingError('CONFLICT', 'This organization already has the plan Pro.')
    }
    const { result } = renderBillingHook(() => useCheckout({ mode: 'embed' }), {
      scenario: { createCheckout },
      embed: load,
    })
    act(() => result.current.mutate())
    await waitFor(() => expect(result.current.error).toMatchObject({ code: 'CONFLICT' }))
    expect(load).not.toHaveBeenCalled()
  })

  describe('leaves for the checkout’s page', () => {
    it.each(['https://checkout.test/1', 'https://polar.sh.evil.test/1', 'http://localhost:4010/checkout/1'])(
      'of %s, which the module does not listen to',
      async (url) => {
        clicked({ embed }, url)
        await waitFor(() => expect(left).toEqual([url]))
        expect(frames()).toEqual([])
      },
    )

    it('where the provider has no module, and the server opens an ordinary one', async () => {
      const { createCheckout } = clicked({})
      await waitFor(() => expect(left).toEqual([URL_AT_POLAR]))
      expect(createCheckout.mock.calls[0]?.[0]).toEqual({ planType: 'pro' })
    })

    it('where the module cannot be loaded', async () => {
      clicked({ embed: () => Promise.reject(new Error('Failed to fetch dynamically imported module')) })
      await waitFor(() => expect(left).toEqual([URL_AT_POLAR]))
    })

    it('where the module does not load in time', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const load = vi.fn(() => new Promise<never>(() => undefined))
      clicked({ embed: load })
      await vi.waitFor(() => expect(load).toHaveBeenCalled())
      vi.advanceTimersByTime(10_000)
      await vi.waitFor(() => expect(left).toEqual([URL_AT_POLAR]))
    })

    it('where the checkout does not load in time, and nothing lies over the page', async () => {
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
      const before = Array.from(document.body.children)
      clicked({ embed })
      await vi.waitFor(() => expect(frames()).toHaveLength(1))
      vi.advanceTimersByTime(10_000)
      await vi.waitFor(() => expect(left).toEqual([URL_AT_POLAR]))
      const seen = Array.from(document.body.children).filter((element) => element.checkVisibility())
      expect(seen.filter((element) => !before.includes(element) && element.textContent !== '')).toEqual([])
      expect(frames()[0]?.checkVisibility()).toBe(false)
      expect(document.body.classList).toHaveLength(0)
      // It loads after all.
      await say('loaded')
      await vi.waitFor(() => expect(frames()).toEqual([]))
    })
  })
})

describe('<UpgradeButton mode="embed" />', () => {
  it('what was bought turns the page without a reload', async () => {
    const { state, scenario } = backend()
    renderWithBilling(
      <>
        <CheckoutReturn />
        <PlanBadge data-testid="badge" />
        <UpgradeButton planType="pro" mode="embed" />
      </>,
      { scenario, embed },
    )
    const badge = screen.getByTestId('badge')
    await waitFor(() => expect(badge.textContent).toBe('Free'))
    fireEvent.click(screen.getByRole('button'))
    await loaded()
    state.status = { ...scenarios.free.getStatus, checkout: 'confirmed' }
    await say('success', SUCCESS)
    await waitFor(() => expect(badge.dataset['state']).toBe('confirming'))
    expect(screen.getByRole('status').dataset['state']).toBe('waiting')
    expect(screen.getByRole('button').dataset['state']).toBe('busy')
    expect(state.asked.at(-1)).toEqual({ fresh: true, checkoutId: 'chk_1' })
    state.status = { ...scenarios.active.getStatus, checkout: 'succeeded' }
    await waitFor(() => expect(badge.textContent).toBe('Pro'))
    await waitFor(() => expect(screen.getByRole('status').dataset['state']).toBe('active'))
    expect(left).toEqual([])
  })

  it('buys a second time: what was bought before does not speak for it', async () => {
    const { state, scenario } = backend()
    state.status = { ...scenarios.active.getStatus, checkout: 'succeeded' }
    renderWithBilling(
      <>
        <CheckoutReturn />
        <UpgradeButton planType="team" mode="embed" />
      </>,
      { scenario, embed },
    )
    await waitFor(() => expect(screen.getByRole('button').dataset['state']).toBe('idle'))
    fireEvent.click(screen.getByRole('button'))
    await loaded()
    state.status = { ...scenarios.active.getStatus, checkout: 'confirmed' }
    await say('success', SUCCESS)
    await waitFor(() => expect(screen.getByRole('status').dataset['state']).toBe('waiting'))
  })
})
