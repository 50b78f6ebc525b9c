import { type Browser, chromium, type Page } from 'playwright'
import { chromiumLaunchOptions } from '../test/chromium.js'
import { serveStorybook } from './builtStorybook.js'

// All components at a glance, light and dark, for the README: `npm run build-storybook && npm run contact-sheet` writes docs/components.png.

const WIDTH = 800
const THEMES = { light: '#fff', dark: '#1c1c20' }
const WIDE = ['components-pricingtable--on-pro']
const COLUMNS = [
  [
    'components-planbadge--trialing',
    'components-subscriptioncard--connected',
    'components-usagemeterlist--several',
    'components-billingbanner--connected-past-due',
    'components-upgradebutton--idle',
    'components-seatlist--free',
    'components-checkoutreturn--active',
    'components-usagering--near-limit',
  ],
  [
    'components-planbadge--past-due',
    'components-usagechart--period',
    'components-planchangedialog--upgrade',
    'components-invoicelist--statuses',
    'components-canceldialog--paid',
  ],
]

const storybook = await serveStorybook()
const browser = await chromium.launch(await chromiumLaunchOptions())
const panels = await Promise.all(
  Object.entries(THEMES).map(([theme, colour]) => panel(browser, theme, colour)),
)
await compose(await browser.newPage({ viewport: { width: 2 * WIDTH, height: 600 } }), panels)
await browser.close()
storybook.close()

/** The HTML of all stories in one theme. */
async function panel(browser: Browser, theme: string, colour: string): Promise<string> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 1000 }, reducedMotion: 'reduce' })
  const wide = await shoot(page, WIDE)
  await page.setViewportSize({ width: WIDTH / COLUMNS.length, height: 1000 })
  const columns: string[] = []
  for (const ids of COLUMNS) columns.push(`<div>${await shoot(page, ids)}</div>`)
  await page.close()
  return `<section style="background: ${colour}">${wide}${columns.join('')}</section>`

  async function shoot(page: Page, ids: readonly string[]): Promise<string> {
    let html = ''
    for (const id of ids) {
      await storybook.open(page, id, `theme:${theme}`)
      const dialog = page.locator('dialog')
      const element = (await dialog.count()) > 0 ? dialog : page.locator('.surroundings')
      const picture = await element.screenshot({ style: '::backdrop { background: none }' })
      html += `<img src="data:image/png;base64,${picture.toString('base64')}">`
    }
    return html
  }
}

async function compose(page: Page, panels: readonly string[]): Promise<void> {
  await page.setContent(`<!doctype html><style>
    body { display: flex; margin: 0 }
    section { display: grid; grid-template-columns: repeat(${COLUMNS.length}, 1fr); align-content: start; inline-size: 50% }
    section > img { grid-column: 1 / -1 }
    img { display: block; margin-inline: auto }
  </style>${panels.join('')}`)
  await page.screenshot({ path: 'docs/components.png', fullPage: true })
}
