import { createIntl } from 'react-intl';
import english from '../../admin/src/translations/en.json';
import ukrainian from '../../admin/src/translations/uk.json';

export const languages = ['en', 'uk'] as const;
export type Language = (typeof languages)[number];

type TextId = keyof typeof english;
type Values = Record<string, string | number>;

export type Words = (id: TextId, values?: Values) => string;

const texts = { en: english, uk: ukrainian };

/** What stands on the screens in a language, so that the same walk can be gone in each. */
export function wordsOf(language: Language): Words {
  const intl = createIntl({ locale: language, messages: texts[language] });
  return (id, values) => intl.formatMessage({ id }, values);
}
