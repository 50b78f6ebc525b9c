import { mkdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from 'playwright'
import { chromiumLaunchOptions } from '../test/chromium.js'
import { serveStorybook, storyIds } from './builtStorybook.js'

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

const stories = storyIds().filter((id) => positionals.every((part) => id.includes(part)))
const storybook = await serveStorybook()
const browser = await chromium.launch(await chromiumLaunchOptions())
mkdirSync(values.out, { recursive: true })
for (const theme of values.themes.split(',')) {
  for (const width of values.widths.split(',').map(Number)) await shootAll(browser, theme, width)
}
await browser.close()
storybook.close()
console.log(`${stories.length} stories are in ${values.out}.`)

async function shootAll(browser: Browser, theme: string, width: number): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 600 }, reducedMotion: 'reduce' })
  for (const id of stories) {
    await storybook.open(page, id, [`theme:${theme}`, values.globals].filter(Boolean).join(';'))
    await page.screenshot({ path: `${values.out}/${id}.${theme}.${width}.png`, fullPage: true })
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (overflow > 0) console.log(`${id} at ${width} px is ${overflow} px too wide.`)
  }
  await page.close()
}
