import { render } from '@testing-library/react'
import axe from 'axe-core'
import { type ComponentType, createElement, createRef, type ReactElement, type Ref } from 'react'
import { describe, expect, it } from 'vitest'

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

/** What every View promises its users: the ref, their class beside ours, every native prop, and no accessibility fault. */
export function testComponent<Props extends object>(
  Component: ComponentType<Props & NativeProps>,
  props: Props,
  element: typeof HTMLElement,
): void {
  describe('conformance', () => {
    it('gives its element to the ref', () => {
      const ref = createRef<never>()
      render(<Component {...props} ref={ref} />)
      expect(ref.current).toBeInstanceOf(element)
    })

    it('adds className to its own, and passes native props on', () => {
      const ref = createRef<HTMLElement>()
      render(
        <Component {...props} ref={ref as never} className="mine" id="it" title="Titled" data-extra="yes" />,
      )
      expect(ref.current?.className).toMatch(/^billing-\w+ mine$/)
      expect(ref.current).toMatchObject({ id: 'it', title: 'Titled' })
      expect(ref.current?.dataset['extra']).toBe('yes')
    })

    it('classNames.root, and nothing of the kit where it is unstyled', () => {
      const ref = createRef<HTMLElement>()
      render(<Component {...props} ref={ref as never} classNames={{ root: 'mine' }} unstyled />)
      expect(ref.current?.className).toBe('mine')
      const { innerHTML } = ref.current as HTMLElement
      expect(innerHTML).not.toMatch(/class="[^"]*billing-/)
    })

    it('render: another element takes over all of it', () => {
      const ref = createRef<HTMLElement>()
      const own = createElement('section', { className: 'theirs' })
      const { container } = render(<Component {...props} ref={ref as never} id="it" render={own} />)
      expect(container.querySelector('section')).toBe(ref.current)
      expect(ref.current?.className).toMatch(/^billing-\w+ theirs$/)
      expect(ref.current).toHaveProperty('id', 'it')
      expect(ref.current?.childNodes.length).toBeGreaterThan(0)
    })

    it('says its state in data attributes', () => {
      const ref = createRef<HTMLElement>()
      render(<Component {...props} ref={ref as never} />)
      expect(ref.current?.dataset['state']).toMatch(/^\w+$/)
    })

    it('has no accessibility fault', async () => {
      const { container } = render(<Component {...props} />)
      await expectNoViolations(container)
    })
  })
}

export async function expectNoViolations(container: Element): Promise<void> {
  const { violations } = await axe.run(container)
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([])
}
