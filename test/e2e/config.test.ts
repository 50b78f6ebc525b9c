import { describe, expect, it } from 'vitest'
import { runToEnd, startDemo } from './startDemo.js'

describe('npm start', () => {
  it('needs nothing: it runs on the embedded emulator, and ends when told to', async () => {
    const demo = await startDemo()
    expect(demo.output()).toMatch(/embedded Polar emulator/)
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
