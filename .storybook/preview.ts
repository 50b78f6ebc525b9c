import type { Preview } from '@storybook/react-vite'
import { withBilling, withSurroundings } from '../stories/decorators.js'

const preview: Preview = {
  decorators: [withBilling, withSurroundings],
  tags: ['autodocs'],
  parameters: {
    layout: 'fullscreen',
    // A violation fails the story's test.
    a11y: { test: 'error' },
    controls: { expanded: true },
  },
  initialGlobals: { theme: 'light', direction: 'ltr', locale: 'en-US' },
  globalTypes: {
    theme: {
      toolbar: { title: 'Theme', icon: 'circlehollow', items: ['light', 'dark'], dynamicTitle: true },
    },
    direction: {
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'], dynamicTitle: true },
    },
    locale: {
      toolbar: { title: 'Locale', icon: 'globe', items: ['en-US', 'de', 'ja', 'ar'], dynamicTitle: true },
    },
  },
}

export default preview
