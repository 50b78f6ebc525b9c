import type { Preview } from '@storybook/react-vite'
import { DocsPage } from '../stories/docs/DocsPage.js'
import { loadBackend, withBilling, withSurroundings } from '../stories/decorators.js'
import { loadLanguage } from '../stories/loadLanguage.js'
import { situations } from '../stories/live/situations.js'

const preview: Preview = {
  decorators: [withBilling, withSurroundings],
  loaders: [loadBackend, loadLanguage],
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
    docs: { page: DocsPage },
    options: { storySort: { order: ['Introduction', 'Guides', 'Pages', 'Components', 'Hooks'] } },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', locale: 'en-US', scenario: 'active' },
  globalTypes: {
    theme: {
      toolbar: { title: 'Theme', icon: 'circlehollow', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
    locale: {
      toolbar: {
        title: 'Locale',
        icon: 'globe',
        items: ['en-US', 'de', 'fr', 'ja', 'ar'],
        dynamicTitle: true,
      },
    },
    scenario: {
      toolbar: { title: 'Scenario', icon: 'database', items: Object.keys(situations), dynamicTitle: true },
    },
  },
}

export default preview
