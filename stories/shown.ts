import { expect, waitFor } from 'storybook/test'

const PATIENCE = { timeout: 15_000 }

/** Waits until a story shows this: what it says comes from a server. */
export const shown = (canvasElement: HTMLElement, text: RegExp): Promise<void> =>
  waitFor(() => expect(canvasElement.textContent).toMatch(text), PATIENCE)

/** Waits until nothing in it is loading. */
export const settled = (canvasElement: HTMLElement): Promise<void> =>
  waitFor(() => expect(canvasElement.querySelector('[aria-busy]')).toBeNull(), PATIENCE)
