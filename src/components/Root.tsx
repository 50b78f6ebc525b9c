import { clsx } from 'clsx/lite'
import {
  cloneElement,
  type ComponentPropsWithoutRef,
  createElement,
  type CSSProperties,
  forwardRef,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
} from 'react'

type Tag =
  | 'article'
  | 'aside'
  | 'button'
  | 'dialog'
  | 'div'
  | 'fieldset'
  | 'section'
  | 'span'
  | 'table'
  | 'ul'

/** What a View's element is made with. */
export type ElementProps = Record<string, unknown> & { className?: string | undefined; children?: ReactNode }

/** Another element in the place of a View's own: an element that takes over its props, or a function of them. */
export type Render = ReactElement<ElementProps> | ((props: ElementProps) => ReactElement)

/** Classes for parts, by the names that are on `data-billing-part`. */
export type ClassNames<Slot extends string> = { readonly [S in Slot | 'root']?: string | undefined }

/**
 * How every component can be restyled. `Slot` names its parts, which also are on `data-billing-part`; `Inner` has the `classNames` of
 * components inside it, by their names.
 */
export interface Styling<Slot extends string = never, Inner = unknown> {
  /** Classes of your own, for the root and for the parts. */
  classNames?: (ClassNames<Slot> & Inner) | undefined
  /** Leaves out the kit's class, so that nothing of styles.css applies. @default false */
  unstyled?: boolean | undefined
  /** Another element instead of the View's: a router's link (`render={<Link to="/billing" />}`), a button of your own. */
  render?: Render | undefined
}

/** The native props of a View's element, less its children, and how it can be restyled. */
export type RootProps<Name extends Tag, Slot extends string = never, Inner = unknown> = Omit<
  ComponentPropsWithoutRef<Name>,
  'children'
> &
  Styling<Slot, Inner>

interface RootElementProps extends Styling {
  tag: Tag
  /** The kit's class. */
  baseClass: string
  className?: string | undefined
  /** From a View that writes no dates: an element has no such thing. */
  timeZone?: string | undefined
  children?: ReactNode
}

/**
 * A View's root element, with everything that restyles it. Its class is `baseClass`, unless unstyled; the user's classes add up.
 */
export const Root = forwardRef<unknown, RootElementProps>(function Root(
  { tag, baseClass, classNames, unstyled, render, className, timeZone: _timeZone, ...props },
  ref,
): ReactElement {
  const root: ElementProps = {
    ...props,
    ref,
    className: clsx(!unstyled && baseClass, classNames?.root, className),
  }
  if (render === undefined) return createElement(tag, root)
  if (typeof render === 'function') return render(root)
  return cloneElement(render, withOwn(root, render.props))
}) as <Element>(props: RootElementProps & ElementProps & RefAttributes<Element>) => ReactElement

/** The element's own props win; classes, styles and clicks add up. */
function withOwn(root: ElementProps, own: ElementProps): ElementProps {
  const click = [own['onClick'], root['onClick']] as (((event: MouseEvent) => void) | undefined)[]
  return {
    ...root,
    ...own,
    children: own.children ?? root.children,
    className: clsx(root.className, own.className),
    style: { ...(root['style'] as CSSProperties), ...(own['style'] as CSSProperties) },
    onClick: (event: MouseEvent) => click.forEach((handle) => handle?.(event)),
  }
}

/** The attributes of a part of a View. */
export function part<Slot extends string>(
  name: Slot,
  classNames: { readonly [S in Slot]?: string | undefined } | undefined,
): { 'data-billing-part': Slot; className: string | undefined } {
  return { 'data-billing-part': name, className: classNames?.[name] }
}
