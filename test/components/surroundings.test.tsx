import { render } from '@testing-library/react'
import { CheckoutReturnView, PlanBadgeView, PricingTableView, UsageMeterView } from 'polar-billing-kit'
import { scenarioCatalog, scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { Dialog } from '../../src/components/Dialog/Dialog.js'

const meter = { name: 'Characters', unit: 'characters', used: 1_240, pending: 0, limit: 1_000 }

/** Where an element's children lie, from its own upper edge. */
function childrenOf(element: Element | null | undefined): number[] {
  const top = element?.getBoundingClientRect().top ?? Number.NaN
  return Array.from(element?.children ?? [], (child) => child.getBoundingClientRect().top - top)
}

describe('styles in pages of other people', () => {
  it.each([
    { name: 'meter', view: <UsageMeterView meter={meter} /> },
    { name: 'return', view: <CheckoutReturnView state="active" /> },
  ])('$name: its parts stay together in a row that is higher', ({ view }) => {
    const natural = render(view)
    const stretched = render(<div style={{ display: 'grid', blockSize: '20rem' }}>{view}</div>)
    expect(childrenOf(stretched.container.firstElementChild?.firstElementChild)).toEqual(
      childrenOf(natural.container.firstElementChild),
    )
  })

  it('badge: as high as its words in a row that is higher', () => {
    const view = <PlanBadgeView status={scenarios.active.getStatus} />
    const natural = render(view)
    const stretched = render(<div style={{ display: 'grid', blockSize: '20rem' }}>{view}</div>)
    const height = natural.container.firstElementChild?.getBoundingClientRect().height
    expect(height).toBeGreaterThan(0)
    expect(stretched.container.querySelector('.billing-badge')?.getBoundingClientRect().height).toBe(height)
  })

  it('dialog: in the middle of the page, also where a reset takes all margins away', () => {
    render(
      <>
        <style>{'@layer base { * { margin: 0 } }'}</style>
        <Dialog title="Change plan" onDismiss={() => undefined} />
      </>,
    )
    const { left, right, top, bottom } =
      document.querySelector('dialog')?.getBoundingClientRect() ?? new DOMRect(Number.NaN)
    expect(left).toBeCloseTo(document.documentElement.clientWidth - right, 0)
    expect(top).toBeCloseTo(innerHeight - bottom, 0)
  })

  it('price list: as much room between its lines where paragraphs have no margins', () => {
    const { plans } = scenarios.free.listPlans
    const view = <PricingTableView plans={plans} catalog={scenarioCatalog} interval="month" />
    const natural = render(view)
    const card = '[data-billing-part="plan"]'
    const before = childrenOf(natural.container.querySelector(card))
    const { container } = render(<div id="reset">{view}</div>)
    render(<style>{'#reset p { margin: 0 }'}</style>)
    expect(before.length).toBeGreaterThan(2)
    expect(childrenOf(container.querySelector(card))).toEqual(before)
  })

  it('dialog: on the surface that the app names', () => {
    render(
      <div style={{ '--billing-surface': 'rgb(1, 2, 3)' } as object}>
        <Dialog title="Change plan" onDismiss={() => undefined} />
      </div>,
    )
    const dialog = document.querySelector('dialog')
    expect(dialog && getComputedStyle(dialog).backgroundColor).toBe('rgb(1, 2, 3)')
  })
})
