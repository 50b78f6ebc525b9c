import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import type { Page } from 'playwright'

const FOLDER = 'storybook-static'

interface Index {
  entries: Record<string, { id: string; type: string }>
}

/** The ids of all stories that `npm run build-storybook` wrote. */
export function storyIds(): string[] {
  const { entries } = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as Index
  return Object.values(entries)
    .filter(({ type }) => type === 'story')
    .map(({ id }) => id)
}

export interface BuiltStorybook {
  /** `globals` as in the address of Storybook's canvas: `theme:dark;locale:ar`. */
  open: (page: Page, id: string, globals: string) => Promise<void>
  close: () => void
}

/** Serves the built Storybook to pages of this process. */
export async function serveStorybook(): Promise<BuiltStorybook> {
  const app = new Hono().use(serveStatic({ root: FOLDER }))
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  return {
    open: async (page, id, globals) => {
      await page.goto(`http://127.0.0.1:${port}/iframe.html?id=${id}&viewMode=story&globals=${globals}`)
      await page.locator('body.sb-show-main, body.sb-show-errordisplay').waitFor()
      // What is still loading by then is meant to.
      await page
        .waitForFunction(() => !document.querySelector('[aria-busy]'), null, { timeout: 1_500 })
        .catch(() => undefined)
    },
    close: () => server.close(),
  }
}
