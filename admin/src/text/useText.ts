import { useMemo, type ReactNode } from 'react';
import { useIntl, type IntlShape } from 'react-intl';
import { getTranslation } from '../getTranslation';
import type english from '../translations/en.json';

/** Every text there is. A key that is missing from `en.json` does not compile. */
export type TextId = keyof typeof english;

export type TextValues = Record<string, string | number | boolean | null | undefined>;
export type RichValues = Record<string, ReactNode | ((chunks: ReactNode[]) => ReactNode)>;

export interface Texts {
  /** A plain text. */
  t: (id: TextId, values?: TextValues) => string;
  /** A text with elements in it: `<b>`, `<link>` and the like are given as functions. */
  rich: (id: TextId, values: RichValues) => ReactNode;
  intl: IntlShape;
}

/** The texts of the plugin in the administrator's language. */
export function useText(): Texts {
  const intl = useIntl();
  return useMemo(
    () => ({
      t: (id, values) => intl.formatMessage({ id: getTranslation(id) }, values),
      rich: (id, values) => intl.formatMessage({ id: getTranslation(id) }, values),
      intl,
    }),
    [intl],
  );
}
