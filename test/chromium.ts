import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import type { LaunchOptions } from 'playwright'

/** Where systems keep an installed browser. */
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * How to start a Chromium that needs no download: the one that `CHROMIUM_PATH` names, an installed one, or the one that comes as an
 * npm package (Linux only).
 */
export async function chromiumLaunchOptions(): Promise<LaunchOptions> {
  const executablePath =
    process.env['CHROMIUM_PATH'] ??
    INSTALLED.find((path) => existsSync(path)) ??
    (await sparticuz.executablePath())
  return {
    executablePath,
    args: [
      '--no-sandbox',
      '--no-zygote',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      // Chromium's own traffic: test machines may have no network.
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  }
}
