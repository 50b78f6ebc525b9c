import { render, screen } from '@testing-library/react'
import { type CompleteMeterUsage, UsageMeterList, UsageMeterListView } from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { testComponent } from './testComponent.js'

const meters: CompleteMeterUsage[] = [
  { key: 'characters', name: 'Characters', unit: 'characters', used: 320, pending: 0, limit: 1_000 },
  { key: 'storage', name: 'Storage', unit: 'GB', used: 12, pending: 0, limit: 10 },
  { key: 'requests', name: 'Requests', unit: 'requests', used: 24_000, pending: 0, limit: null },
]
const list = () => document.querySelector<HTMLElement>('.billing-meters')

describe('<UsageMeterListView />', () => {
  testComponent(UsageMeterListView, { meters }, HTMLElement)

  it('default: a list with every meter', () => {
    render(<UsageMeterListView meters={meters} />)
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'Characters320 of 1,000 characters',
      'Storage12 of 10 GB2 over the limit',
      'Requests24,000 requests',
    ])
    expect(screen.getByRole('region', { name: 'Usage' })).toBe(list())
    expect(list()).toHaveProperty('dataset.state', 'ready')
  })

  it.each([
    ['loading', {}, 'Loading…'],
    ['error', { error: new Error('no') }, 'Usage unavailable'],
    ['empty', { meters: [] }, 'Nothing is metered.'],
  ])('%s: one state for all', (state, props, words) => {
    render(<UsageMeterListView {...props} />)
    expect(list()).toHaveProperty('dataset.state', state)
    expect(list()?.textContent).toBe(words)
    expect(list()?.getAttribute('aria-busy')).toBe(state === 'loading' ? 'true' : null)
  })

  it('stale: says so once', () => {
    render(<UsageMeterListView meters={meters} stale />)
    expect(screen.getAllByText(/last known/i)).toHaveLength(1)
    expect(list()).toHaveProperty('dataset.stale', 'true')
  })

  it('prop: nearAt, meterMessages and classNames reach the meters', () => {
    render(
      <UsageMeterListView
        meters={meters.slice(0, 1)}
        nearAt={0.3}
        meterMessages={{ valueOfLimit: '{used}/{limit}' }}
        classNames={{ UsageMeter: { root: 'mine' } }}
      />,
    )
    const meter = list()?.querySelector<HTMLElement>('.mine')
    expect(meter?.dataset['state']).toBe('near')
    expect(meter?.textContent).toBe('Characters320/1,000')
  })
})

describe('<UsageMeterList />', () => {
  it('default: every meter of the organization', async () => {
    renderWithBilling(<UsageMeterList />)
    expect(await screen.findByRole('meter', { name: 'Characters' })).toBeTruthy()
  })

  it('behavior: the provider’s words for the list, and for the meters', async () => {
    renderWithBilling(<UsageMeterList />, {
      messages: {
        UsageMeterList: { label: 'Verbrauch' },
        UsageMeter: { valueOfLimit: '{used} von {limit}' },
      },
    })
    expect(await screen.findByText('320 von 1,000')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Verbrauch' })).toBeTruthy()
  })

  it('behavior: loading, and the provider is down', async () => {
    renderWithBilling(<UsageMeterList />, { scenario: scenarios.loading })
    expect(await screen.findByText('Loading…')).toBeTruthy()
    renderWithBilling(<UsageMeterList />, { scenario: scenarios.down })
    expect(await screen.findByText('Usage unavailable')).toBeTruthy()
  })

  it('behavior: signed out, or a backend that counts no usage', async () => {
    const { container } = renderWithBilling(<UsageMeterList />, { organizationId: null })
    expect(container.innerHTML).toBe('')
    const other = renderWithBilling(<UsageMeterList />, { scenario: { getStatus: scenarios.free.getStatus } })
    await expect.poll(() => other.container.innerHTML).toBe('')
  })
})
