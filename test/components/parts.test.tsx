import { render } from '@testing-library/react'
import { cloneElement } from 'react'
import { expect, it } from 'vitest'
import { everyView, withoutGiven } from './everyView.js'

it.each(everyView)('$name: each part takes the class that has its name', ({ view }) => {
  const bare = withoutGiven(view)
  const { container, rerender } = render(bare)
  const parts = () => Array.from(container.querySelectorAll<HTMLElement>('[data-billing-part]'))
  const nameOf = ({ dataset: { billingPart = '' } }: HTMLElement) => billingPart
  const classNames = Object.fromEntries(parts().map((part) => [nameOf(part), `own-${nameOf(part)}`]))
  rerender(cloneElement(bare, { classNames: { ...classNames, UsageMeter: classNames } } as object))
  expect(parts().filter((part) => !part.classList.contains(`own-${nameOf(part)}`))).toEqual([])
})
