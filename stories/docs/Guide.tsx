import { Markdown } from '@storybook/addon-docs/blocks'

/** A link to another guide, or to the README, whose steps are the quick start. */
const GUIDE = /\]\((?:\.\.\/|docs\/)?([\w-]+)\.md(?:#[\w-]+)?\)/g
/** A link to a place in the same file, which may not be on this page. */
const PLACE = /\[([^\]]+)\]\(#[\w-]+\)/g

/** A guide of the repository, as a page. */
export function Guide({ children }: { children: string }) {
  const text = children
    .replaceAll(PLACE, '$1')
    .replaceAll(
      GUIDE,
      (_, name: string) => `](?path=/docs/guides-${name === 'README' ? 'quick-start' : name}--docs)`,
    )
  return <Markdown>{text}</Markdown>
}
