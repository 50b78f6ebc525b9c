import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the demo runs, and against which Polar. */
export interface DemoConfig {
  host: string
  /** 0: any free one. */
  port: number
  /** `null`: the embedded emulator. */
  polar: RealPolar | null
  /** The folder that keeps what happens; `null`: nothing does. */
  data: string | null
}

export interface RealPolar {
  accessToken: string
  environment: 'production' | 'sandbox'
  productId: string
  appUrl: string
  webhookSecret: string
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Reads the environment. An access token alone means real Polar.
 *
 * @throws Error that lists everything missing or wrong
 */
export function readConfig(env: Environment): DemoConfig {
  const port = Number(env['PORT'] ?? 4242)
  const faults = [
    !(Number.isInteger(port) && port >= 0 && port < 65_536) &&
      `PORT must be a port number, not "${env['PORT']}"`,
    ...(env['POLAR_ACCESS_TOKEN'] ? polarFaults(env) : []),
  ].filter((fault) => fault !== false)
  if (faults.length > 0)
    throw new Error(`The demo cannot start:\n${faults.map((fault) => `- ${fault}`).join('\n')}`)
  return {
    host: env['HOST'] ?? '127.0.0.1',
    port,
    polar: env['POLAR_ACCESS_TOKEN'] ? toRealPolar(env) : null,
    data: toFolder(env['DEMO_DATA']),
  }
}

function toFolder(given: string | undefined): string | null {
  if (given === 'memory') return null
  return given ? resolve(given) : fileURLToPath(new URL('.data', import.meta.url))
}

function polarFaults(env: Environment): (string | false)[] {
  const environment = env['POLAR_ENVIRONMENT'] ?? 'production'
  return [
    !env['POLAR_PRODUCT_ID'] &&
      'POLAR_PRODUCT_ID is missing: the id of the product that "Pro" is in your Polar',
    !env['APP_URL'] && 'APP_URL is missing: where browsers reach this demo, such as https://demo.example',
    env['APP_URL'] !== undefined &&
      !isAbsolute(env['APP_URL']) &&
      `APP_URL must be an absolute http(s) URL, not "${env['APP_URL']}"`,
    !env['POLAR_WEBHOOK_SECRET'] &&
      'POLAR_WEBHOOK_SECRET is missing: the secret of a webhook endpoint for <APP_URL>/api/billing/webhooks/polar',
    !['production', 'sandbox'].includes(environment) &&
      `POLAR_ENVIRONMENT must be "production" or "sandbox", not "${environment}"`,
  ]
}

function isAbsolute(url: string): boolean {
  return url === '' || (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol))
}

function toRealPolar(env: Environment): RealPolar {
  return {
    accessToken: env['POLAR_ACCESS_TOKEN'] ?? '',
    environment: env['POLAR_ENVIRONMENT'] === 'sandbox' ? 'sandbox' : 'production',
    productId: env['POLAR_PRODUCT_ID'] ?? '',
    appUrl: env['APP_URL'] ?? '',
    webhookSecret: env['POLAR_WEBHOOK_SECRET'] ?? '',
  }
}
