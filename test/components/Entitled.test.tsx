import { screen, waitFor } from '@testing-library/react'
import { Entitled } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import type { ReactNode } from 'react'
import { describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'

/** Everything that was on the page, in order. */
function watch(container: Element): string[] {
  const seen: string[] = []
  const look = (): void => {
    const text = container.textContent ?? ''
    if (text !== seen.at(-1)) seen.push(text)
  }
  new MutationObserver(look).observe(container, { childList: true, subtree: true, characterData: true })
  return seen
}

const parts = { children: 'yours', fallback: 'upgrade', loading: 'loading' }

describe('<Entitled />', () => {
  it.each([
    ['active', 'yours'],
    ['free', 'upgrade'],
    ['paused', 'upgrade'],
    ['loading', 'loading'],
    ['down', 'loading'],
  ] as const)('%s: "%s", and nothing else before', async (scenario, text) => {
    const { container } = renderWithBilling(<Entitled feature="api" {...parts} />, {
      scenario: scenarios[scenario],
    })
    const seen = watch(container)
    expect(container.textContent).toBe('loading')
    await waitFor(() => expect(container.textContent).toBe(text))
    expect(seen).toEqual(text === 'loading' ? [] : [text])
  })

  it('renders nothing while loading, by default', async () => {
    const { container } = renderWithBilling(<Entitled feature="api">yours</Entitled>, {
      scenario: scenarios.active,
    })
    expect(container.innerHTML).toBe('')
    expect(await screen.findByText('yours')).toBeTruthy()
  })

  it.each([
    ['allow', 'yours'],
    ['deny', 'upgrade'],
  ] as const)('prop: whenUnknown="%s"', async (whenUnknown, text) => {
    renderWithBilling(<Entitled feature="api" whenUnknown={whenUnknown} {...parts} />, {
      scenario: scenarios.down,
    })
    expect(await screen.findByText(text)).toBeTruthy()
  })

  it.each([
    [100, 'yours'],
    [101, 'upgrade'],
    [0, 'yours'],
  ])('prop: meter, %i of the 100 that are left', async (amount, text) => {
    renderWithBilling(<Entitled meter="characters" amount={amount} {...parts} />, {
      scenario: scenarios.nearLimit,
    })
    expect(await screen.findByText(text)).toBeTruthy()
  })

  it('signed out: nothing, not even the fallback', () => {
    const { container } = renderWithBilling(<Entitled feature="api" {...parts} />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })

  it('children that are a function draw every state', async () => {
    const draw = ({ allowed, reason }: { allowed: boolean | undefined; reason: string }): ReactNode =>
      `${String(allowed)} ${reason}`
    const { container } = renderWithBilling(<Entitled feature="api">{draw}</Entitled>, {
      scenario: scenarios.paused,
    })
    expect(container.textContent).toBe('undefined pending')
    expect(await screen.findByText('false inactive')).toBeTruthy()
  })

  it('another organization never sees what the first one may', async () => {
    renderWithBilling(<Entitled feature="api" {...parts} />, { scenario: scenarios.active })
    expect(await screen.findByText('yours')).toBeTruthy()
    renderWithBilling(<Entitled feature="api" {...parts} />, {
      scenario: scenarios.loading,
      organizationId: 'other',
    })
    expect(await screen.findByText('loading')).toBeTruthy()
  })
})
