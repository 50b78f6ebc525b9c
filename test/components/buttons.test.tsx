import { render, screen, waitFor, within } from '@testing-library/react'
import {
  BillingBanner,
  BillingError,
  BillingPage,
  type ButtonElementProps,
  InvoiceList,
  PricingTable,
  PricingTableView,
  type RenderButton,
  SeatList,
  SubscriptionCard,
} from 'polar-billing-kit'
import { type Scenario, scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { cloneElement, forwardRef, type ReactElement } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { renderWithBilling } from '../renderWithBilling.js'
import { changeableBackend, heldAnswer } from './changeableBackend.js'
import { everyView, withoutGiven } from './everyView.js'
import { expectNoViolations } from './testComponent.js'

type View = ReactElement<{ classNames?: { button: string }; renderButton?: RenderButton; unstyled?: boolean }>

const LOOKS = { primary: 'Solid', quiet: 'Outline', danger: 'Red' }

/** A design system's button: it has a look, and passes on what it does not know. */
const OwnButton = forwardRef<HTMLButtonElement, { look?: string }>(function OwnButton(
  { look, ...props },
  ref,
) {
  return <button {...props} ref={ref} data-look={look} />
})

const renderButton = ({ 'data-variant': variant = 'primary', ...props }: ButtonElementProps) =>
  props.href === undefined ? (
    <OwnButton look={LOOKS[variant]} {...props} />
  ) : (
    <a data-look={LOOKS[variant]} {...props}>
      {props.children}
    </a>
  )

/** All of them, but the cross that hides a notice: it has a form and a name of its own. */
const buttonsIn = (container: Element) =>
  Array.from(container.querySelectorAll<HTMLElement>('button:not([data-billing-part=dismiss]), a'))

const looksIn = (container: Element) => buttonsIn(container).map(({ dataset }) => dataset['look'])

const views = everyView
  .filter(({ name }) => /^(cancel|return|invoices$|invoices, unav|plan d|price list$|seats$)/.test(name))
  .map(({ name, view }) => ({ name, view: withoutGiven(view) as View }))

describe.each(views)('View: $name', ({ view }) => {
  it('classNames.button is on each button, and nothing of the kit', () => {
    const { container } = render(cloneElement(view, { classNames: { button: 'mine' }, unstyled: true }))
    expect(buttonsIn(container).length).toBeGreaterThan(0)
    expect(new Set(buttonsIn(container).map(({ className }) => className))).toEqual(new Set(['mine']))
  })

  it('renderButton makes each of them, with all that it says', async () => {
    const { container, rerender } = render(view)
    const said = () =>
      buttonsIn(container).map((button) => [
        button.tagName,
        button.textContent,
        ...['type', 'href', 'aria-disabled', 'aria-busy', 'aria-expanded', 'data-state', 'class'].map(
          (name) => button.getAttribute(name),
        ),
      ])
    const before = said()
    rerender(cloneElement(view, { renderButton }))
    expect(said()).toEqual(before)
    expect(looksIn(container)).not.toContain(undefined)
    await expectNoViolations(container)
  })
})

const { pastDue, canceling, paused, overLimit, team, active } = scenarios

describe.each([
  { name: 'BillingBanner, to pay', ui: BillingBanner, scenario: pastDue },
  { name: 'BillingBanner, to resume', ui: BillingBanner, scenario: paused },
  { name: 'BillingPage, to pay', ui: BillingPage, scenario: pastDue },
  { name: 'BillingPage, to upgrade', ui: BillingPage, scenario: overLimit },
  { name: 'BillingPage, to keep', ui: BillingPage, scenario: canceling },
  { name: 'BillingPage, of a team', ui: BillingPage, scenario: team },
  { name: 'InvoiceList', ui: InvoiceList, scenario: active },
  { name: 'PricingTable', ui: PricingTable, scenario: pastDue },
  { name: 'SeatList', ui: SeatList, scenario: team },
  { name: 'SubscriptionCard', ui: SubscriptionCard, scenario: active },
])('$name', ({ ui: Component, scenario }) => {
  it('classNames.button and renderButton reach each button', async () => {
    const { container } = renderWithBilling(
      <Component classNames={{ button: 'mine' }} renderButton={renderButton} unstyled />,
      { scenario },
    )
    await waitFor(() => expect(buttonsIn(container).length).toBeGreaterThan(0))
    await waitFor(() => expect(container.querySelector('[aria-busy]')).toBeNull())
    expect(buttonsIn(container).filter(({ className }) => className !== 'mine')).toEqual([])
    expect(looksIn(container)).not.toContain(undefined)
    expect(container.innerHTML).not.toMatch(/class="[^"]*billing-/)
  })
})

describe('buttons of your own', () => {
  const show = (scenario: Scenario = changeableBackend(), element: RenderButton = renderButton) =>
    renderWithBilling(<BillingPage classNames={{ button: 'mine' }} renderButton={element} unstyled />, {
      scenario,
    })
  const idle = (name: string) =>
    waitFor(() => {
      const button = screen.getByRole('button', { name })
      expect(button.dataset['state']).toBe('idle')
      return button
    })

  it('in the dialog that cancels: the first is focused, Enter confirms, and the focus comes back', async () => {
    const backend = changeableBackend()
    const { baseElement } = show(backend)
    const cancel = await idle('Cancel plan')
    await userEvent.click(cancel)
    const dialog = await screen.findByRole('dialog')
    expect(looksIn(dialog)).toEqual(['Outline', 'Red'])
    expect(buttonsIn(dialog).map(({ className }) => className)).toEqual(['mine', 'mine'])
    expect(document.activeElement?.textContent).toBe('Keep plan')
    await expectNoViolations(baseElement)
    within(dialog).getByRole('button', { name: 'Cancel plan' }).focus()
    await userEvent.keyboard('{Enter}')
    expect(backend.updateSubscription).toHaveBeenCalledOnce()
    await expect.poll(() => document.activeElement).toBe(cancel)
  })

  it('while the plan is changed: busy, no second click, and the focus stays', async () => {
    const { answer, give } = heldAnswer<typeof scenarios.team.getSubscription>()
    const updateSubscription = vi.fn(() => answer)
    show({ ...changeableBackend(), updateSubscription })
    await userEvent.click(await idle('Upgrade to Team'))
    const dialog = await screen.findByRole('dialog')
    const confirm = within(dialog).getByRole('button', { name: 'Change now' })
    expect(looksIn(dialog)).toEqual(['Outline', 'Solid'])
    await userEvent.click(confirm)
    expect(confirm.getAttribute('aria-busy')).toBe('true')
    expect(confirm.getAttribute('aria-disabled')).toBe('true')
    await userEvent.click(confirm, { force: true })
    expect(document.activeElement).toBe(confirm)
    expect(updateSubscription).toHaveBeenCalledOnce()
    give(scenarios.team.getSubscription)
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  })

  it('where the card is declined: the way to the portal looks like the others', async () => {
    const updateSubscription = new BillingError('PAYMENT_REQUIRED', 'Declined.')
    show({ ...changeableBackend(), updateSubscription })
    await userEvent.click(await idle('Upgrade to Team'))
    const dialog = await screen.findByRole('dialog')
    await userEvent.click(within(dialog).getByRole('button', { name: 'Change now' }))
    await within(dialog).findByRole('button', { name: 'Manage billing' })
    expect(looksIn(dialog)).toEqual(['Outline', 'Outline', 'Solid'])
    expect(dialog.innerHTML).not.toMatch(/class="[^"]*billing-/)
  })

  it('an element instead of a function: buttons are that, and a link stays a link', async () => {
    show(undefined, <OwnButton look="Plain" />)
    const contact = await screen.findByRole('link', { name: 'Contact us' })
    expect(contact).toMatchObject({ href: 'mailto:sales@example.com', className: 'mine' })
    expect((await idle('Upgrade to Team')).dataset).toMatchObject({ look: 'Plain', variant: 'quiet' })
  })

  it('the plan that they have is nothing to do: its button weighs little, recommended or not', async () => {
    show()
    const current = await screen.findByRole('button', { name: 'Current plan' })
    expect(current.dataset).toMatchObject({ look: 'Outline', state: 'done' })
  })

  it('a form of a plan with seats: its button sends it', async () => {
    const onSelect = vi.fn()
    render(
      <PricingTableView
        plans={scenarios.free.listPlans.plans}
        catalog={scenarioCatalog}
        standing={null}
        onSelect={onSelect}
        renderButton={renderButton}
      />,
    )
    await userEvent.click(screen.getByRole('button', { name: 'Get Team' }))
    expect(onSelect.mock.calls[0]?.[0]).toMatchObject({ plan: { planType: 'team' }, seats: 2 })
  })
})

describe('classNames of what is inside', () => {
  it('a page hands each component its own, under its name, beside its buttons’', async () => {
    const { container } = renderWithBilling(
      <BillingPage
        classNames={{
          button: 'mine',
          BillingBanner: { title: 'banner-title' },
          SubscriptionCard: { 'plan-name': 'card-plan', button: 'quieter' },
          UsageMeterList: { list: 'meters', UsageMeter: { track: 'track' } },
          UsageChart: { plot: 'plot' },
          PricingTable: { plan: 'plan', PlanChangeDialog: { title: 'ask' } },
          SeatList: { seat: 'seat' },
          InvoiceList: { row: 'row' },
        }}
      />,
      { scenario: { ...pastDue, listSeats: team.listSeats } },
    )
    const shown = ['banner-title', 'card-plan', 'meters', 'track', 'plot', 'plan', 'seat', 'row']
    for (const name of shown) await expect.poll(() => container.querySelector(`.${name}`)).not.toBeNull()
    const card = container.querySelector('.billing-subscription') as Element
    await expect.poll(() => buttonsIn(card).length).toBeGreaterThan(0)
    for (const button of buttonsIn(card)) expect(button.className).toBe('billing-button mine quieter')
  })

  it('a dialog, too', async () => {
    renderWithBilling(<SubscriptionCard classNames={{ CancelDialog: { title: 'ask', button: 'mine' } }} />, {
      scenario: active,
    })
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel plan' }))
    const dialog = await screen.findByRole('dialog')
    expect(within(dialog).getByRole('heading').className).toBe('ask')
    expect(buttonsIn(dialog).map(({ className }) => className)).toEqual(
      Array.from({ length: 2 }, () => 'billing-button mine'),
    )
  })
})
