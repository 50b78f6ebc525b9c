import type { Preview } from '@storybook/react-vite'
import { docsOf } from '../stories/docs/componentsByName.js'
import { DocsPage } from '../stories/docs/DocsPage.js'
import { loadBackend, withBilling, withLanguage, withSurroundings } from '../stories/decorators.js'
import { loadLanguage } from '../stories/loadLanguage.js'
import { situations } from '../stories/live/situations.js'

const preview: Preview = {
  decorators: [withLanguage, withBilling, withSurroundings],
  loaders: [loadBackend, loadLanguage],
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
    docs: {
      page: DocsPage,
      // What is rendered, rather than the object of the story.
      source: { type: 'dynamic' },
      extractArgTypes: (component: unknown) => docsOf(component)?.props ?? null,
      extractComponentDescription: (component: unknown) => docsOf(component)?.description ?? null,
    },
    options: {
      storySort: { order: ['Introduction', 'Guides', ['Quick start'], 'Pages', 'Components', 'Hooks'] },
    },
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
