import { clsx } from 'clsx/lite'
import type { ReactElement } from 'react'
import type { ElementProps, Styling } from '../Root.js'

/** The parts that every component with buttons has: each of its buttons, and what went wrong with one. */
export type ButtonSlot = 'button' | 'error'

/** What a button weighs: the first thing to do, one of several, or something that cannot be taken back. */
export type ButtonVariant = 'primary' | 'quiet' | 'danger'

/** What a component's button is made with. */
export type ButtonElementProps = ElementProps & {
  'data-variant'?: ButtonVariant | undefined
  /** Of a link alone: where to ask for a plan that is not sold here. */
  href?: string | undefined
}

/** Another element in the place of a button: an element that takes over its props, or a function of them. */
export type RenderButton = ReactElement<ElementProps> | ((props: ButtonElementProps) => ReactElement)

/** What a component with buttons of its own takes for them, beside the class `button`. */
export interface ButtonsProps {
  /**
   * Another element for each of its buttons: `<Button />` of a design system, or a function that looks at `data-variant` (`primary`,
   * `quiet`, `danger`). A function gets links, too: they have `href`.
   */
  renderButton?: RenderButton | undefined
}

/** How the buttons in a component can be restyled. A button may have a name of its own, a slot beside `button`. */
export interface ButtonStyling<Name extends string = never, Inner = unknown>
  extends ButtonsProps, Pick<Styling<ButtonSlot | Name, Inner>, 'classNames' | 'unstyled'> {}

/** The props of an `ActionButtonView` that is a part of a component. */
export function buttonPart<Name extends string = never>(
  variant: ButtonVariant,
  { classNames, unstyled, renderButton }: NoInfer<ButtonStyling<Name>>,
  name?: Name,
) {
  return {
    'data-billing-part': name ?? 'button',
    'data-variant': variant,
    className: clsx(classNames?.button, name && classNames?.[name]),
    classNames: { error: classNames?.error },
    unstyled,
    render: renderButton,
  }
}

/** The styling of a component inside another one: its own classes, and whatever the outer one's buttons have. */
export function innerStyling<Inner extends ButtonStyling['classNames']>(
  own: Inner,
  { classNames, unstyled, renderButton }: ButtonStyling,
) {
  return {
    classNames: {
      ...own,
      button: clsx(classNames?.button, own?.button),
      error: clsx(classNames?.error, own?.error),
    },
    unstyled,
    renderButton,
  }
}
