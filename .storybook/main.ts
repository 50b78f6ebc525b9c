import type { StorybookConfig } from '@storybook/react-vite'
import { msw } from 'msw/vite'
import { componentDocs } from './componentDocs.js'
import { hooksPlugin } from './hooksPlugin.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true },
  // It stops at `Omit` and at types of other files: see componentDocs.
  typescript: { reactDocgen: false },
  viteFinal: (vite) => ({
    ...vite,
    plugins: [...(vite.plugins ?? []), msw({ mode: 'worker-only' }), componentDocs(), hooksPlugin()],
    resolve: { ...vite.resolve, tsconfigPaths: true },
  }),
}

export default config
