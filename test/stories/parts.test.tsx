import { composeStories, type Meta } from '@storybook/react-vite'
import { cleanup } from '@testing-library/react'
import type { ComponentType } from 'react'
import { expect, it } from 'vitest'
import { renderWithBilling } from '../renderWithBilling.js'

interface StoryFile {
  default: Meta
}

type Story = ComponentType<{ classNames: Record<string, string> }> & { parameters: Record<string, unknown> }

const files = import.meta.glob<StoryFile>('../../stories/components/*.stories.tsx', { eager: true })
const documented = Object.values(files).flatMap((file) => {
  const { title = '', parameters } = file.default
  const parts = parameters?.['parts'] as Readonly<Record<string, string>> | undefined
  // With a capital it is a component inside, which has a list of its own.
  const names = Object.keys(parts ?? {}).filter((name) => /^[a-z]/.test(name))
  return names.length > 0 ? [{ title, names: names.sort(), stories: viewStories(file) }] : []
})

/** The stories of the View: what the connected one renders in a moment is not to be waited for. */
function viewStories(file: StoryFile): Story[] {
  const stories = Object.values<Story>(composeStories(file as never))
  return stories.filter(({ parameters }) => !parameters['live'] && !parameters['scenario'])
}

/** Renders all of them with a class for each part that is documented. */
function renderedBy(stories: readonly Story[], names: readonly string[]): Set<string> {
  const classNames = Object.fromEntries(names.map((name) => [name, `of-${name}`]))
  const rendered = new Set<string>()
  for (const Story of stories) {
    renderWithBilling(<Story classNames={classNames} />)
    for (const name of names) if (document.querySelector(`.of-${name}`)) rendered.add(name)
    // Without a class of ours it is a part of a component inside, or one that nobody documents.
    for (const part of document.querySelectorAll<HTMLElement>('[data-billing-part]:not([class*="of-"])')) {
      if (part.parentElement?.closest('[class*="billing-"]')?.matches('.of-root')) {
        rendered.add(part.dataset['billingPart'] ?? '')
      }
    }
    cleanup()
  }
  return rendered
}

it.each(documented)('$title renders the parts that are documented, and no other', ({ names, stories }) => {
  expect([...renderedBy(stories, names)].sort()).toEqual(names)
})
