import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { msw } from 'msw/vite'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from './test/chromium.js'

const launchOptions = await chromiumLaunchOptions()

// A new object for each project: Vitest writes into it.
const inChromium = () => ({
  enabled: true,
  headless: true,
  provider: playwright({ launchOptions }),
  instances: [{ browser: 'chromium' as const }],
  screenshotFailures: false,
})

// Named here, so that no test is reloaded when Vite meets them later.
const REACT = ['react', 'react-dom', 'react-dom/client', 'react/jsx-runtime', 'react/jsx-dev-runtime']
const LIBRARIES = [
  ...REACT,
  'react-dom/server',
  '@polar-sh/checkout/embed',
  '@polar-sh/sdk',
  '@polar-sh/sdk/2026-10',
  '@tanstack/react-query',
  '@testing-library/react',
  '@trpc/client',
  '@trpc/server',
  '@trpc/server/adapters/fetch',
  'axe-core',
  'clsx/lite',
  'hono',
  'hono/body-limit',
  'hono/html',
  'msw',
  'msw/browser',
  'zod/mini',
]

/** The oldest React that the kit promises to run on. */
const OLDEST_REACT = [
  {
    find: /^(react|react-dom)(\/.*)?$/,
    replacement: `${import.meta.dirname}/test/react-18/node_modules/$1$2`,
  },
]

/** Hooks and components in a real browser. */
const inBrowser = (name: string, alias: typeof OLDEST_REACT = []) => ({
  extends: true as const,
  plugins: [react(), msw({ mode: 'worker-only' })],
  resolve: { alias },
  optimizeDeps: { include: LIBRARIES },
  test: {
    name,
    include: ['test/**/*.test.tsx'],
    setupFiles: ['test/setupBrowser.ts'],
    browser: inChromium(),
  },
})

/** Every story is a test, with axe, in this theme. */
const storiesIn = (theme: 'light' | 'dark') => ({
  extends: true as const,
  plugins: [react(), storybookTest({ initialGlobals: { theme } })],
  optimizeDeps: { include: [...REACT, '@tanstack/react-query', 'clsx/lite', 'zod/mini'] },
  test: { name: `stories, ${theme}`, browser: inChromium() },
})

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'] },
      },
      inBrowser('browser'),
      inBrowser('browser, React 18', OLDEST_REACT),
      storiesIn('light'),
      storiesIn('dark'),
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/prepareDatabase.ts'],
          testTimeout: 90_000,
        },
      },
    ],
  },
})
