import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { msw } from 'msw/vite'
import { defineConfig } from 'vitest/config'
import { chromiumLaunchOptions } from './test/chromium.js'

const launchOptions = await chromiumLaunchOptions()

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: { name: 'node', include: ['test/**/*.test.ts'], exclude: ['test/e2e/**'] },
      },
      {
        extends: true,
        test: { name: 'e2e', include: ['test/e2e/**/*.test.ts'], testTimeout: 90_000 },
      },
      {
        extends: true,
        plugins: [react(), msw({ mode: 'worker-only' })],
        // Found at the start, so that no test is reloaded when Vite meets them later.
        optimizeDeps: {
          include: [
            'react',
            'react-dom',
            'react-dom/client',
            'react-dom/server',
            'react/jsx-runtime',
            'react/jsx-dev-runtime',
            '@tanstack/react-query',
            '@testing-library/react',
            '@trpc/client',
            '@trpc/server',
            '@trpc/server/adapters/fetch',
            'axe-core',
            'clsx',
            'hono',
            'hono/body-limit',
            'hono/html',
            'msw',
            'msw/browser',
            '@polar-sh/sdk',
            '@polar-sh/sdk/2026-10',
            'zod/mini',
          ],
        },
        test: {
          name: 'browser',
          include: ['test/**/*.test.tsx'],
          setupFiles: ['test/setupBrowser.ts'],
          browser: {
            enabled: true,
            headless: true,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
            screenshotFailures: false,
          },
        },
      },
    ],
  },
})
