import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen, within } from '@testing-library/react'
import {
  BillingBanner,
  BillingBannerView,
  BillingError,
  BillingProvider,
  type BillingNotice,
  type Subscription,
  SubscriptionCard,
} from 'polar-billing-kit'
import { billingQueryKey } from 'polar-billing-kit/query'
import { createMemoryTransport, scenarios } from 'polar-billing-kit/testing'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { changeableBackend, heldAnswer } from './changeableBackend.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const now = new Date('2026-12-20T12:00:00Z')
const at = '2026-12-21T09:00:00.000Z'
const canceled: BillingNotice = { kind: 'cancel_scheduled', at, meters: [] }

const banner = () => document.querySelector<HTMLElement>('.billing-banner')
const kind = () => banner()?.dataset['state'] ?? null
const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent)

describe('<BillingBannerView />', () => {
  testComponent(BillingBannerView, { notice: canceled, now }, HTMLDivElement)

  it.each([
    [
      { kind: 'past_due', at, meters: [] },
      'Your last payment failed',
      'Access ends tomorrow, on December 21, 2026. Update your payment method to keep it.',
    ],
    [
      { kind: 'past_due', at: null, meters: [] },
      'Your last payment failed',
      'Update your payment method to keep your plan.',
    ],
    [
      { kind: 'access_ended', at: '2026-12-19T09:00:00Z', meters: [] },
      'Your payment failed, and access has ended',
      'Access ended on December 19, 2026. Update your payment method to use your plan again.',
    ],
    [
      { kind: 'incomplete', at: null, meters: [] },
      'Your payment is not complete',
      'Your plan starts when the payment is through.',
    ],
    [{ kind: 'paused', at: null, meters: [] }, 'Your plan is paused', 'Resume it to use it again.'],
    [
      { kind: 'paused', at, meters: [] },
      'Your plan is paused',
      'It goes on by itself on December 21, 2026, or as soon as you resume it.',
    ],
    [
      { kind: 'limit_reached', at: null, meters: ['Characters', 'Voices', 'Seats'] },
      'Limit reached: Characters, Voices, and Seats',
      'You have used all that your plan allows.',
    ],
    [
      { kind: 'near_limit', at: null, meters: ['Characters'] },
      'Limit almost reached: Characters',
      'You have used most of what your plan allows.',
    ],
    [canceled, 'Your plan is canceled', 'It ends tomorrow, on December 21, 2026. Until then you can use it.'],
    [
      { kind: 'cancel_scheduled', at: null, meters: [] },
      'Your plan is canceled',
      'It ends with the current period. Until then you can use it.',
    ],
    [
      { kind: 'pause_scheduled', at, meters: [] },
      'Your plan will be paused',
      'The pause begins tomorrow, on December 21, 2026.',
    ],
    [
      { kind: 'trial_ending', at, meters: [] },
      'Your trial ends tomorrow',
      'It turns into a paid plan on December 21, 2026.',
    ],
    [
      { kind: 'stale', at: '2026-12-19T09:00:00Z', meters: [] },
      'Billing is not up to date',
      /What you see was last known on December 19, 2026 at 9:00\sAM\.$/,
    ],
  ] as [BillingNotice, string, string | RegExp][])('%j', async (notice, title, detail) => {
    const { container } = render(<BillingBannerView notice={notice} now={now} onDismiss={vi.fn()} />)
    expect(kind()).toBe(notice.kind)
    expect(screen.getByText(title)).toBeTruthy()
    expect(screen.getByText(detail)).toBeTruthy()
    await expectNoViolations(container)
  })

  it.each([
    ['past_due', 'alert'],
    ['access_ended', 'alert'],
  ] as const)('%s is an %s, which holds no button', (kind, role) => {
    render(<BillingBannerView notice={{ kind, at, meters: [] }} now={now} onDismiss={vi.fn()} />)
    expect(screen.getByRole(role).querySelector('button')).toBeNull()
  })

  it.each(['paused', 'cancel_scheduled', 'stale'] as const)('%s interrupts nobody', (kind) => {
    render(<BillingBannerView notice={{ kind, at, meters: [] }} now={now} />)
    expect(screen.queryByRole('alert')).toBeNull()
    expect(screen.queryByRole('status')).toBeNull()
  })

  it.each([
    [undefined, 'Resuming starts a new period and charges your payment method.'],
    [scenarios.paused.getSubscription, 'Resuming charges $29.00 now, plus any tax.'],
  ])('paused: what resuming charges', (subscription, text) => {
    const notice: BillingNotice = { kind: 'paused', at, meters: [] }
    render(<BillingBannerView notice={notice} now={now} subscription={subscription} />)
    expect(screen.getByText(text)).toBeTruthy()
  })

  it('nothing to say: renders nothing', () => {
    expect(render(<BillingBannerView notice={null} now={now} />).container.innerHTML).toBe('')
  })

  it('slot: actions; and a button that hides it', async () => {
    const onDismiss = vi.fn()
    render(
      <BillingBannerView
        notice={canceled}
        now={now}
        onDismiss={onDismiss}
        actions={<button type="button">Keep</button>}
      />,
    )
    expect(buttons()).toEqual(['Keep', '×'])
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(onDismiss).toHaveBeenCalledOnce()
  })

  it('an odd locale or zone breaks nothing', () => {
    const meters = ['Characters', 'Voices']
    const odd = { now, locale: 'en_US', timeZone: 'Mars/Olympus' }
    const { rerender } = render(<BillingBannerView notice={canceled} {...odd} />)
    expect(banner()?.textContent).toContain('It ends tomorrow, on December 21, 2026.')
    rerender(<BillingBannerView notice={{ kind: 'limit_reached', at: null, meters }} {...odd} />)
    expect(banner()?.textContent).toContain('Limit reached: Characters and Voices')
  })

  it('days are those of the zone, in the words of the locale', () => {
    render(<BillingBannerView notice={canceled} now={now} locale="de" timeZone="Pacific/Kiritimati" />)
    expect(banner()?.textContent).toContain('It ends heute, on 21. Dezember 2026.')
  })
})

describe('<BillingBanner />', () => {
  it.each([
    ['pastDue', 'past_due', ['Update payment method']],
    ['incomplete', 'incomplete', ['Update payment method']],
    ['paused', 'paused', ['Resume plan', '×']],
    ['canceling', 'cancel_scheduled', ['Keep plan', '×']],
    ['overLimit', 'limit_reached', ['Upgrade', '×']],
    ['nearLimit', 'near_limit', ['Upgrade', '×']],
    ['stale', 'stale', ['×']],
  ] as const)('%s: %s, with what can be done', async (name, state, names) => {
    const { container } = renderWithBilling(<BillingBanner now={now} onUpgrade={vi.fn()} />, {
      scenario: scenarios[name],
    })
    await expect.poll(kind).toBe(state)
    await expect.poll(buttons).toEqual(names)
    await expectNoViolations(container)
  })

  it('a trial that ends soon: prop trialEndingDays', async () => {
    const early = new Date('2026-12-01T12:00:00Z')
    const { rerender } = renderWithBilling(<BillingBanner now={early} trialEndingDays={4} />, {
      scenario: scenarios.trialing,
    })
    expect(await screen.findByText('Your trial ends in 4 days')).toBeTruthy()
    rerender(<BillingBanner now={early} />)
    expect(banner()).toBeNull()
  })

  it('a page that stays open says "today" when tomorrow has come', async () => {
    onTestFinished(() => void vi.useRealTimers())
    vi.useFakeTimers({
      toFake: ['Date', 'setInterval', 'clearInterval'],
      now: new Date('2026-12-20T23:58:30Z'),
    })
    renderWithBilling(<BillingBanner />, { scenario: scenarios.canceling })
    expect(await screen.findByText(/^It ends tomorrow/)).toBeTruthy()
    act(() => void vi.advanceTimersByTime(120_000))
    expect(screen.getByText(/^It ends today/)).toBeTruthy()
  })

  it('prop: onUpgrade', async () => {
    const onUpgrade = vi.fn()
    const { rerender } = renderWithBilling(<BillingBanner now={now} onUpgrade={onUpgrade} />, {
      scenario: scenarios.overLimit,
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Upgrade' }))
    expect(onUpgrade).toHaveBeenCalledOnce()
    rerender(<BillingBanner now={now} />)
    expect(buttons()).toEqual(['×'])
  })

  it('behavior: paused: says what resuming charges before the click', async () => {
    renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.paused })
    expect(await screen.findByText('Resuming charges $29.00 now, plus any tax.')).toBeTruthy()
  })

  it('behavior: the portal, where a payment failed', async () => {
    renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.pastDue })
    await userEvent.click(await screen.findByRole('button', { name: 'Update payment method' }))
    await expect.poll(() => location.hash).toBe('#portal')
  })

  it('behavior: kept at once, and a refusal brings the notice back, with its error', async () => {
    const held = heldAnswer<Subscription>()
    renderWithBilling(<BillingBanner now={now} />, {
      scenario: { ...changeableBackend(scenarios.canceling), updateSubscription: () => held.answer },
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Keep plan' }))
    await expect.poll(banner).toBeNull()
    held.refuse(new BillingError('TOO_MANY_REQUESTS', 'Too often.'))
    await expect.poll(kind).toBe('cancel_scheduled')
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Could not resume your plan. Please try again.',
    )
  })

  it.each([
    ['Keep plan', 'canceling'],
    ['Resume plan', 'paused'],
  ] as const)('behavior: %s with the keyboard: the focus stays where the notice was', async (name, from) => {
    renderWithBilling(
      <>
        <BillingBanner now={now} />
        <button type="button">After</button>
      </>,
      { scenario: changeableBackend(scenarios[from]) },
    )
    const button = await screen.findByRole('button', { name })
    button.focus()
    await userEvent.keyboard('{Enter}')
    await expect.poll(banner).toBeNull()
    expect(document.activeElement).toBe(screen.getByRole('status'))
    await userEvent.tab()
    expect(document.activeElement?.textContent).toBe('After')
  })

  it('behavior: a notice that goes by itself takes the focus from nobody', async () => {
    const queryClient = new QueryClient()
    const { getStatus } = scenarios.canceling
    const ui = (
      <>
        <BillingBanner now={now} />
        <button type="button">Elsewhere</button>
      </>
    )
    renderWithBilling(ui, { scenario: { getStatus }, queryClient })
    await expect.poll(kind).toBe('cancel_scheduled')
    screen.getByRole('button', { name: 'Elsewhere' }).focus()
    act(() => void queryClient.setQueryData(billingKey('getStatus'), scenarios.active.getStatus))
    await expect.poll(banner).toBeNull()
    expect(document.activeElement?.textContent).toBe('Elsewhere')
  })

  it('behavior: what the card has just canceled is not taken back before the server has heard of it', async () => {
    const held = heldAnswer<Subscription>()
    const updateSubscription = vi.fn(() => held.answer)
    const ui = (
      <>
        <BillingBanner now={now} />
        <SubscriptionCard />
      </>
    )
    renderWithBilling(ui, { scenario: { ...changeableBackend(), updateSubscription } })
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
    const dialog = within(await screen.findByRole('dialog'))
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel plan' }))
    await expect.poll(kind).toBe('cancel_scheduled')
    const keep = banner()?.querySelector('button')
    expect(keep?.dataset['state']).toBe('busy')
    held.give({ ...scenarios.canceling.getSubscription })
    await expect.poll(() => updateSubscription.mock.settledResults.length).toBe(1)
  })

  it.each([
    ['TOO_MANY_REQUESTS', 'Could not resume your plan. Please try again.'],
    ['PAYMENT_REQUIRED', failureMessages.paymentFailed],
    ['CONFLICT', 'The server’s own words.'],
    ['SERVICE_UNAVAILABLE', failureMessages.outcomeUnknown],
  ] as const)('behavior: resuming fails: %s', async (code, text) => {
    renderWithBilling(<BillingBanner now={now} />, {
      scenario: {
        ...scenarios.paused,
        updateSubscription: new BillingError(code, 'The server’s own words.'),
      },
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Resume plan' }))
    expect((await screen.findByRole('alert')).textContent).toBe(text)
  })

  it('behavior: a backend that cannot resume: the portal can', async () => {
    renderWithBilling(<BillingBanner now={now} />, {
      scenario: { ...scenarios.canceling, updateSubscription: undefined },
    })
    await expect.poll(buttons).toEqual(['Manage billing', '×'])
  })

  describe('dismissed', () => {
    afterEach(() => vi.restoreAllMocks())

    const dismiss = async () => userEvent.click(await screen.findByRole('button', { name: 'Dismiss' }))

    it('it stays away for the session, and nothing else does', async () => {
      const { unmount } = renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.canceling })
      await dismiss()
      expect(banner()).toBeNull()
      unmount()
      renderWithBilling(
        <>
          <BillingBanner now={now} />
          <p>there</p>
        </>,
        { scenario: scenarios.paused },
      )
      await expect.poll(kind).toBe('paused')
    })

    it('behavior: with the keyboard: the focus stays where the notice was', async () => {
      renderWithBilling(
        <>
          <button type="button">Before</button>
          <BillingBanner now={now} />
          <button type="button">After</button>
        </>,
        { scenario: scenarios.canceling, organizationId: 'keyboard' },
      )
      ;(await screen.findByRole('button', { name: 'Dismiss' })).focus()
      const top = window.scrollY
      await userEvent.keyboard('{Enter}')
      expect(banner()).toBeNull()
      expect(document.activeElement).toBe(document.querySelector('[role="status"]'))
      expect(window.scrollY).toBe(top)
      await userEvent.tab()
      expect(document.activeElement?.textContent).toBe('After')
      await userEvent.tab({ shift: true })
      expect(document.activeElement?.textContent).toBe('Before')
    })

    it('behavior: also where the session storage is full', async () => {
      vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
        throw new DOMException('Full.', 'QuotaExceededError')
      })
      renderWithBilling(<BillingBanner now={now} />, {
        scenario: scenarios.canceling,
        organizationId: 'full',
      })
      await dismiss()
      expect(banner()).toBeNull()
    })

    it('behavior: after a reload, too; another organization still sees it', async () => {
      const first = renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.canceling })
      await dismiss()
      first.unmount()
      const queryClient = new QueryClient()
      const again = renderWithBilling(<BillingBanner now={now} />, {
        scenario: scenarios.canceling,
        queryClient,
      })
      await expect.poll(() => queryClient.getQueryData(billingKey('getUsage'))).toBeTruthy()
      await expect.poll(() => queryClient.getQueryData(billingKey('getStatus'))).toBeTruthy()
      expect(banner()).toBeNull()
      again.unmount()
      renderWithBilling(<BillingBanner now={now} />, {
        scenario: scenarios.canceling,
        organizationId: 'other',
      })
      await expect.poll(kind).toBe('cancel_scheduled')
    })

    it('behavior: with another end it is another notice', async () => {
      const { unmount } = renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.canceling })
      await dismiss()
      unmount()
      const getStatus = { ...scenarios.canceling.getStatus, expiresAt: '2027-01-21T09:00:00Z' }
      renderWithBilling(<BillingBanner now={now} />, { scenario: { ...scenarios.canceling, getStatus } })
      await expect.poll(kind).toBe('cancel_scheduled')
    })

    it('behavior: a browser that blocks the session storage remembers until a reload', async () => {
      const blocked = () => {
        throw new DOMException('Blocked', 'SecurityError')
      }
      vi.spyOn(Storage.prototype, 'getItem').mockImplementation(blocked)
      vi.spyOn(Storage.prototype, 'setItem').mockImplementation(blocked)
      renderWithBilling(<BillingBanner now={now} />, {
        scenario: scenarios.canceling,
        organizationId: 'blocked',
      })
      await dismiss()
      expect(banner()).toBeNull()
    })

    it('behavior: rendered on a server, which cannot know of it, it goes away without a complaint', async () => {
      const first = renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios.canceling })
      await dismiss()
      first.unmount()
      const complain = vi.spyOn(console, 'error')
      const queryClient = new QueryClient()
      const operations = ['getStatus', 'getSubscription', 'getUsage'] as const
      for (const operation of operations) {
        queryClient.setQueryData(billingKey(operation), scenarios.canceling[operation])
      }
      const page = (
        <QueryClientProvider client={queryClient}>
          <BillingProvider
            transport={createMemoryTransport(scenarios.canceling)}
            organizationId="acme"
            locale="en-US"
            timeZone="UTC"
          >
            <BillingBanner now={now} />
          </BillingProvider>
        </QueryClientProvider>
      )
      const container = document.createElement('div')
      document.body.append(container)
      container.innerHTML = renderToString(page)
      // This is a browser: React 18 complains about layout effects, which a server never meets.
      complain.mockClear()
      expect(kind()).toBe('cancel_scheduled')
      const { unmount } = render(page, { container, hydrate: true })
      expect(banner()).toBeNull()
      expect(complain).not.toHaveBeenCalled()
      unmount()
    })

    it('prop: dismissible; a payment that failed never is', async () => {
      const { unmount } = renderWithBilling(<BillingBanner now={now} dismissible={false} />, {
        scenario: scenarios.canceling,
      })
      await expect.poll(buttons).toEqual(['Keep plan'])
      unmount()
      renderWithBilling(<BillingBanner now={now} dismissible />, { scenario: scenarios.pastDue })
      await expect.poll(buttons).toEqual(['Update payment method'])
    })
  })

  it.each(['active', 'free', 'canceled', 'down', 'loading'] as const)(
    '%s: nothing is urgent, or nothing is known',
    async (name) => {
      const queryClient = new QueryClient()
      renderWithBilling(<BillingBanner now={now} />, { scenario: scenarios[name], queryClient })
      const isKnown = () =>
        ['getStatus', 'getSubscription', 'getUsage'].every((operation) => {
          const state = queryClient.getQueryState(billingKey(operation))
          return (state?.data ?? state?.fetchFailureReason ?? null) !== null
        })
      if (name !== 'loading') await expect.poll(isKnown).toBe(true)
      expect(banner()).toBeNull()
    },
  )

  it('behavior: a backend that has the status alone', async () => {
    renderWithBilling(<BillingBanner now={now} />, {
      scenario: { getStatus: scenarios.pastDue.getStatus },
    })
    await expect.poll(kind).toBe('past_due')
    expect(buttons()).toEqual([])
  })

  it('behavior: signed out', () => {
    const { container } = renderWithBilling(<BillingBanner />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })
})

const billingKey = (operation: string) => billingQueryKey('acme', operation)
