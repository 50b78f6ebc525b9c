import { type ChildProcess, spawn } from 'node:child_process'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { chromiumLaunchOptions } from '../chromium.js'

export interface RunningDemo {
  url: string
  /** What the process printed so far. */
  output: () => string
  /** Calls a control of the embedded emulator: `control('POST /clock/advance', { days: 31 })`. */
  control: (route: string, input?: object) => Promise<unknown>
  stop: () => Promise<void>
}

/** Runs what `npm start` runs, as a process of its own on a free port. */
export async function startDemo(env: Record<string, string> = {}): Promise<RunningDemo> {
  const { child, output } = run({ PORT: '0', ...env })
  const url = await waitForReady(child, output)
  return {
    url,
    output,
    control: async (route, input = {}) => {
      const [method, path] = route.split(' ')
      const response = await fetch(`${url}/polar/_emulator${path}`, {
        method: method as string,
        ...(method !== 'GET' && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(input),
        }),
      })
      if (!response.ok) throw new Error(`${route}: ${response.status} ${await response.text()}`)
      return response.json()
    },
    stop: () => stop(child),
  }
}

/** Runs the demo until it ends by itself. */
export async function runToEnd(
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> {
  const { child, output } = run(env)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, output: output() }
}

function run(env: Record<string, string>): { child: ChildProcess; output: () => string } {
  let printed = ''
  const child = spawn(process.execPath, ['--import', 'tsx', 'demo/start.ts'], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += String(chunk)))
  return { child, output: () => printed }
}

function waitForReady(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const url = /ready on (http:\/\/localhost:\d+)/.exec(output())?.[1]
      if (url !== undefined) resolve(url)
    })
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}: ${output()}`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

export interface Visitor {
  page: Page
  context: BrowserContext
  /** Errors that the page logged or threw. */
  problems: string[]
}

/** A real Chromium whose back/forward cache works, which Playwright turns off by default. */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(await chromiumLaunchOptions()),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
}

export async function visit(browser: Browser, url: string): Promise<Visitor> {
  const context = await browser.newContext({ locale: 'en-US', timezoneId: 'UTC' })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  await page.goto(url)
  return { page, context, problems }
}
