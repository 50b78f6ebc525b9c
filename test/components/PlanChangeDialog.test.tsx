import { QueryClient } from '@tanstack/react-query'
import { act, render, screen, waitFor, within } from '@testing-library/react'
import {
  BillingError,
  type Plan,
  type PlanPrice,
  type Price,
  PlanChangeDialog,
  PlanChangeDialogView,
  type PlanChangeDialogViewProps,
  type Subscription,
} from 'polar-billing-kit'
import { type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { createRef } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations } from './testComponent.js'

const [, pro, team] = scenarios.free.listPlans.plans as [Plan, Plan, Plan]
const { getSubscription: onPro } = scenarios.active
const error = (code: ConstructorParameters<typeof BillingError>[0]) =>
  new BillingError(code, 'The server’s own words.')

/** Like Pro, and 99 dollars. */
const studio: Plan = {
  ...pro,
  planType: 'studio',
  name: 'Studio',
  trial: null,
  prices: (pro.prices ?? []).slice(0, 1).map((price) => ({ ...price, amount: 9_900 })),
}

const onStudio: Subscription = {
  ...onPro,
  amount: 9_900,
  product: onPro.product && {
    ...onPro.product,
    prices: onPro.product.prices.map((price) => ({ ...price, amount: 9_900 })),
  },
}

/** Team, with other prices. */
const pricedAs = (changes: { [K in keyof PlanPrice]?: PlanPrice[K] | undefined }): Plan => ({
  ...team,
  prices: (team.prices ?? []).map((price) => ({ ...price, ...changes }) as PlanPrice),
})

const view: PlanChangeDialogViewProps = {
  subscription: onPro,
  plan: studio,
  verb: 'upgrade',
  catalog: scenarioCatalog,
  // Half of the period is over.
  now: new Date('2026-12-06T09:00:00Z'),
  locale: 'en-US',
  onWhenChange: () => undefined,
  onConfirm: () => undefined,
  onDismiss: () => undefined,
}

const texts = (selector: string) =>
  [...document.querySelectorAll(selector)].map(({ textContent }) => textContent)
const rows = () => texts('[data-billing-part=estimate] dl > div')

describe('<PlanChangeDialogView />', () => {
  it('conformance: ref, native props, classNames, unstyled, state', async () => {
    const ref = createRef<HTMLDialogElement>()
    const { rerender } = render(<PlanChangeDialogView {...view} ref={ref} className="mine" id="it" />)
    expect(ref.current).toBeInstanceOf(HTMLDialogElement)
    expect(ref.current?.className).toBe('billing-dialog mine')
    expect(ref.current).toMatchObject({ id: 'it', open: true })
    expect(ref.current?.dataset['state']).toBe('idle')
    await expectNoViolations(ref.current as Element)
    rerender(
      <PlanChangeDialogView {...view} ref={ref} classNames={{ root: 'mine', title: 'big' }} unstyled />,
    )
    expect(ref.current?.className).toBe('mine')
    expect(ref.current?.innerHTML).not.toMatch(/class="[^"]*billing-/)
    expect(screen.getByRole('heading').className).toBe('big')
  })

  it('default: from which plan to which, when, and what is due today', () => {
    render(<PlanChangeDialogView {...view} />)
    expect(screen.getByRole('dialog', { name: 'Upgrade to Studio' })).toBeTruthy()
    expect(texts('[data-billing-part=plans] > div')).toEqual([
      'Current planPro $29.00 per month',
      'New planStudio $99.00 per month',
    ])
    expect(screen.getByRole('radio', { name: 'Now' })).toHaveProperty('checked', true)
    expect(screen.getByRole('radio', { name: 'At the end of the period, on December 21, 2026' })).toBeTruthy()
    expect(screen.getByText('Estimated, before tax')).toBeTruthy()
    expect(rows()).toEqual(['Credit for unused time-$14.50', 'Rest of the period$49.50', 'Due today$35.00'])
    expect(screen.queryByText('Usage is charged on top.')).toBeNull()
  })

  it('less than before: the rest is credited', () => {
    render(<PlanChangeDialogView {...view} subscription={onStudio} plan={pro} verb="downgrade" />)
    expect(rows()).toEqual([
      'Credit for unused time-$49.50',
      'Rest of the period$14.50',
      'Due today$0.00',
      'Credited to your balance$35.00',
    ])
    expect(screen.getByText('Usage is charged on top.')).toBeTruthy()
  })

  it('a plan with seats: with the fewest that it is sold with', () => {
    render(<PlanChangeDialogView {...view} plan={team} onWhenChange={undefined} />)
    expect(texts('[data-row=to]')).toEqual(['New planTeam 2 seats, $24.00 per month'])
    expect(rows()).toEqual([
      'Credit for unused time-$14.50',
      'Rest of the period$12.00',
      'Due today$0.00',
      'Credited to your balance$2.50',
    ])
  })

  it('from seats to seats: with as many as there are, where they cost the same', () => {
    const subscription = scenarios.team.getSubscription
    const dearer = pricedAs({ unitAmount: '2000', unitAmountUpTo: 5 })
    const { rerender } = render(<PlanChangeDialogView {...view} subscription={subscription} plan={dearer} />)
    expect(texts('[data-billing-part=plans] > div')).toEqual([
      'Current planTeam 5 seats, $60.00 per month',
      'New planTeam 5 seats, $100.00 per month',
    ])
    expect(rows()).toEqual(['Credit for unused time-$30.00', 'Rest of the period$50.00', 'Due today$20.00'])
    rerender(
      <PlanChangeDialogView
        {...view}
        subscription={subscription}
        plan={pricedAs({ unitAmount: '2000', unitAmountUpTo: 4 })}
      />,
    )
    expect(texts('[data-row=to]')).toEqual([
      'New planTeam 5 seats, $20.00 per seat and month, at least 2 seats',
    ])
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
  })

  it('another interval: its first period is paid in full', () => {
    render(<PlanChangeDialogView {...view} plan={pro} interval="year" verb="switchToYear" />)
    expect(screen.getByRole('dialog', { name: 'Switch to yearly' })).toBeTruthy()
    expect(rows()).toEqual(['Credit for unused time-$14.50', 'First period$290.00', 'Due today$275.50'])
  })

  it('at the end of the period: nothing to pay today', () => {
    render(<PlanChangeDialogView {...view} when="period_end" />)
    expect(screen.getByText('Nothing to pay today.')).toBeTruthy()
    expect(rows()).toEqual([])
    expect(screen.getByRole('button', { name: 'Change at the end of the period' })).toBeTruthy()
  })

  it('in a trial: no charge before it ends, or the new plan’s first period where it has none', () => {
    const inTrial: Subscription = {
      ...scenarios.trialing.getSubscription,
      trialStart: '2026-12-01T09:00:00.000Z',
    }
    const { rerender } = render(
      <PlanChangeDialogView
        {...view}
        subscription={inTrial}
        plan={{ ...studio, trial: pro.trial ?? null }}
      />,
    )
    expect(screen.getByText('No charge before the trial ends.')).toBeTruthy()
    expect(rows()).toEqual([])
    rerender(<PlanChangeDialogView {...view} subscription={inTrial} />)
    expect(rows()).toEqual(['First period$99.00', 'Due today$99.00'])
  })

  it('in a trial, to the year: its own trial counts, not the month’s', () => {
    const subscription: Subscription = {
      ...scenarios.trialing.getSubscription,
      trialStart: '2026-12-01T09:00:00.000Z',
    }
    const { yearly, ...monthly } = pro
    const toYear = { ...view, subscription, interval: 'year', verb: 'switchToYear' } as const
    const { rerender } = render(<PlanChangeDialogView {...toYear} plan={pro} />)
    expect(screen.getByText('No charge before the trial ends.')).toBeTruthy()
    rerender(
      <PlanChangeDialogView
        {...toYear}
        plan={{ ...pro, ...(yearly && { yearly: { ...yearly, trial: null } }) }}
      />,
    )
    expect(rows()).toEqual(['First period$290.00', 'Due today$290.00'])
    // An older server says nothing of the year's.
    rerender(<PlanChangeDialogView {...toYear} plan={monthly} />)
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
  })

  it.each([
    ['seats whose price nobody knows', { plan: pricedAs({ unitAmount: null }) }],
    ['seats of which nobody says how many cost the same', { plan: pricedAs({ unitAmountUpTo: undefined }) }],
    ['prices that are not known', { plan: { ...studio, prices: null } }],
    ['a period that is not known', { subscription: { ...onPro, currentPeriodEnd: null } }],
    ['an amount that is not known', { subscription: { ...onPro, amount: null } }],
    ['a discount', { subscription: { ...onPro, amount: 1_450 } }],
  ])('%s: says that it cannot be estimated', (_name, props) => {
    render(<PlanChangeDialogView {...view} {...props} />)
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
    expect(rows()).toEqual([])
  })

  it('an old reading, whose period is over: neither its end nor a price for its rest', () => {
    render(<PlanChangeDialogView {...view} now={new Date('2026-12-21T09:00:00Z')} />)
    expect(screen.getByRole('radio', { name: 'At the end of the period' })).toBeTruthy()
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
    expect(rows()).toEqual([])
  })

  it('in the currency that is paid in, whatever the catalog’s is', () => {
    const inBoth = <P extends Price>(prices: P[], amount: number) =>
      prices.flatMap((price) => [price, { ...price, amount, currency: 'EUR' }])
    render(
      <PlanChangeDialogView
        {...view}
        subscription={{
          ...onPro,
          amount: 2_700,
          currency: 'EUR',
          product: onPro.product && {
            ...onPro.product,
            prices: inBoth(onPro.product.prices, 2_700),
          },
        }}
        plan={{ ...studio, prices: inBoth(studio.prices ?? [], 9_000) }}
      />,
    )
    expect(texts('[data-billing-part=plans] > div')).toEqual([
      'Current planPro €27.00 per month',
      'New planStudio €90.00 per month',
    ])
    expect(rows()).toEqual(['Credit for unused time-€13.50', 'Rest of the period€45.00', 'Due today€31.50'])
  })

  it('a plan that is not sold by that interval is not called free', () => {
    const byYear = pro.prices?.filter(({ interval }) => interval === 'year') ?? null
    render(<PlanChangeDialogView {...view} plan={{ ...pro, prices: byYear }} interval="month" />)
    expect(texts('[data-row=to]')).toEqual(['New planPro Price not available right now'])
    expect(screen.getByText('What is due today cannot be estimated here.')).toBeTruthy()
  })

  it('a plan that nobody names is not called free', () => {
    render(
      <PlanChangeDialogView
        {...view}
        subscription={{ ...onPro, planName: null, product: null, amount: null }}
      />,
    )
    expect(texts('[data-billing-part=plans] > div')[0]).toBe(
      'Current planYour plan Price not available right now',
    )
  })

  it.each([
    [{ plan: undefined }, 'loading', 'Loading…'],
    [{ subscription: undefined }, 'loading', 'Loading…'],
    [
      { plan: undefined, loadError: error('TIMEOUT') },
      'unavailable',
      'The plan cannot be shown right now. Please try again.',
    ],
  ])('%j says so, and there is nothing to confirm', (props, state, text) => {
    render(<PlanChangeDialogView {...view} {...props} />)
    expect(screen.getByText(text)).toBeTruthy()
    expect(screen.getByRole('dialog').dataset['state']).toBe(state)
    expect(screen.getAllByRole('button').map(({ textContent }) => textContent)).toEqual(['Not now'])
  })

  it.each([
    ['PAYMENT_REQUIRED', failureMessages.paymentFailed, true],
    ['CONFLICT', 'The server’s own words.', false],
    ['FORBIDDEN', 'Your plan could not be changed. Please try again.', false],
    ['SERVICE_UNAVAILABLE', failureMessages.outcomeUnknown, false],
  ] as const)('%s is announced', async (code, text, hasPortal) => {
    render(<PlanChangeDialogView {...view} error={error(code)} portal={<a href="#portal">Portal</a>} />)
    expect(screen.getByRole('alert').textContent).toBe(text)
    expect(screen.getByRole('dialog').dataset['state']).toBe('error')
    expect(screen.queryByRole('link', { name: 'Portal' }) !== null).toBe(hasPortal)
    await expectNoViolations(screen.getByRole('dialog'))
  })

  it('keyboard: the arrow keys choose when', async () => {
    const onWhenChange = vi.fn()
    render(<PlanChangeDialogView {...view} onWhenChange={onWhenChange} />)
    await userEvent.click(screen.getByRole('radio', { name: 'Now' }))
    await userEvent.keyboard('{ArrowDown}')
    expect(onWhenChange).toHaveBeenLastCalledWith('period_end')
  })

  it('dismissed by Escape, by a click beside it, and by its button', async () => {
    const onDismiss = vi.fn()
    render(<PlanChangeDialogView {...view} onDismiss={onDismiss} />)
    await userEvent.click(screen.getByRole('heading'))
    await userEvent.keyboard('{Escape}')
    expect(onDismiss).toHaveBeenCalledTimes(1)
    await userEvent.click(screen.getByRole('dialog'), { position: { x: -5, y: -5 }, force: true })
    expect(onDismiss).toHaveBeenCalledTimes(2)
    await userEvent.click(screen.getByRole('button', { name: 'Not now' }))
    expect(onDismiss).toHaveBeenCalledTimes(3)
  })

  it('busy: whatever is pressed, it stays', async () => {
    const [onDismiss, onConfirm] = [vi.fn(), vi.fn()]
    render(<PlanChangeDialogView {...view} isBusy onDismiss={onDismiss} onConfirm={onConfirm} />)
    const dialog = screen.getByRole<HTMLDialogElement>('dialog')
    await userEvent.click(screen.getByRole('button', { name: 'Change now' }), { force: true })
    await userEvent.keyboard('{Escape}{Escape}{Escape}')
    await userEvent.click(screen.getByRole('button', { name: 'Not now' }), { force: true })
    await userEvent.click(dialog, { position: { x: -5, y: -5 }, force: true })
    expect(onDismiss).not.toHaveBeenCalled()
    expect(onConfirm).not.toHaveBeenCalled()
    expect(dialog.open).toBe(true)
    expect(dialog.dataset['state']).toBe('busy')
    expect(screen.getByRole('radio', { name: 'Now' }).matches(':disabled')).toBe(true)
    // A browser that closes it all the same.
    dialog.close()
    await expect.poll(() => dialog.open).toBe(true)
    expect(onDismiss).not.toHaveBeenCalled()
  })

  it('at 320 px nothing sticks out', () => {
    render(<PlanChangeDialogView {...view} style={{ inlineSize: 288 }} />)
    const dialog = screen.getByRole('dialog')
    expect(dialog.scrollWidth).toBeLessThanOrEqual(288)
  })
})

describe('<PlanChangeDialog />', () => {
  const renderDialog = (scenario: Scenario, props: Partial<Parameters<typeof PlanChangeDialog>[0]> = {}) =>
    renderWithBilling(<PlanChangeDialog planType="team" onDismiss={() => undefined} {...props} />, {
      scenario,
    })
  const confirm = async (name: string) => userEvent.click(await screen.findByRole('button', { name }))

  it('default: an upgrade is made now, and said', async () => {
    const updateSubscription = vi.fn(async () => scenarios.team.getSubscription)
    const onChanged = vi.fn()
    renderDialog({ ...scenarios.active, updateSubscription }, { onChanged })
    expect(await screen.findByRole('dialog', { name: 'Upgrade to Team' })).toBeTruthy()
    await confirm('Change now')
    await waitFor(() => expect(onChanged).toHaveBeenCalledWith(expect.objectContaining({ planType: 'team' })))
    expect(updateSubscription).toHaveBeenCalledWith(
      { action: 'change', planType: 'team', interval: 'month', when: 'now' },
      expect.anything(),
    )
  })

  const onTeamWithoutSeats = {
    ...scenarios.team,
    getSubscription: { ...scenarios.team.getSubscription, seats: null },
  }

  it.each([
    [onTeamWithoutSeats, { planType: 'pro' }, 'Downgrade to Pro', false],
    [scenarios.active, { planType: 'pro', interval: 'year' }, 'Switch to yearly', true],
    [onTeamWithoutSeats, { planType: 'pro', defaultWhen: 'now' }, 'Downgrade to Pro', true],
    [
      scenarios.active,
      { planType: 'pro', interval: 'year', defaultWhen: 'period_end' },
      'Switch to yearly',
      false,
    ],
  ] as const)('when it proposes to change', async (scenario, props, name, isNow) => {
    renderDialog(scenario, props)
    const dialog = await screen.findByRole('dialog', { name })
    expect(within(dialog).getByRole('radio', { name: 'Now' })).toHaveProperty('checked', isNow)
  })

  it('the choice of the moment is sent', async () => {
    const updateSubscription = vi.fn(async () => onPro)
    renderDialog({ ...scenarios.active, updateSubscription }, { planType: 'pro', interval: 'year' })
    await userEvent.click(await screen.findByRole('radio', { name: /At the end of the period/ }))
    await confirm('Change at the end of the period')
    await waitFor(() =>
      expect(updateSubscription).toHaveBeenCalledWith(
        { action: 'change', planType: 'pro', interval: 'year', when: 'period_end' },
        expect.anything(),
      ),
    )
  })

  it('seats begin at once: there is no moment to choose, whatever is proposed', async () => {
    renderDialog(scenarios.active, { defaultWhen: 'period_end' })
    expect(await screen.findByRole('button', { name: 'Change now' })).toBeTruthy()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it('a pause comes at the end of the period: the change is made now, or not at all', async () => {
    const getSubscription = { ...onPro, pauseAtPeriodEnd: true }
    renderDialog({ ...scenarios.active, getSubscription }, { planType: 'pro', interval: 'year' })
    expect(await screen.findByRole('button', { name: 'Change now' })).toBeTruthy()
    expect(screen.queryByRole('radio')).toBeNull()
  })

  it('from seats to none: says the way there, and offers no change', async () => {
    renderDialog(scenarios.team, { planType: 'pro' })
    const dialog = await screen.findByRole('dialog', { name: 'Switch to Pro' })
    expect(
      within(dialog).getByText('Pro has no seats. Cancel your plan first, and get Pro when it has ended.'),
    ).toBeTruthy()
    expect(within(dialog).getAllByRole('button')).toEqual([screen.getByRole('button', { name: 'Not now' })])
    expect(dialog.dataset['state']).toBe('unavailable')
    await expectNoViolations(dialog)
  })

  it('unpaid: nothing has changed, the portal is at hand, and it may be tried again', async () => {
    const updateSubscription = vi.fn(async () => {
      throw error('PAYMENT_REQUIRED')
    })
    const onDismiss = vi.fn()
    renderDialog({ ...scenarios.active, updateSubscription }, { onDismiss })
    await confirm('Change now')
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.paymentFailed)
    expect(await screen.findByRole('button', { name: 'Manage billing' })).toBeTruthy()
    await confirm('Change now')
    await waitFor(() => expect(updateSubscription).toHaveBeenCalledTimes(2))
    expect(onDismiss).not.toHaveBeenCalled()
  })

  it('busy until answered: a double click asks once, and what live changes bring does not confuse it', async () => {
    const updateSubscription = vi.fn(scenarios.loading.updateSubscription)
    const queryClient = new QueryClient()
    renderWithBilling(<PlanChangeDialog planType="team" onDismiss={() => undefined} />, {
      scenario: { ...scenarios.active, updateSubscription },
      queryClient,
    })
    await userEvent.dblClick(await screen.findByRole('button', { name: 'Change now' }))
    const dialog = screen.getByRole('dialog', { name: 'Upgrade to Team' })
    await expect.poll(() => dialog.dataset['state']).toBe('busy')
    expect(updateSubscription).toHaveBeenCalledOnce()
    act(() => {
      queryClient.setQueryData(['billing', 'acme', 'getSubscription'], scenarios.team.getSubscription)
      queryClient.setQueryData(['billing', 'acme', 'getStatus'], scenarios.team.getStatus)
    })
    await expect
      .poll(() => queryClient.getQueryData<Subscription>(['billing', 'acme', 'getSubscription'])?.planType)
      .toBe('team')
    expect(screen.getByRole('dialog', { name: 'Upgrade to Team' })).toBe(dialog)
    expect(texts('[data-row=from] strong')).toEqual(['Pro'])
  })

  it('what cannot be read is said', async () => {
    renderDialog({ ...scenarios.active, getSubscription: error('SERVICE_UNAVAILABLE') })
    expect(await screen.findByText('The plan cannot be shown right now. Please try again.')).toBeTruthy()
  })

  it('a plan that is not in the price list', async () => {
    renderDialog(scenarios.active, { planType: 'gold' })
    expect(await screen.findByText('The plan cannot be shown right now. Please try again.')).toBeTruthy()
  })

  it('signed out: nothing', () => {
    const { container } = renderWithBilling(
      <PlanChangeDialog planType="team" onDismiss={() => undefined} />,
      { organizationId: null },
    )
    expect(container.innerHTML).toBe('')
  })
})
