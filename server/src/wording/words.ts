import { IntlMessageFormat } from 'intl-messageformat';
import en from '../../../admin/src/translations/en.json';
import uk from '../../../admin/src/translations/uk.json';

type Texts = Readonly<Record<string, string>>;

const translations = { en, uk } as const satisfies Record<string, Texts>;

/** Languages of the server's texts, English first: the fallback for all others. */
export const languages = Object.keys(translations) as Language[];
export type Language = keyof typeof translations;

/** `uk` for `uk-UA`; English for languages without texts. */
export const languageOf = (tag: string | null | undefined): Language =>
  languages.find((language) => language === tag?.toLowerCase().split(/[-_]/)[0]) ?? 'en';

export const textsOf = (language: Language): Texts => translations[language];

/** Texts that were said before, ready to be filled in: each is parsed once. */
const formats = new Map<string, IntlMessageFormat>();

function formatOf(language: Language, text: string): IntlMessageFormat {
  const key = `${language} ${text}`;
  const format = formats.get(key) ?? new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  formats.set(key, format);
  return format;
}

/**
 * A text of the screens with its values filled in, plural forms included; null where there is none of this id. Throws
 * where a value is missing.
 */
export function say(
  language: Language,
  id: string,
  values: Readonly<Record<string, string | number>>,
): string | null {
  const texts: Texts = translations[language];
  const own = texts[id];
  if (own !== undefined) return String(formatOf(language, own).format(values));
  const english = (translations.en as Texts)[id];
  return english === undefined ? null : String(formatOf('en', english).format(values));
}
