import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright'
import { inject } from 'vitest'
import { chromiumLaunchOptions } from '../chromium.js'

export interface RunningDemo {
  url: string
  /** What the process printed so far. */
  output: () => string
  /** Calls a control of the embedded emulator: `control('POST /clock/advance', { days: 31 })`. */
  control: (route: string, input?: object) => Promise<unknown>
  /** Ends it, and removes what it kept. */
  stop: () => Promise<void>
  /** Ends it as it is, without any warning; what it kept stays. */
  kill: () => Promise<void>
  /** What it was told: to start it again on the same data. */
  env: Record<string, string>
}

/** Runs what `npm start` runs, as a process of its own on a free port, on data of its own. */
export async function startDemo(given: Record<string, string> = {}): Promise<RunningDemo> {
  const data = given['DEMO_DATA'] ?? newData(peerOf(given))
  const env = { PORT: '0', ...given, DEMO_DATA: data }
  const { child, output } = run(env)
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
    stop: async () => {
      await end(child, 'SIGTERM')
      if (data !== 'memory') rmSync(data, { recursive: true, force: true })
    },
    kill: () => end(child, 'SIGKILL'),
    env,
  }
}

/** How the demo calls the folder of the Polar that it is on. */
function peerOf({ POLAR_ACCESS_TOKEN, POLAR_ENVIRONMENT = 'production' }: Record<string, string>): string {
  return POLAR_ACCESS_TOKEN === undefined ? 'emulator' : POLAR_ENVIRONMENT
}

function newData(peer: string): string {
  const data = mkdtempSync(join(tmpdir(), 'demo-'))
  cpSync(inject('emptyDatabase'), join(data, peer, 'database'), { recursive: true })
  return data
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

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
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
