import { QueryClient } from '@tanstack/react-query'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { UsageChart, UsageChartView, type UsageHistory, type UsageHistoryInput } from 'polar-billing-kit'
import { billingQueryKey } from 'polar-billing-kit/query'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it, vi } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'
import { expectNoViolations, testComponent } from './testComponent.js'

/** A history of days that begins on the 21st of November. */
const historyOf = (...used: number[]): UsageHistory => ({
  ...scenarios.active.getUsageHistory,
  limit: 1_000,
  total: used.reduce((sum, units) => sum + units, 0),
  points: used.map((units, day) => ({
    at: new Date(Date.UTC(2026, 10, 21 + day)).toISOString(),
    used: units,
  })),
})
const history = historyOf(400, 0, 200)
const locale = 'en-US'

/** The root of what was rendered last. */
const root = () => document.querySelector<HTMLElement>('.billing-chart')
const parts = (name: string) => [
  ...(root()?.querySelectorAll<HTMLElement>(`[data-billing-part="${name}"]`) ?? []),
]
const rows = () =>
  screen.getAllByRole('row').map((row) => [...row.children].map(({ textContent }) => textContent))

describe('<UsageChartView />', () => {
  testComponent(UsageChartView, { history, onRangeChange: () => undefined }, HTMLElement)

  it('default: the running total of the period, its limit, and both in words', () => {
    render(<UsageChartView history={history} locale={locale} />)
    expect(screen.getByRole('region', { name: 'Characters' })).toBe(root())
    expect(parts('value')[0]?.textContent).toBe('600 of 1,000 characters')
    expect(parts('limit-name')[0]?.textContent).toBe('Limit 1,000')
    expect(parts('limit')).toHaveLength(1)
    expect(rows()).toEqual([
      ['Time', 'Used', 'Running total'],
      ['Nov 21, 2026', '400', '400'],
      ['Nov 22, 2026', '0', '400'],
      ['Nov 23, 2026', '200', '600'],
    ])
    expect(root()).toHaveProperty('dataset.state', 'ready')
    expect(root()).toHaveProperty('dataset.cumulative', 'true')
  })

  it('another range: each interval by itself, and no limit', () => {
    render(<UsageChartView history={history} range="7d" locale={locale} />)
    expect(parts('value')[0]?.textContent).toBe('600 characters')
    expect(parts('limit')).toEqual([])
    expect(rows()[1]).toEqual(['Nov 21, 2026', '400'])
    expect(parts('bar').map((bar) => bar.getAttribute('height'))).toEqual(['100%', '0%', '50%'])
  })

  it('prop: cumulative', () => {
    const { rerender } = render(<UsageChartView history={history} range="7d" cumulative />)
    expect(rows()[0]).toContain('Running total')
    expect(parts('limit')).toEqual([])
    rerender(<UsageChartView history={history} cumulative={false} />)
    expect(rows()[0]).not.toContain('Running total')
    expect(parts('limit')).toEqual([])
    expect(parts('value')[0]?.textContent).toContain('of 1,000')
  })

  it('bars above the limit say so', () => {
    render(<UsageChartView history={historyOf(900, 100, 1)} />)
    expect(parts('bar').map((bar) => bar.dataset['over'])).toEqual([undefined, undefined, 'true'])
  })

  it.each([null, Number.NaN, Infinity])('a limit of %s: no line', (limit) => {
    render(<UsageChartView history={{ ...history, limit }} />)
    expect(parts('limit')).toEqual([])
    expect(parts('value')[0]?.textContent).toBe('600 characters')
  })

  it('every bar is named where somebody points at it', () => {
    render(<UsageChartView history={history} range="7d" locale={locale} />)
    expect(parts('tip').map(({ textContent }) => textContent)).toEqual([
      'Nov 21, 2026 400',
      'Nov 22, 2026 0',
      'Nov 23, 2026 200',
    ])
    expect(root()?.querySelector('[data-billing-part="plot"]')?.getAttribute('aria-hidden')).toBe('true')
  })

  it('days are those of UTC, hours those of the reader', () => {
    const props = { locale, timeZone: 'America/New_York', range: '24h' } as const
    const { rerender } = render(<UsageChartView history={history} {...props} />)
    expect(rows()[1]?.[0]).toBe('Nov 21, 2026')
    rerender(<UsageChartView history={{ ...history, interval: 'hour' }} {...props} />)
    expect(rows()[1]?.[0]).toMatch(/^Nov 20, 2026, 7:00\sPM$/)
    rerender(<UsageChartView history={{ ...history, interval: 'month' }} {...props} />)
    expect(rows()[1]?.[0]).toBe('November 2026')
  })

  it.each([
    ['negative', [400, -200]],
    ['NaN', [400, Number.NaN]],
    ['huge', [Number.MAX_VALUE, Number.MAX_VALUE]],
    ['one', [400]],
    ['infinite', [Infinity, 1]],
  ])('%s: nothing that is drawn lies outside, or is no number', (_name, used) => {
    render(<UsageChartView history={historyOf(...used)} />)
    const area = parts('area')[0]?.getBoundingClientRect() ?? new DOMRect()
    for (const bar of parts('bar')) {
      const { top, bottom, left, right } = bar.getBoundingClientRect()
      expect(top).toBeGreaterThanOrEqual(area.top - 1)
      expect(bottom).toBeLessThanOrEqual(area.bottom + 1)
      expect(left).toBeGreaterThanOrEqual(area.left)
      expect(right).toBeLessThanOrEqual(area.right)
    }
    expect(root()?.outerHTML).not.toMatch(/NaN|Infinity|∞/)
  })

  it.each([
    ['only zeros', historyOf(0, 0)],
    ['no points', historyOf()],
  ])('%s: empty', (_name, empty) => {
    render(<UsageChartView history={empty} />)
    expect(screen.getByText('Nothing used in this time')).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
    expect(root()).toHaveProperty('dataset.state', 'empty')
  })

  it('what is not known is not "nothing"', () => {
    render(<UsageChartView history={historyOf(Number.NaN)} range="7d" />)
    expect(root()).toHaveProperty('dataset.state', 'ready')
    expect(parts('value')[0]?.textContent).toBe('– characters')
    expect(rows()[1]?.[1]).toBe('–')
  })

  it('loading, error and stale say so', async () => {
    const { container, rerender } = render(<UsageChartView label="Characters" />)
    expect(root()?.textContent).toBe('CharactersLoading…')
    expect(root()?.getAttribute('aria-busy')).toBe('true')
    rerender(<UsageChartView label="Characters" error={new Error('no')} />)
    expect(root()?.textContent).toBe('CharactersUnavailable')
    await expectNoViolations(container)
    rerender(<UsageChartView history={{ ...history, stale: true }} />)
    expect(screen.getByText('Last known')).toBeTruthy()
  })

  it('busy: what is still shown is not measured against the limit', () => {
    render(<UsageChartView history={history} busy />)
    expect(root()?.getAttribute('aria-busy')).toBe('true')
    expect(parts('limit')).toEqual([])
    expect(parts('value')[0]?.textContent).toBe('600 characters')
  })

  it('the table is for screen readers, and for everybody who asks', async () => {
    const { container } = render(<UsageChartView history={history} />)
    const height = () => screen.getByRole('table').parentElement?.getBoundingClientRect().height ?? 0
    expect(height()).toBe(1)
    fireEvent.click(screen.getByRole('checkbox', { name: 'Show as table' }))
    expect(height()).toBeGreaterThan(50)
    await expectNoViolations(container)
  })

  it('prop: ranges and onRangeChange', () => {
    const onRangeChange = vi.fn()
    const props = { history, ranges: ['24h', '7d'], onRangeChange } as const
    const { rerender } = render(<UsageChartView {...props} range="7d" />)
    const radios = within(screen.getByRole('group', { name: 'Time range' })).getAllByRole('radio')
    expect(radios.map((radio) => (radio as HTMLInputElement).checked)).toEqual([false, true])
    fireEvent.click(screen.getByRole('radio', { name: '24 hours' }))
    expect(onRangeChange.mock.calls).toEqual([['24h']])
    rerender(<UsageChartView {...props} range={{ from: '2026-11-21T00:00:00Z' }} />)
    expect(screen.getAllByRole('radio').some((radio) => (radio as HTMLInputElement).checked)).toBe(false)
  })

  it('right to left: the first bar is at the right', () => {
    render(<UsageChartView history={history} dir="rtl" />)
    const [first, , last] = parts('bar').map((bar) => bar.getBoundingClientRect().left)
    expect(first).toBeGreaterThan(Number(last))
  })

  it('fits into 320 px', () => {
    const year = historyOf(...Array.from({ length: 90 }, (_, day) => day * 1_000))
    render(
      <div style={{ inlineSize: '272px' }}>
        <UsageChartView history={year} range="90d" locale="de" onRangeChange={() => undefined} />
      </div>,
    )
    expect(root()?.scrollWidth).toBeLessThanOrEqual(272)
    const labels = parts('axis')[0]?.querySelectorAll('span') ?? []
    const boxes = [...labels].map((label) => label.getBoundingClientRect())
    boxes.forEach((box, index) => expect(box.left).toBeGreaterThan(boxes[index - 1]?.right ?? 0))
  })
})

describe('<UsageChart />', () => {
  it('default: the period of a meter', async () => {
    renderWithBilling(<UsageChart meter="characters" />, { scenario: scenarios.active })
    expect(await screen.findByRole('table', { name: 'Characters' })).toBeTruthy()
    expect(parts('limit-name')[0]?.textContent).toBe('Limit 100,000')
  })

  it('another range is asked for, and the last one stays until it is there', async () => {
    // Strict mode may ask twice, and waits for the second.
    const answers = new Map<string | undefined, () => void>()
    const getUsageHistory = ({ range }: UsageHistoryInput) => {
      const answer = range === '7d' ? historyOf(7) : history
      return new Promise<UsageHistory>((resolve) => answers.set(range, () => resolve(answer)))
    }
    const onRangeChange = vi.fn()
    renderWithBilling(<UsageChart meter="characters" onRangeChange={onRangeChange} />, {
      scenario: { getUsageHistory },
    })
    await waitFor(() => expect([...answers.keys()]).toEqual(['period']))
    answers.get('period')?.()
    await screen.findByText('600 of 1,000 characters')
    fireEvent.click(screen.getByRole('radio', { name: '7 days' }))
    await waitFor(() => expect([...answers.keys()]).toEqual(['period', '7d']))
    expect(root()).toHaveProperty('dataset.busy', 'true')
    expect(screen.getByText('600 characters')).toBeTruthy()
    answers.get('7d')?.()
    await expect.poll(() => parts('value')[0]?.textContent).toBe('7 characters')
    expect(root()?.dataset['busy']).toBeUndefined()
    expect(onRangeChange.mock.calls).toEqual([['7d']])
  })

  it('read out is what somebody chose, and not what is used meanwhile', async () => {
    let used = 600
    const queryClient = new QueryClient()
    const getUsageHistory = async ({ range }: UsageHistoryInput) =>
      historyOf(range === '7d' ? used / 100 : used)
    renderWithBilling(<UsageChart meter="characters" />, { scenario: { getUsageHistory }, queryClient })
    await screen.findByText('600 of 1,000 characters')
    const region = screen.getByRole('status')
    const use = async (units: number) => {
      used = units
      await queryClient.invalidateQueries({ queryKey: billingQueryKey('acme') })
    }
    await use(700)
    await screen.findByText('700 of 1,000 characters')
    expect(region.textContent).toBe('')
    fireEvent.click(screen.getByRole('radio', { name: '7 days' }))
    await expect.poll(() => region.textContent).toBe('7 characters')
    await use(800)
    await expect.poll(() => parts('value')[0]?.textContent).toBe('8 characters')
    expect(region.textContent).toBe('7 characters')
    fireEvent.click(screen.getByRole('radio', { name: 'This period' }))
    await expect.poll(() => region.textContent).toBe('700 of 1,000 characters')
    expect(document.querySelectorAll('[aria-live]')).toHaveLength(0)
  })

  it('prop: range, interval and defaultRange', async () => {
    const asked = new Set<string>()
    const getUsageHistory = async (input: UsageHistoryInput) => {
      asked.add(JSON.stringify(input))
      return history
    }
    renderWithBilling(
      <>
        <UsageChart meter="characters" range="30d" interval="week" />
        <UsageChart meter="characters" defaultRange="12m" />
      </>,
      { scenario: { getUsageHistory } },
    )
    await waitFor(() =>
      expect([...asked].map((input) => JSON.parse(input) as unknown)).toEqual([
        { meter: 'characters', range: '30d', interval: 'week' },
        { meter: 'characters', range: '12m' },
      ]),
    )
  })

  it('behavior: loading shows the catalog’s name, and down says so', async () => {
    const { unmount } = renderWithBilling(<UsageChart meter="characters" />, { scenario: scenarios.loading })
    expect(parts('label')[0]?.textContent).toBe('Characters')
    unmount()
    renderWithBilling(<UsageChart meter="characters" />, { scenario: scenarios.down })
    expect(await screen.findByText('Unavailable')).toBeTruthy()
  })

  it('behavior: signed out, or a backend that keeps no history', async () => {
    const { container } = renderWithBilling(<UsageChart meter="characters" />, { organizationId: null })
    expect(container.innerHTML).toBe('')
    const other = renderWithBilling(<UsageChart meter="characters" />, {
      scenario: { getStatus: scenarios.free.getStatus },
    })
    await expect.poll(() => other.container.innerHTML).toBe('')
  })
})
