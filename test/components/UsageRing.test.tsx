import { render, screen } from '@testing-library/react'
import { UsageRing, UsageRingView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { testComponent } from './testComponent.js'

const meter = { name: 'Characters', unit: 'characters', used: 250, pending: 0, limit: 1_000 }

/** The root of what was rendered last. */
const root = () => document.querySelector<HTMLElement>('.billing-ring')
const text = (part: string) => root()?.querySelector(`[data-billing-part="${part}"]`)?.textContent
const arc = (part: string) => {
  const circle = root()?.querySelector(`circle[data-billing-part="${part}"]`)
  return circle && [circle.getAttribute('stroke-dasharray'), circle.getAttribute('stroke-dashoffset')]
}

describe('<UsageRingView />', () => {
  testComponent(UsageRingView, { meter }, HTMLDivElement)

  it('default: a meter with a name, a range and words, and the percentage for eyes', () => {
    render(<UsageRingView meter={meter} />)
    const element = screen.getByRole('meter', { name: 'Characters' })
    const values = ['valuemin', 'valuemax', 'valuenow', 'valuetext']
    expect(values.map((name) => element.getAttribute(`aria-${name}`))).toEqual([
      '0',
      '1000',
      '250',
      '250 of 1,000 characters',
    ])
    expect(text('percent')).toBe('25%')
    expect(arc('used')).toEqual(['25 100', null])
    expect(arc('pending')).toBeNull()
    expect(root()).toHaveProperty('dataset.state', 'ok')
  })

  it('pending goes on where what was used ends', () => {
    render(<UsageRingView meter={{ ...meter, pending: 100 }} />)
    expect(arc('pending')).toEqual(['10 100', '-25'])
    expect(text('percent')).toBe('35%')
    expect(text('note')).toBe('100 pending')
    expect(root()).toHaveProperty('dataset.pending', 'true')
  })

  it('over the limit the ring is full, and the percentage is not clamped', () => {
    render(<UsageRingView meter={{ ...meter, used: 1_000, pending: 250 }} />)
    expect([arc('used'), arc('pending')]).toEqual([
      ['80 100', null],
      ['20 100', '-80'],
    ])
    expect(text('percent')).toBe('125%')
    expect(screen.getByRole('meter').getAttribute('aria-valuemax')).toBe('1250')
    expect(root()).toHaveProperty('dataset.state', 'over')
  })

  it.each([
    ['unlimited', { limit: null }],
    ['unknown', {}],
  ])('%s: no ring, only text', (state, limit) => {
    const { limit: _limit, ...unlimited } = meter
    render(<UsageRingView meter={{ ...unlimited, ...limit }} />)
    expect(screen.queryByRole('meter')).toBeNull()
    expect(root()?.textContent).toBe('Characters250 characters')
    expect(root()).toHaveProperty('dataset.state', state)
  })

  it.each([
    ['limit 0, nothing used', { used: 0, limit: 0 }, undefined],
    ['limit 0, something used', { used: 3, limit: 0 }, undefined],
    ['negative use', { used: -20 }, '-2%'],
    ['pending that is given back', { used: 500, pending: -100 }, '40%'],
    ['use that is NaN', { used: Number.NaN }, '0%'],
    ['huge', { used: Number.MAX_VALUE, limit: 1 }, '–'],
  ])('%s: everything that is drawn is a number', (_name, numbers, percent) => {
    render(<UsageRingView meter={{ ...meter, ...numbers }} />)
    expect(text('percent')).toBe(percent)
    expect(root()?.innerHTML).not.toMatch(/NaN|Infinity|dasharray="-/)
  })

  it('loading, error and stale say so', () => {
    const { rerender } = render(<UsageRingView label="Characters" />)
    expect(root()).toHaveProperty('dataset.state', 'loading')
    expect(root()?.getAttribute('aria-busy')).toBe('true')
    rerender(<UsageRingView label="Characters" error={new Error('no')} />)
    expect(root()?.textContent).toBe('CharactersUnavailable')
    rerender(<UsageRingView meter={meter} stale />)
    expect(text('note')).toBe('last known')
    expect(root()).toHaveProperty('dataset.stale', 'true')
  })
})

describe('<UsageRing />', () => {
  it('default: the first meter of the organization', async () => {
    renderWithBilling(<UsageRing />)
    const element = await screen.findByRole('meter', { name: 'Characters' })
    expect(element.getAttribute('aria-valuetext')).toBe('320 of 1,000 characters')
  })

  it('behavior: has the words of UsageMeter', async () => {
    renderWithBilling(<UsageRing meter="characters" />, {
      messages: { UsageMeter: { valueOfLimit: '{used} von {limit}' } },
    })
    expect(await screen.findByText('320 von 1,000')).toBeTruthy()
  })

  it('behavior: the provider is down', async () => {
    renderWithBilling(<UsageRing meter="characters" />, { scenario: scenarios.down })
    expect(await screen.findByText('Unavailable')).toBeTruthy()
  })

  it('behavior: signed out, or a backend that counts no usage', async () => {
    const { container } = renderWithBilling(<UsageRing />, { organizationId: null })
    expect(container.innerHTML).toBe('')
    const other = renderWithBilling(<UsageRing />, { scenario: { getStatus: scenarios.free.getStatus } })
    await expect.poll(() => other.container.innerHTML).toBe('')
  })
})
