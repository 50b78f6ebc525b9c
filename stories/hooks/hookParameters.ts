import { HookPage } from '../docs/HookPage.js'

/** The component of a story, without what belongs to the story; one that is shown again in another scenario has none of its own. */
function componentOf(story: string): string {
  const component = /^ *render: (function .*?^ *\}),?$/ms.exec(story)?.[1]
  return component?.replaceAll(/^ {2}/gm, '') ?? '// The same component as above, in another scenario.'
}

/** Of every hook's stories: the real server, in the toolbar's scenario, and the page that says what the hook takes and gives. */
export const hookParameters = {
  live: true,
  docs: {
    page: HookPage,
    source: { type: 'code', transform: componentOf },
    canvas: { sourceState: 'shown' },
  },
} as const
