import { render } from '@testing-library/react'
import {
  BillingPage,
  CheckoutReturnView,
  PlanBadgeView,
  UsageMeterView,
  UsageRingView,
} from 'polar-billing-kit'
import { scenarios } from 'polar-billing-kit/testing'
import { describe, expect, it } from 'vitest'
import { Dialog } from '../../src/components/Dialog/Dialog.js'
import { renderWithBilling } from '../renderWithBilling.js'
import { everyView } from './everyView.js'

const meter = { name: 'Characters', unit: 'characters', used: 1_240, pending: 0, limit: 1_000 }

/** Where an element's children lie, from its own upper edge. */
function childrenOf(element: Element | null | undefined): number[] {
  const top = element?.getBoundingClientRect().top ?? Number.NaN
  return Array.from(element?.children ?? [], (child) => child.getBoundingClientRect().top - top)
}

describe('styles in pages of other people', () => {
  it.each([
    { name: 'meter', view: <UsageMeterView meter={meter} /> },
    { name: 'ring', view: <UsageRingView meter={meter} /> },
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

  it.each(['@layer base { * { margin: 0 } }', '* { margin: 0 }'])(
    'dialog: in the middle of the page with %s',
    (reset) => {
      render(
        <>
          <style>{reset}</style>
          <Dialog title="Change plan" onDismiss={() => undefined} />
        </>,
      )
      const { left, right, top, bottom } =
        document.querySelector('dialog')?.getBoundingClientRect() ?? new DOMRect(Number.NaN)
      expect(left).toBeCloseTo(document.documentElement.clientWidth - right, 0)
      expect(top).toBeCloseTo(innerHeight - bottom, 0)
    },
  )

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

/** What apps often begin with, in no layer: it weighs more than the kit's styles. */
const RESET = `
  *, *::before, *::after { box-sizing: border-box }
  *:not(dialog, html, body) { margin: 0 }
  *::before, *::after { margin: 0 }`

describe.each([
  { place: 'narrow', inlineSize: '12rem' },
  { place: 'wide', inlineSize: '64rem' },
])('$place: every View', ({ inlineSize }) => {
  it.each(everyView)('$name: everything in its place where a reset takes the margins away', ({ view }) => {
    const { container } = render(<div style={{ inlineSize }}>{view}</div>)
    const before = placesIn(container)
    render(<style>{RESET}</style>)
    expect(before.length).toBeGreaterThan(0)
    expect(placesIn(container)).toEqual(before)
  })

  it.each(everyView)('$name: its texts begin where they should in a page that is centred', ({ view }) => {
    const { container } = render(<div style={{ inlineSize }}>{view}</div>)
    const root = container.querySelector('[class^="billing-"]')
    const before = placesIn(root)
    container.style.textAlign = 'center'
    expect(before.length).toBeGreaterThan(0)
    expect(placesIn(root)).toEqual(before)
  })

  it.each(everyView)('$name: nothing sticks out', ({ view }) => {
    const { container } = render(<div style={{ inlineSize }}>{view}</div>)
    const { clientWidth = Number.NaN, scrollWidth } = container.firstElementChild ?? {}
    expect(scrollWidth).toBe(clientWidth)
  })
})

it('page: everything in its place where a reset takes the margins away', async () => {
  const { container } = renderWithBilling(<BillingPage />, { scenario: scenarios.team })
  await expect.poll(() => container.querySelectorAll('section[data-section]').length).toBe(5)
  await expect.poll(() => container.querySelectorAll('[aria-busy]').length).toBe(0)
  const before = placesIn(container)
  render(<style>{RESET}</style>)
  expect(placesIn(container)).toEqual(before)
})

interface Place {
  what: string
  left: number
  top: number
  width: number
  height: number
}

/** Where everything in an element lies, its words too, from its own corner. */
function placesIn(root: Element | null): Place[] {
  if (root === null) return []
  const corner = root.getBoundingClientRect()
  const places: Place[] = []
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
  while (nodes.nextNode()) {
    const range = document.createRange()
    range.selectNode(nodes.currentNode)
    const { left, top, width, height } = range.getBoundingClientRect()
    const what = nodes.currentNode.textContent ?? ''
    places.push({ what, left: left - corner.left, top: top - corner.top, width, height })
  }
  return places
}
