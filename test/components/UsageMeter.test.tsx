import { render, screen } from '@testing-library/react'
import { BillingError, UsageMeter, UsageMeterView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

const meter = { name: 'Characters', unit: 'characters', used: 250, pending: 0, limit: 1_000 }

/** The root of what was rendered last. */
const root = () => document.querySelector('.billing-meter')
const attributes = (element: Element) =>
  Object.fromEntries(
    ['aria-valuemin', 'aria-valuemax', 'aria-valuenow', 'aria-valuetext'].map((name) => [
      name,
      element.getAttribute(name),
    ]),
  )

describe('<UsageMeterView />', () => {
  testComponent(UsageMeterView, { meter }, HTMLDivElement)

  it('default: a meter with a name, a range and words', () => {
    render(<UsageMeterView meter={meter} />)
    expect(attributes(screen.getByRole('meter', { name: 'Characters' }))).toEqual({
      'aria-valuemin': '0',
      'aria-valuemax': '1000',
      'aria-valuenow': '250',
      'aria-valuetext': '250 of 1,000 characters',
    })
    expect(root()).toHaveProperty('dataset.state', 'ok')
  })

  it('pending is part of the value, and a part of the bar of its own', () => {
    render(<UsageMeterView meter={{ ...meter, pending: 100 }} />)
    expect(attributes(screen.getByRole('meter'))).toMatchObject({
      'aria-valuenow': '350',
      'aria-valuetext': '350 of 1,000 characters, 100 pending',
    })
    const width = (part: string) =>
      document.querySelector<HTMLElement>(`[data-billing-part="${part}"]`)?.style.inlineSize
    expect([width('used'), width('pending')]).toEqual(['25%', '10%'])
    expect(root()).toHaveProperty('dataset.pending', 'true')
  })

  it('stale: says that it is the last that is known', () => {
    render(<UsageMeterView meter={meter} stale />)
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toBe(
      '250 of 1,000 characters, last known',
    )
    expect(root()).toHaveProperty('dataset.stale', 'true')
  })

  it.each([
    ['ok', 799],
    ['near', 800],
    ['near', 1_000],
    ['over', 1_001],
  ])('state: %s at %i of 1,000', (state, used) => {
    render(<UsageMeterView meter={{ ...meter, used }} />)
    expect(root()).toHaveProperty('dataset.state', state)
  })

  it('prop: nearAt', () => {
    render(<UsageMeterView meter={{ ...meter, used: 500 }} nearAt={0.5} />)
    expect(root()).toHaveProperty('dataset.state', 'near')
  })

  it('over the limit the value is not clamped: the range grows', () => {
    render(<UsageMeterView meter={{ ...meter, used: 1_200 }} />)
    expect(attributes(screen.getByRole('meter'))).toMatchObject({
      'aria-valuemax': '1200',
      'aria-valuenow': '1200',
      'aria-valuetext': '1,200 of 1,000 characters, 200 over the limit',
    })
  })

  it('unlimited: no meter, only text', () => {
    render(
      <UsageMeterView meter={{ ...meter, limit: null, used: 24_000, included: 10_000, overage: 14_000 }} />,
    )
    expect(screen.queryByRole('meter')).toBeNull()
    expect(root()?.textContent).toBe('Characters24,000 characters14,000 above the included 10,000')
    expect(root()).toHaveProperty('dataset.state', 'unlimited')
  })

  it('a limit that nobody named: the number alone, and no promise', () => {
    render(<UsageMeterView meter={{ name: 'Requests', unit: 'requests', used: 24_000 }} />)
    expect(screen.queryByRole('meter')).toBeNull()
    expect(root()?.textContent).toBe('Requests24,000 requests')
    expect(root()).toHaveProperty('dataset.state', 'unknown')
  })

  it.each([
    ['limit 0, nothing used', { used: 0, limit: 0 }, 'ok', '0 of 0 characters'],
    ['limit 0, something used', { used: 3, limit: 0 }, 'over', '3 of 0 characters, 3 over the limit'],
    ['a negative limit', { used: 0, limit: -5 }, 'ok', '0 of 0 characters'],
    ['negative use', { used: -20, limit: 100 }, 'ok', '-20 of 100 characters'],
    ['use that is NaN', { used: Number.NaN, limit: 100 }, 'ok', '0 of 100 characters'],
    ['pending that is NaN', { used: 1, pending: Number.NaN, limit: 100 }, 'ok', '1 of 100 characters'],
    ['infinite use', { used: Number.POSITIVE_INFINITY, limit: 100 }, 'ok', '0 of 100 characters'],
    ['a fraction', { used: 0.5, limit: 2 }, 'ok', '0.5 of 2 characters'],
  ])('%s', (_name, numbers, state, text) => {
    render(<UsageMeterView meter={{ ...meter, ...numbers }} />)
    const element = screen.getByRole('meter')
    expect(element.getAttribute('aria-valuetext')).toBe(text)
    expect(root()).toHaveProperty('dataset.state', state)
    const [min, max, now] = ['min', 'max', 'now'].map((name) =>
      Number(element.getAttribute(`aria-value${name}`)),
    )
    expect(min).toBeLessThanOrEqual(Number(now))
    expect(now).toBeLessThanOrEqual(Number(max))
    const bars = [...element.children].map((bar) => bar.getBoundingClientRect().width)
    expect(bars.every((width) => width >= 0 && width <= element.getBoundingClientRect().width)).toBe(true)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('a limit that is %s is no limit', (limit) => {
    render(<UsageMeterView meter={{ ...meter, limit }} />)
    expect(screen.queryByRole('meter')).toBeNull()
  })

  it('prop: locale', () => {
    render(<UsageMeterView meter={{ ...meter, used: 12_345 }} locale="de" />)
    expect(screen.getByRole('meter').getAttribute('aria-valuetext')).toContain('12.345 of 1.000')
  })

  it('loading and error say so, and are no meter', async () => {
    const { container, rerender } = render(<UsageMeterView label="Characters" />)
    expect(root()).toHaveProperty('dataset.state', 'loading')
    expect(root()?.getAttribute('aria-busy')).toBe('true')
    rerender(<UsageMeterView label="Characters" error={new Error('no')} />)
    expect(root()?.textContent).toBe('CharactersUnavailable')
    expect(screen.queryByRole('meter')).toBeNull()
    await expectNoViolations(container)
  })
})

describe('<UsageMeter />', () => {
  it('default: the first meter of the organization', async () => {
    renderWithBilling(<UsageMeter />)
    const element = await screen.findByRole('meter', { name: 'Characters' })
    expect(element.getAttribute('aria-valuetext')).toBe('320 of 1,000 characters')
  })

  it('shows the catalog’s name while loading', () => {
    renderWithBilling(<UsageMeter meter="characters" />, { scenario: scenarios.loading })
    expect(root()?.textContent).toBe('CharactersLoading…')
  })

  it('behavior: the provider is down', async () => {
    renderWithBilling(<UsageMeter meter="characters" />, { scenario: scenarios.down })
    expect(await screen.findByText('Unavailable')).toBeTruthy()
  })

  it('behavior: a meter that the answer does not have is unavailable, never 0', async () => {
    renderWithBilling(<UsageMeter meter="storage" />)
    expect(await screen.findByText('Unavailable')).toBeTruthy()
  })

  it('behavior: a backend that counts no usage', async () => {
    const { container } = renderWithBilling(<UsageMeter />, {
      scenario: { getStatus: scenarios.free.getStatus },
    })
    await expect.poll(() => container.innerHTML).toBe('')
  })

  it('behavior: TerraScale’s flat numbers', async () => {
    const catalog = {
      currency: 'USD',
      defaultPlan: 'free',
      plans: { free: { name: 'Free' } },
      meters: { requests: { name: 'Requests', unit: 'requests', field: 'totalRequests' } },
    } as const
    renderWithBilling(<UsageMeter />, { catalog, scenario: { getUsage: { totalRequests: 12_345 } } })
    expect(await screen.findByText('12,345 requests')).toBeTruthy()
  })

  it('behavior: signed out', () => {
    const { container } = renderWithBilling(<UsageMeter />, { organizationId: null })
    expect(container.innerHTML).toBe('')
  })

  it('behavior: an error that passes heals', async () => {
    let fails = true
    const getUsage = async () => {
      if (fails) throw new BillingError('SERVICE_UNAVAILABLE', 'Later.', { retryAfter: 0 })
      return scenarios.free.getUsage
    }
    renderWithBilling(<UsageMeter />, { scenario: { getUsage } })
    expect(await screen.findByText('Unavailable')).toBeTruthy()
    fails = false
    expect(await screen.findByRole('meter')).toBeTruthy()
  })
})
