import type { StorybookConfig } from '@storybook/react-vite'
import { msw } from 'msw/vite'
import { hooksPlugin } from './hooksPlugin.js'

const config: StorybookConfig = {
  framework: '@storybook/react-vite',
  stories: ['../stories/**/*.mdx', '../stories/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  core: { disableTelemetry: true },
  viteFinal: (vite) => ({
    ...vite,
    plugins: [...(vite.plugins ?? []), msw({ mode: 'worker-only' }), hooksPlugin()],
    resolve: { ...vite.resolve, tsconfigPaths: true },
  }),
}

export default config
