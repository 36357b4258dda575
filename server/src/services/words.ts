import en from '../../../admin/src/translations/en.json';
import uk from '../../../admin/src/translations/uk.json';

type Texts = Readonly<Record<string, string>>;

const translations = { en, uk } as const satisfies Record<string, Texts>;

/** Languages that the server speaks, English first: it stands in for all others. */
export const languages = Object.keys(translations) as Language[];
export type Language = keyof typeof translations;

/** `uk` for `uk-UA`; English for what is not spoken. */
export const languageOf = (tag: string | null | undefined): Language =>
  languages.find((language) => language === tag?.toLowerCase().split(/[-_]/)[0]) ?? 'en';

/** A text of the screens, with `{name}` filled in; null where there is none of this id. */
export function say(language: Language, id: string, values: Readonly<Record<string, string>>): string | null {
  const texts: Texts = translations[language];
  const text = texts[id] ?? (translations.en as Texts)[id];
  return text === undefined ? null : text.replace(/\{(\w+)\}/g, (all, name: string) => values[name] ?? all);
}
