import { HookPage } from '../docs/HookPage.js'

/** Of every hook's stories: the real server, in the toolbar's scenario, and the page that says what the hook takes and gives. */
export const hookParameters = {
  live: true,
  docs: { page: HookPage, source: { type: 'code' }, canvas: { sourceState: 'shown' } },
} as const
