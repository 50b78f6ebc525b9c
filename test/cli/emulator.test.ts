import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPolar } from '@polar-sh/sdk/2026-10'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { afterEach, describe, expect, it } from 'vitest'

const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill()
})

/** Runs the command from its sources, as `npm run emulator` does. */
function run(...args: string[]): { child: ChildProcess; output: () => string } {
  let printed = ''
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/index.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += String(chunk)))
  children.push(child)
  return { child, output: () => printed }
}

async function readyUrl(output: () => string): Promise<string> {
  await expect.poll(output, { timeout: 20_000 }).toMatch(/^ready on http:\/\/localhost:\d+$/m)
  return /^ready on (.*)$/m.exec(output())?.[1] ?? ''
}

const end = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve))

describe('polar-billing-kit emulator', () => {
  it('serves a local Polar to the official SDK, with any token of Polar’s kinds', async () => {
    const url = await readyUrl(run('emulator', '--port', '0').output)
    for (const accessToken of ['polar_oat_x', 'polar_pat_x', 'polar_at_o_x']) {
      const product = await createPolar({ accessToken, baseUrl: url }).products.get(
        sampleCatalog.products.pro.id,
      )
      expect(product).toMatchObject({
        name: 'Pro',
        prices: [{ price_amount: 2900 }, { unit_amount: '0.03' }],
      })
    }
    await expect(createPolar({ accessToken: 'sk_live', baseUrl: url }).products.list()).rejects.toMatchObject(
      { statusCode: 401 },
    )
    const { controls } = (await (await fetch(`${url}/_emulator`)).json()) as { controls: { path: string }[] }
    const paths = controls.map(({ path }) => path).join(' ')
    for (const topic of ['clock', 'faults', 'webhooks', 'events', 'reset']) expect(paths).toContain(topic)
  })

  it('prints every product that is paid for, as `products` takes it', async () => {
    const { output } = run('emulator', '--port', '0')
    await readyUrl(output)
    const { free, pro, proYearly, ...others } = sampleCatalog.products
    expect(output()).toContain(`\n  pro: { month: '${pro.id}', year: '${proYearly.id}' },\n`)
    for (const [plan, { id }] of Object.entries(others)) expect(output()).toContain(`\n  ${plan}: '${id}',\n`)
    expect(output()).not.toContain(free.id)
  })

  it('--webhook: prints the environment of an app that its webhooks then reach', async () => {
    const { output } = run('emulator', '--port', '0', '--webhook', 'http://127.0.0.1:9/hooks')
    const url = await readyUrl(output)
    expect(output()).toContain(`POLAR_PRODUCT_ID=${sampleCatalog.products.pro.id}\n`)
    const secret = /POLAR_WEBHOOK_SECRET=(whsec_\S+)/.exec(output())?.[1]
    const endpoints = await (await fetch(`${url}/_emulator/webhooks/endpoints`)).json()
    expect(endpoints).toMatchObject([{ url: 'http://127.0.0.1:9/hooks', secret }])
  })

  it('--data: a local Polar that was killed goes on where it was, and its one endpoint has the URL of the new start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'emulator-'))
    const file = join(folder, 'data', 'polar.json')
    const first = run('emulator', '--port', '0', '--webhook', 'http://127.0.0.1:9/old', '--data', file)
    const url = await readyUrl(first.output)
    expect(first.output()).toContain(`all is kept in ${file}`)
    await createPolar({ accessToken: 'polar_oat_x', baseUrl: url }).customers.create({
      email: 'a@example.com',
    })
    const ended = end(first.child)
    first.child.kill('SIGKILL')
    await ended
    const second = run('emulator', '--port', '0', '--webhook', 'http://127.0.0.1:9/new', '--data', file)
    const again = await readyUrl(second.output)
    const { items } = await createPolar({ accessToken: 'polar_oat_x', baseUrl: again }).customers.list({})
    expect(items).toMatchObject([{ email: 'a@example.com' }])
    const endpoints = await (await fetch(`${again}/_emulator/webhooks/endpoints`)).json()
    expect(endpoints).toMatchObject([{ url: 'http://127.0.0.1:9/new' }])
    const stopped = end(second.child)
    second.child.kill('SIGTERM')
    expect(await stopped).toBe(0)
    writeFileSync(file, '{')
    const broken = run('emulator', '--port', '0', '--data', file)
    expect(await end(broken.child)).toBe(1)
    expect(broken.output()).toContain(`${file} holds no state of the emulator`)
    rmSync(folder, { recursive: true })
  })

  it.each([
    [['emulator', '--data='], /--data needs the name of a file/, 1],
    [['emulator', '--webhook', 'nowhere'], /--webhook nowhere is no URL/, 1],
    [['emulator', '--port', 'http'], /--port http is no port number/, 1],
    [['emulator', '--sport', '1'], /--sport/, 1],
    [['emulate'], /There is no command "emulate"/, 1],
    [[], /polar-billing-kit <command>/, 1],
    [['--help'], /emulator \[--port 4010\]/, 0],
    [['emulator', '--help'], /emulator \[--port 4010\]/, 0],
    [['toString'], /There is no command "toString"/, 1],
    [['constructor'], /There is no command "constructor"/, 1],
  ])('%j', async (args, message, code) => {
    const { child, output } = run(...args)
    expect(await end(child)).toBe(code)
    expect(output()).toMatch(message)
  })

  it('a port that is taken is named', async () => {
    const port = new URL(await readyUrl(run('emulator', '--port', '0').output)).port
    const { child, output } = run('emulator', '--port', port)
    expect(await end(child)).toBe(1)
    expect(output()).toContain(`cannot listen on port ${port}`)
  })

  it('the built command runs in plain Node', () => {
    expect(execFileSync(process.execPath, ['dist/cli/index.js', '--help'], { encoding: 'utf8' })).toContain(
      'emulator',
    )
  })
})
