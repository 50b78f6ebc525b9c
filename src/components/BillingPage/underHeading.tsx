import { type ComponentPropsWithoutRef, createElement, type ReactElement, type Ref } from 'react'
import { part, type Render, type Styling } from '../Root.js'
import type { billingPageMessages } from './billingPageMessages.js'

/** What a billing page can show. */
export type BillingPageSection = keyof typeof billingPageMessages

interface SectionProps extends Omit<ComponentPropsWithoutRef<'section'>, 'title'> {
  name: BillingPageSection
  title: string
  titleRef?: Ref<HTMLHeadingElement> | undefined
  /** What the component's own element is. */
  tag: 'div' | 'section'
  classNames: Styling<'section' | 'heading'>['classNames']
}

/**
 * Puts a component's element below a heading. The component itself renders it: where it renders nothing there is no heading either, on the
 * server and without any styles, too.
 */
export function underHeading({ name, title, titleRef, tag, classNames, children }: SectionProps): Render {
  return (element): ReactElement => (
    // It has no name of its own: what is in it has, and a landmark in a landmark helps nobody.
    <section {...part('section', classNames)} data-section={name}>
      {/* It can be sent to. */}
      <h2 ref={titleRef} tabIndex={-1} {...part('heading', classNames)}>
        {title}
      </h2>
      {createElement(tag, element)}
      {children}
    </section>
  )
}
