import { render, type RenderResult, waitFor } from '@testing-library/react'
import axe from 'axe-core'
import { type ComponentType, createElement, createRef, type ReactElement, type Ref } from 'react'
import { describe, expect, it } from 'vitest'
import { type BillingSetup, renderWithBilling } from '../renderWithBilling.js'

interface NativeProps {
  ref?: Ref<never>
  className?: string
  id?: string
  title?: string
  'data-extra'?: string
  classNames?: { root: string }
  unstyled?: boolean
  render?: ReactElement<{ className?: string }>
}

/**
 * What every component promises its users: the ref, their class beside ours, every native prop, and no accessibility fault. A connected
 * one needs a `setup`, and is looked at when everything has arrived.
 */
export function testComponent<Props extends object>(
  Component: ComponentType<Props & NativeProps>,
  props: Props,
  element: typeof HTMLElement,
  setup?: BillingSetup,
): void {
  async function show(own: NativeProps = {}): Promise<RenderResult & { root: HTMLElement }> {
    const ref = createRef<HTMLElement>()
    const ui = <Component {...props} {...own} ref={ref as never} />
    const result = setup ? renderWithBilling(ui, setup) : render(ui)
    if (setup) {
      await waitFor(() => expect(ref.current?.dataset['state']).not.toMatch(/^(undefined|loading)$/))
      await waitFor(() =>
        expect(result.container.querySelector('[aria-busy], [data-state=loading]')).toBeNull(),
      )
    }
    return { ...result, root: ref.current as HTMLElement }
  }

  describe('conformance', () => {
    it('gives its element to the ref', async () => {
      const { root } = await show()
      expect(root).toBeInstanceOf(element)
    })

    it('adds className to its own, and passes native props on', async () => {
      const { root } = await show({ className: 'mine', id: 'it', title: 'Titled', 'data-extra': 'yes' })
      expect(root.className).toMatch(/^billing-\w+ mine$/)
      expect(root).toMatchObject({ id: 'it', title: 'Titled' })
      expect(root.dataset['extra']).toBe('yes')
    })

    it('classNames.root, and nothing of the kit where it is unstyled', async () => {
      const { root, container } = await show({ classNames: { root: 'mine' }, unstyled: true })
      expect(root.className).toBe('mine')
      expect(container.innerHTML).not.toMatch(/class="[^"]*billing-/)
    })

    it('render: another element takes over all of it', async () => {
      const own = createElement('section', { className: 'theirs' })
      const { root, container } = await show({ id: 'it', render: own })
      expect(container.querySelector('section')).toBe(root)
      expect(root.className).toMatch(/^billing-\w+ theirs$/)
      expect(root).toHaveProperty('id', 'it')
      expect(root.childNodes.length).toBeGreaterThan(0)
    })

    it('says its state in data attributes', async () => {
      const { root } = await show()
      expect(root.dataset['state']).toMatch(/^\w+$/)
    })

    it('has no accessibility fault', async () => {
      const { container } = await show()
      await expectNoViolations(container)
    })
  })
}

export async function expectNoViolations(container: Element): Promise<void> {
  const { violations } = await axe.run(container)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
