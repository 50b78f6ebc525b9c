import { render, screen } from '@testing-library/react'
import {
  BillingError,
  CANCELLATION_REASONS,
  CancelDialog,
  CancelDialogView,
  type Subscription,
  type SubscriptionUpdate,
  useSubscription,
} from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { createRef, StrictMode, useState } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { failureMessages } from '../../src/components/failureMessages.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { changeableBackend, heldAnswer } from './changeableBackend.js'
import { expectNoViolations } from './testComponent.js'

const subscription = scenarios.active.getSubscription
const handlers = () => ({ onConfirm: vi.fn(), onClose: vi.fn() })
const dialog = () => screen.findByRole('dialog')
const button = (name: string) => screen.findByRole('button', { name })

describe('<CancelDialogView />', () => {
  it('gives its element to the ref, and takes native props and classes', () => {
    const ref = createRef<HTMLDialogElement>()
    render(<CancelDialogView {...handlers()} ref={ref} className="mine" id="it" data-extra="yes" />)
    expect(ref.current).toBeInstanceOf(HTMLDialogElement)
    expect(ref.current).toMatchObject({ id: 'it', className: 'billing-dialog mine', open: true })
    expect(ref.current?.dataset['extra']).toBe('yes')
  })

  it('classNames, and nothing of the kit where it is unstyled', () => {
    const classNames = { root: 'root', text: 'text', reasons: 'reasons', actions: 'actions' }
    render(<CancelDialogView {...handlers()} classNames={classNames} unstyled />)
    expect(screen.getByRole('dialog').outerHTML).not.toMatch(/class="[^"]*billing-/)
    for (const name of Object.values(classNames)) expect(document.querySelector(`.${name}`)).not.toBeNull()
  })

  it('has no accessibility fault: a name, and what happens as its description', async () => {
    const { baseElement } = render(
      <CancelDialogView {...handlers()} subscription={subscription} nextPlanName="Free" />,
    )
    const element = screen.getByRole('dialog', { name: 'Cancel Pro?' })
    const description = document.getElementById(element.getAttribute('aria-describedby') ?? '')
    expect(description?.textContent).toBe(
      'Your plan stays until December 21, 2026. After that you are on Free.',
    )
    await expectNoViolations(baseElement)
  })

  it.each([
    [
      'trialing',
      'Free',
      /^Your trial goes on until December 5, 2026. It ends then without a charge, and you are on Free/,
    ],
    [
      'trialing',
      undefined,
      /^Your trial goes on until December 5, 2026. It ends then, and you are not charged/,
    ],
    ['active', undefined, /^Your plan stays until December 21, 2026. It is not renewed after that/],
    ['pastDue', 'Free', /^Your plan ends with the current period/],
  ] as const)('%s, then %s: %s', (name, nextPlanName, text) => {
    render(
      <CancelDialogView
        {...handlers()}
        subscription={scenarios[name].getSubscription}
        nextPlanName={nextPlanName}
      />,
    )
    expect(screen.getByText(text)).toBeTruthy()
  })

  it('unknown: it names neither plan nor day', () => {
    render(<CancelDialogView {...handlers()} />)
    expect(screen.getByRole('dialog', { name: 'Cancel your plan?' })).toBeTruthy()
    expect(screen.getByText(/^Your plan ends with the current period/)).toBeTruthy()
  })

  it('prop: timeZone', () => {
    render(
      <CancelDialogView
        {...handlers()}
        subscription={{ ...subscription, currentPeriodEnd: '2026-12-21T23:00:00Z' }}
        timeZone="Asia/Tokyo"
      />,
    )
    expect(screen.getByText(/December 22, 2026/)).toBeTruthy()
  })

  it('every reason of the contract, in words', () => {
    render(<CancelDialogView {...handlers()} />)
    const radios = screen.getAllByRole<HTMLInputElement>('radio')
    expect(radios.map(({ value }) => value)).toEqual([...CANCELLATION_REASONS])
    for (const radio of radios) expect(radio.labels?.[0]?.textContent).toMatch(/^[A-Z].* /)
    expect(screen.getByRole('group', { name: 'Why are you canceling? (optional)' })).toBeTruthy()
  })

  it('confirms with nothing said', async () => {
    const { onConfirm, onClose } = handlers()
    render(<CancelDialogView onConfirm={onConfirm} onClose={onClose} />)
    await userEvent.click(await button('Cancel plan'))
    expect(onConfirm).toHaveBeenCalledExactlyOnceWith({ reason: undefined, comment: undefined })
    expect(onClose).not.toHaveBeenCalled()
  })

  it('confirms with a reason and a comment, which is counted', async () => {
    const { onConfirm, onClose } = handlers()
    render(<CancelDialogView onConfirm={onConfirm} onClose={onClose} />)
    const comment = screen.getByRole<HTMLTextAreaElement>('textbox')
    expect(screen.getByText('0 of 1,000 characters')).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'I do not use it enough' }))
    await userEvent.fill(comment, '  Too quiet here. ')
    expect(screen.getByText('18 of 1,000 characters')).toBeTruthy()
    await userEvent.click(await button('Cancel plan'))
    expect(onConfirm).toHaveBeenCalledExactlyOnceWith({ reason: 'unused', comment: 'Too quiet here.' })
  })

  it('the comment takes what the contract takes', () => {
    render(<CancelDialogView {...handlers()} />)
    expect(screen.getByRole<HTMLTextAreaElement>('textbox').maxLength).toBe(1_000)
  })

  it('slot: offer', () => {
    render(<CancelDialogView {...handlers()} offer={<button type="button">Pause instead</button>} />)
    expect(screen.getByRole('button', { name: 'Pause instead' })).toBeTruthy()
  })

  describe('keyboard', () => {
    it('the focus begins on the button that changes nothing, and Enter there keeps the plan', async () => {
      const { onConfirm, onClose } = handlers()
      render(<CancelDialogView onConfirm={onConfirm} onClose={onClose} />)
      await expect.poll(() => document.activeElement?.textContent).toBe('Keep plan')
      await userEvent.keyboard('{Enter}')
      expect(onClose).toHaveBeenCalledOnce()
      expect(onConfirm).not.toHaveBeenCalled()
    })

    it('Escape keeps the plan', async () => {
      const { onConfirm, onClose } = handlers()
      render(<CancelDialogView onConfirm={onConfirm} onClose={onClose} />)
      await userEvent.keyboard('{Escape}')
      expect(onClose).toHaveBeenCalledOnce()
      expect(onConfirm).not.toHaveBeenCalled()
    })

    it('Tab stays inside', async () => {
      render(
        <>
          <button type="button">Outside</button>
          <CancelDialogView {...handlers()} />
        </>,
      )
      const element = screen.getByRole('dialog')
      const seen = new Set<Element | null>()
      for (let step = 0; step < 8; step += 1) {
        await userEvent.keyboard('{Tab}')
        seen.add(document.activeElement)
      }
      // Beyond the last one comes the browser's own bar, which is the page's body here.
      const inPage = [...seen].filter((focused) => focused !== document.body)
      expect(inPage.every((focused) => element.contains(focused))).toBe(true)
      expect(inPage.length).toBeGreaterThan(3)
    })

    it('strict mode, which opens it twice, does not close it', async () => {
      const { onConfirm, onClose } = handlers()
      render(
        <StrictMode>
          <CancelDialogView onConfirm={onConfirm} onClose={onClose} />
        </StrictMode>,
      )
      const element = screen.getByRole<HTMLDialogElement>('dialog')
      // Whatever the browser has put off until now has happened then.
      const event = new Promise((resolve) => element.addEventListener('keyup', resolve, { once: true }))
      await userEvent.keyboard('a')
      await event
      expect(element.open).toBe(true)
      expect(onClose).not.toHaveBeenCalled()
    })
  })
})

/** A page that opens the dialog. */
function Page() {
  const [isOpen, setIsOpen] = useState(false)
  const { data } = useSubscription()
  return (
    <>
      <button type="button" onClick={() => setIsOpen(true)}>
        Leave
      </button>
      <p>{data && (data.cancelAtPeriodEnd ? 'canceled' : 'renewing')}</p>
      <CancelDialog open={isOpen} onClose={() => setIsOpen(false)} />
    </>
  )
}

describe('<CancelDialog />', () => {
  const open = async (scenario: NonNullable<Parameters<typeof renderWithBilling>[1]>['scenario']) => {
    const result = renderWithBilling(<Page />, scenario && { scenario })
    await screen.findByText('renewing')
    await userEvent.click(await button('Leave'))
    await dialog()
    return result
  }

  it('default: cancels, and gives the focus back', async () => {
    const backend = changeableBackend()
    await open(backend)
    expect(await screen.findByText(/After that you are on Free/)).toBeTruthy()
    await userEvent.click(screen.getByRole('radio', { name: 'It is too expensive' }))
    await userEvent.click(await button('Cancel plan'))
    expect(await screen.findByText('canceled')).toBeTruthy()
    expect(backend.updateSubscription).toHaveBeenCalledExactlyOnceWith(
      { action: 'cancel', reason: 'too_expensive', comment: undefined },
      expect.anything(),
    )
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement?.textContent).toBe('Leave')
  })

  it.each(['{Escape}', '{Enter}'])('behavior: %s closes it, and gives the focus back', async (key) => {
    const backend = changeableBackend()
    await open(backend)
    await userEvent.keyboard(key)
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(document.activeElement?.textContent).toBe('Leave')
    expect(backend.updateSubscription).not.toHaveBeenCalled()
  })

  it('behavior: a click beside it closes it', async () => {
    await open(changeableBackend())
    await userEvent.click(await dialog(), { position: { x: -8, y: 10 }, force: true })
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
  })

  it('behavior: it closes before the server has answered, and a refusal is undone and said', async () => {
    const held = heldAnswer<Subscription>()
    await open({ ...changeableBackend(), updateSubscription: () => held.answer })
    await userEvent.click(await button('Cancel plan'))
    expect(await screen.findByText('canceled')).toBeTruthy()
    expect(screen.queryByRole('dialog')).toBeNull()
    held.refuse(new BillingError('TOO_MANY_REQUESTS', 'Too often.'))
    expect(await screen.findByText('renewing')).toBeTruthy()
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Your plan could not be canceled. Please try again.',
    )
  })

  it('behavior: an answer is lost, and the plan was canceled', async () => {
    const backend = changeableBackend()
    const updateSubscription = async (update: SubscriptionUpdate): Promise<Subscription> => {
      await backend.updateSubscription(update)
      throw new BillingError('TIMEOUT', 'No answer came.')
    }
    await open({ ...backend, updateSubscription })
    await userEvent.click(await button('Cancel plan'))
    expect((await screen.findByRole('alert')).textContent).toBe(failureMessages.outcomeUnknown)
    expect(await screen.findByText('canceled')).toBeTruthy()
  })

  it('behavior: a conflict is told in the server’s words, until somebody thinks better of it', async () => {
    const updateSubscription = new BillingError('CONFLICT', 'The subscription has ended.')
    await open({ ...changeableBackend(), updateSubscription })
    await userEvent.click(await button('Cancel plan'))
    expect((await screen.findByRole('alert')).textContent).toBe('The subscription has ended.')
    await userEvent.click(await button('Leave'))
    await dialog()
    await userEvent.click(await button('Keep plan'))
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull()
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it.each([
    ['a backend that cannot cancel', { scenario: { ...scenarios.active, updateSubscription: undefined } }],
    ['signed out', { organizationId: null }],
  ])('behavior: %s', (_name, setup) => {
    renderWithBilling(<CancelDialog open onClose={() => undefined} />, setup)
    expect(screen.queryByRole('dialog')).toBeNull()
  })
})
