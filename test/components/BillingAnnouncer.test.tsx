import { QueryClient } from '@tanstack/react-query'
import { screen, within } from '@testing-library/react'
import {
  BillingAnnouncer,
  BillingBanner,
  type BillingStatus,
  CheckoutReturn,
  PricingTable,
  type Subscription,
  SubscriptionCard,
  type Usage,
  useBillingStatus,
  useUsage,
} from 'polar-billing-kit'
import { billingQueryKey } from 'polar-billing-kit/query'
import { scenarios } from 'polar-billing-kit/testing'
import type { ReactNode } from 'react'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations } from './testComponent.js'

const { free, active, trialing, pastDue, paused, nearLimit, overLimit } = scenarios

type Running = Pick<typeof active, 'getStatus' | 'getSubscription' | 'listPlans'>

interface Answers {
  getStatus: BillingStatus
  getUsage: Usage
}

/** Shows what the page knows. */
function Known() {
  const { data: status } = useBillingStatus()
  const { data: usage } = useUsage()
  return <pre hidden>{JSON.stringify([status, usage])}</pre>
}

/** A page over a backend whose answers change; it is there when it knows the first ones. */
async function openPage(ui: ReactNode, from: Answers, organizationId = 'acme') {
  let answers = from
  const queryClient = new QueryClient()
  const scenario = {
    ...active,
    getStatus: async () => answers.getStatus,
    getUsage: async () => answers.getUsage,
  }
  const page = renderWithBilling(
    <>
      {ui}
      <Known />
    </>,
    { scenario, queryClient, organizationId },
  )
  const shown = () =>
    expect
      .poll(() => page.container.querySelector('pre')?.textContent)
      .toBe(JSON.stringify([answers.getStatus, answers.getUsage]))
  await shown()
  return {
    ...page,
    become: async ({ getStatus = answers.getStatus, getUsage = answers.getUsage }: Partial<Answers>) => {
      answers = { getStatus, getUsage }
      await queryClient.invalidateQueries({ queryKey: billingQueryKey(organizationId) })
      await shown()
    },
  }
}

const said = () =>
  screen
    .getAllByRole('status')
    .map(({ textContent }) => textContent)
    .join('')

describe('<BillingAnnouncer />', () => {
  it.each([
    ['free', free, active, 'Your plan is active: Pro'],
    ['paused', paused, active, 'Your plan is active: Pro'],
    ['past due', pastDue, active, 'Your plan is active: Pro'],
    ['free, to a trial', free, trialing, 'Your plan is active: Pro'],
    ['a trial', trialing, active, 'Your plan is active: Pro'],
    ['another plan', active, scenarios.team, 'Your plan is active: Team'],
  ])('a plan is activated, from %s', async (_name, before, after, text) => {
    const page = await openPage(<BillingAnnouncer />, before)
    expect(said()).toBe('')
    await page.become({ getStatus: after.getStatus })
    await expect.poll(said).toBe(text)
    await expectNoViolations(page.container)
  })

  it('a plan without a name', async () => {
    const page = await openPage(<BillingAnnouncer />, free)
    await page.become({ getStatus: { ...active.getStatus, planName: null } })
    await expect.poll(said).toBe('Your plan is active')
  })

  it('what the page begins with is no news, nor is the same once more', async () => {
    const page = await openPage(<BillingAnnouncer />, { ...active, getUsage: overLimit.getUsage })
    await page.become({ getStatus: { ...active.getStatus, asOf: '2026-12-02T12:00:00.000Z' } })
    expect(said()).toBe('')
  })

  it('a limit is reached, once', async () => {
    const page = await openPage(<BillingAnnouncer />, nearLimit)
    expect(said()).toBe('')
    await page.become(overLimit)
    await expect.poll(said).toBe('Limit reached: Characters')
    const live = screen.getByRole('status')
    const changes = vi.fn()
    const observer = new MutationObserver(changes)
    observer.observe(live, { subtree: true, childList: true, characterData: true })
    const [meter] = overLimit.getUsage.meters
    await page.become({
      getUsage: { ...overLimit.getUsage, meters: meter ? [{ ...meter, used: 1_300 }] : [] },
    })
    observer.disconnect()
    expect(changes).not.toHaveBeenCalled()
    expect(said()).toBe('Limit reached: Characters')
  })

  it('a limit that is reached again is said again', async () => {
    const page = await openPage(<BillingAnnouncer />, nearLimit)
    await page.become(overLimit)
    await expect.poll(said).toBe('Limit reached: Characters')
    await page.become(nearLimit)
    await expect.poll(said).toBe('')
    await page.become(overLimit)
    await expect.poll(said).toBe('Limit reached: Characters')
  })

  it('another organization is seen for the first time', async () => {
    const page = await openPage(<BillingAnnouncer />, free)
    page.unmount()
    await openPage(<BillingAnnouncer />, active, 'other')
    expect(said()).toBe('')
  })

  it('nobody sees it, and its region is there before anything is said', async () => {
    await openPage(<BillingAnnouncer />, free)
    const { width, height } = screen.getByRole('status').getBoundingClientRect()
    expect(width * height).toBeLessThanOrEqual(1)
  })

  it('back from a checkout: what waits for it says so, and nothing says it twice', async () => {
    history.replaceState(null, '', '?billing=checkout&checkout_id=chk_acme')
    const ui = (
      <>
        <CheckoutReturn />
        <BillingBanner />
      </>
    )
    const getStatus = { ...free.getStatus, checkout: 'confirmed' } as const
    const page = await openPage(ui, { ...free, getStatus }, 'announced-buyer')
    expect(said()).toMatch(/^Confirming your purchase…/)
    await page.become({ getStatus: { ...active.getStatus, checkout: 'succeeded' } })
    await expect.poll(said).toMatch(/^You are on Pro/)
    expect(said()).not.toContain('Your plan is active')
  })

  it('a limit that the banner shows is said once, by the region that stands already', async () => {
    const page = await openPage(<BillingBanner />, nearLimit)
    const region = screen.getByRole('status')
    await page.become(overLimit)
    await expect.poll(said).toBe('Limit reached: Characters')
    expect(screen.getByRole('status')).toBe(region)
  })

  describe('with a price list, which says how its own changes went', () => {
    /** Everything that the page's live regions said. */
    function listen(container: HTMLElement): string[] {
      const heard: string[] = []
      const observer = new MutationObserver(() => {
        const now = Array.from(container.querySelectorAll('[role=status]'), (live) => live.textContent).join(
          '',
        )
        if (now !== '' && heard.at(-1) !== now) heard.push(now)
      })
      observer.observe(container, { subtree: true, childList: true, characterData: true })
      onTestFinished(() => observer.disconnect())
      return heard
    }
    const ui = (
      <>
        <BillingAnnouncer />
        <SubscriptionCard />
        <PricingTable />
      </>
    )
    /** A backend where every update leads to the same. */
    const answering = (before: Running, after: Running) => {
      let now = before
      return {
        ...before,
        getStatus: async () => now.getStatus,
        getSubscription: async () => now.getSubscription,
        updateSubscription: async (): Promise<Subscription> => {
          now = after
          return now.getSubscription
        },
      }
    }
    const click = async (root: string, name: string) => {
      await expect.poll(() => document.querySelector(`${root} button`)).not.toBeNull()
      const button = await within(document.querySelector(root) as HTMLElement).findByRole('button', { name })
      await expect.poll(() => button.dataset['state']).toBe('idle')
      await userEvent.click(button)
    }
    const isOn = (name: string) =>
      expect.poll(() => screen.queryByRole('listitem', { current: true })?.textContent).toContain(name)

    it.each([
      ['a change', 'Upgrade to Team', active, scenarios.team, 'Team'],
      ['a resumed plan', 'Resume Pro', paused, active, 'Pro'],
    ])('%s is said once', async (_name, label, before, after, plan) => {
      const { container } = renderWithBilling(ui, { scenario: answering(before, after) })
      const heard = listen(container)
      await click('.billing-pricing', label)
      if (plan === 'Team') await userEvent.click(await screen.findByRole('button', { name: 'Change now' }))
      await isOn(plan)
      await expect.poll(() => heard).toEqual([`You are on ${plan} now.`])
    })

    it('what the card resumes the announcer says', async () => {
      const { container } = renderWithBilling(ui, { scenario: answering(paused, active) })
      const heard = listen(container)
      await click('.billing-subscription', 'Resume plan')
      await expect.poll(() => heard).toEqual(['Your plan is active: Pro'])
    })

    it('another page changes the plan after this one did', async () => {
      const queryClient = new QueryClient()
      renderWithBilling(ui, { scenario: answering(active, scenarios.team), queryClient })
      await click('.billing-pricing', 'Upgrade to Team')
      await userEvent.click(await screen.findByRole('button', { name: 'Change now' }))
      await isOn('Team')
      queryClient.setQueryData(billingQueryKey('acme', 'getStatus'), active.getStatus)
      await expect.poll(said).toContain('Your plan is active: Pro')
    })
  })

  it('signed out', () => {
    const { container } = renderWithBilling(<BillingAnnouncer />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })
})
