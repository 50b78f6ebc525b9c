import { mkdirSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { serve } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { type Browser, chromium } from 'playwright'
import { chromiumLaunchOptions } from '../test/chromium.js'

// Pictures of every story of the built Storybook, to look at: `npm run build-storybook && npm run screenshots -- --out /tmp/shots`.
// A name that is given takes the stories whose id holds it.

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string', default: 'screenshots' },
    widths: { type: 'string', default: '320,768,1280' },
    themes: { type: 'string', default: 'light,dark' },
    globals: { type: 'string', default: '' },
  },
})

interface Index {
  entries: Record<string, { id: string; type: string }>
}

const FOLDER = 'storybook-static'
const { entries } = JSON.parse(readFileSync(`${FOLDER}/index.json`, 'utf8')) as Index
const stories = Object.values(entries)
  .filter(({ id, type }) => type === 'story' && positionals.every((part) => id.includes(part)))
  .map(({ id }) => id)

const app = new Hono().use(serveStatic({ root: FOLDER }))
const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 })
await new Promise((resolve) => server.once('listening', resolve))
const { port } = server.address() as { port: number }

const browser = await chromium.launch(await chromiumLaunchOptions())
mkdirSync(values.out, { recursive: true })
for (const theme of values.themes.split(',')) {
  for (const width of values.widths.split(',').map(Number)) await shootAll(browser, theme, width)
}
await browser.close()
server.close()
console.log(`${stories.length} stories are in ${values.out}.`)

async function shootAll(browser: Browser, theme: string, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 600 }, reducedMotion: 'reduce' })
  for (const id of stories) {
    const globals = [`theme:${theme}`, values.globals].filter(Boolean).join(';')
    await page.goto(`http://127.0.0.1:${port}/iframe.html?id=${id}&viewMode=story&globals=${globals}`)
    await page.locator('body.sb-show-main, body.sb-show-errordisplay').waitFor()
    // What is still loading by then is meant to.
    await page
      .waitForFunction(() => !document.querySelector('[aria-busy]'), null, { timeout: 1_500 })
      .catch(() => undefined)
    await page.screenshot({ path: `${values.out}/${id}.${theme}.${width}.png`, fullPage: true })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) console.log(`${id} at ${width} px is ${overflow} px too wide.`)
  }
  await page.close()
}
