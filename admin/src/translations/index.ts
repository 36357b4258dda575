import { getTranslation } from '../getTranslation';

type Texts = Record<string, string>;

const files: Record<string, () => Promise<{ default: Texts }>> = {
  en: () => import('./en.json'),
  uk: () => import('./uk.json'),
};

/**
 * The texts of one language, each key with the plugin's prefix. A language without a file gets the English
 * ones, so that no screen ever shows a bare key.
 */
export async function loadTexts(locale: string): Promise<Texts> {
  const load = files[locale] ?? files.en;
  if (!load) return {};
  const { default: texts } = await load();
  return Object.fromEntries(Object.entries(texts).map(([id, text]) => [getTranslation(id), text]));
}
