import { type Browser, chromium, type Page } from 'playwright'
import { chromiumLaunchOptions } from '../test/chromium.js'
import { serveStorybook } from './builtStorybook.js'

// All components at a glance, light and dark, for the README: `npm run build-storybook && npm run contact-sheet` writes docs/components.png.

const COLUMN_WIDTH = 400
const THEMES = { light: '#fff', dark: '#1c1c20' }
const WIDE = ['components-pricingtable--on-pro']
const COLUMNS = [
  [
    'components-planbadge--trialing',
    'components-subscriptioncard--active',
    'components-billingbanner--connected-past-due',
    'components-seatlist--free',
    'components-usagering--near-limit',
    'components-checkoutreturn--active',
    'components-checkoutreturn--waiting',
  ],
  [
    'components-planbadge--past-due',
    'components-usagechart--period',
    'components-planchangedialog--upgrade',
    'components-upgradebutton--idle',
    'components-billingbanner--trial-ending',
  ],
  [
    'components-planbadge--active',
    'components-usagemeterlist--several',
    'components-canceldialog--paid',
    'components-invoicelist--paid',
  ],
]
const PANEL_WIDTH = COLUMN_WIDTH * COLUMNS.length
/** Of the whole picture, in pixels. */
const PICTURE_WIDTH = 1_600

const storybook = await serveStorybook()
const browser = await chromium.launch(await chromiumLaunchOptions())
const panels = await Promise.all(
  Object.entries(THEMES).map(([theme, colour]) => panel(browser, theme, colour)),
)
const width = PANEL_WIDTH * panels.length
const sheet = await browser.newPage({
  viewport: { width, height: 600 },
  deviceScaleFactor: PICTURE_WIDTH / width,
})
await compose(sheet, panels)
await browser.close()
storybook.close()

/** The HTML of all stories in one theme. */
async function panel(browser: Browser, theme: string, colour: string): Promise<string> {
  const page = await browser.newPage({
    viewport: { width: PANEL_WIDTH, height: 1000 },
    reducedMotion: 'reduce',
  })
  const wide = await shoot(page, WIDE)
  await page.setViewportSize({ width: COLUMN_WIDTH, height: 1000 })
  const columns: string[] = []
  for (const ids of COLUMNS) columns.push(`<div>${await shoot(page, ids)}</div>`)
  await page.close()
  return `<section style="background: ${colour}">${wide}${columns.join('')}</section>`

  async function shoot(page: Page, ids: readonly string[]): Promise<string> {
    let html = ''
    for (const id of ids) {
      await storybook.open(page, id, `theme:${theme}`)
      const dialog = page.locator('dialog')
      const isDialog = (await dialog.count()) > 0
      const picture = await (isDialog ? dialog : page.locator('.surroundings')).screenshot()
      html += `<img class="${isDialog ? 'dialog' : ''}" src="data:image/png;base64,${picture.toString('base64')}">`
    }
    return html
  }
}

async function compose(page: Page, panels: readonly string[]): Promise<void> {
  await page.setContent(`<!doctype html><style>
    body { display: flex; margin: 0 }
    section { display: grid; grid-template-columns: repeat(${COLUMNS.length}, 1fr); align-content: start; padding: 16px 0 }
    section > img { grid-column: 1 / -1 }
    img { display: block; margin-inline: auto }
    .dialog { margin-block: 16px; border-radius: 12px }
  </style>${panels.join('')}`)
  await page.screenshot({ path: 'docs/components.png', fullPage: true })
}
