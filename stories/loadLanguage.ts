import type { Loader } from '@storybook/react-vite'
import type { CompleteMessages } from 'polar-billing-kit'

const LANGUAGES: Record<string, () => Promise<CompleteMessages>> = {
  ar: async () => (await import('polar-billing-kit/i18n/ar')).ar,
  de: async () => (await import('polar-billing-kit/i18n/de')).de,
  fr: async () => (await import('polar-billing-kit/i18n/fr')).fr,
  ja: async () => (await import('polar-billing-kit/i18n/ja')).ja,
}

/** What connected components say: the words of the toolbar's locale, or English. */
export const loadLanguage: Loader = async ({ globals }) => ({
  messages: await LANGUAGES[String(globals['locale'])]?.(),
})
