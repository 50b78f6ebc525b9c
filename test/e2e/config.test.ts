import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleCatalog } from 'polar-billing-kit/emulator'
import { describe, expect, it } from 'vitest'
import { runToEnd, startDemo } from './startDemo.js'

const PRO = sampleCatalog.products.pro.id

describe('npm start', () => {
  it('needs nothing: it runs on the embedded emulator, and ends when told to', async () => {
    const demo = await startDemo()
    expect(demo.output()).toMatch(/embedded Polar emulator/)
    await demo.stop()
  })

  it('a first start makes its database, and says that this takes a while', async () => {
    const DEMO_DATA = mkdtempSync(join(tmpdir(), 'demo-'))
    const demo = await startDemo({ DEMO_DATA })
    expect(demo.output()).toContain(`opening ${DEMO_DATA}/emulator; the first time this takes some seconds`)
    await demo.stop()
  })

  it('DEMO_DATA=memory keeps nothing', async () => {
    const demo = await startDemo({ DEMO_DATA: 'memory' })
    expect(demo.output()).toContain('nothing is kept')
    await demo.stop()
  })

  it('data that another demo has are refused, and so are broken ones', async () => {
    const demo = await startDemo()
    const second = await runToEnd(demo.env)
    expect(second.code).toBe(1)
    expect(second.output).toMatch(/the PGlite folder .* is in use by process \d+/)
    await demo.control('POST /purchases', { external_customer_id: 'acme-voices', product_id: PRO })
    await demo.kill()
    const file = join(demo.env['DEMO_DATA'] ?? '', 'emulator', 'polar.json')
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 100))
    const broken = await runToEnd(demo.env)
    expect(broken.code).toBe(1)
    expect(broken.output).toContain(`${file} holds no state of the emulator`)
    await demo.stop()
  })

  it('an access token alone stops with a list of what real Polar needs', async () => {
    const { code, output } = await runToEnd({ POLAR_ACCESS_TOKEN: 'polar_oat_secret' })
    expect(code).toBe(1)
    for (const name of ['POLAR_PRODUCT_ID', 'APP_URL', 'POLAR_WEBHOOK_SECRET'])
      expect(output).toContain(`- ${name} is missing`)
    expect(output).not.toContain('polar_oat_secret')
  })

  it('wrong values are named', async () => {
    const { output } = await runToEnd({
      PORT: 'http',
      POLAR_ACCESS_TOKEN: 'polar_oat_secret',
      POLAR_PRODUCT_ID: 'prod_1',
      APP_URL: 'demo.example',
      POLAR_WEBHOOK_SECRET: 'whsec_x',
      POLAR_ENVIRONMENT: 'staging',
    })
    expect(output).toContain('PORT must be a port number, not "http"')
    expect(output).toContain('APP_URL must be an absolute http(s) URL, not "demo.example"')
    expect(output).toContain('POLAR_ENVIRONMENT must be "production" or "sandbox", not "staging"')
  })

  it('with all of it real Polar is used, production unless said otherwise', async () => {
    const all = {
      POLAR_ACCESS_TOKEN: 'polar_oat_secret',
      POLAR_PRODUCT_ID: 'prod_1',
      APP_URL: 'https://demo.example',
      POLAR_WEBHOOK_SECRET: 'whsec_x',
    }
    const demo = await startDemo(all)
    expect(demo.output()).toContain('on Polar, production')
    await expect(demo.control('GET /clock')).rejects.toThrow()
    await demo.stop()
    const sandbox = await startDemo({ ...all, POLAR_ENVIRONMENT: 'sandbox' })
    expect(sandbox.output()).toContain('on Polar, sandbox')
    await sandbox.stop()
  })
})
