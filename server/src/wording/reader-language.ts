import type { Core } from '@strapi/strapi';
import type { Language } from './words';
import { languageOf, languages } from './words';

/**
 * The language of the response to the current request: the one in the administrator's profile, else that of
 * `Accept-Language`, else English.
 */
export function readerLanguage(strapi: Core.Strapi): Language {
  const context = strapi.requestContext.get();
  if (!context) return 'en';
  const { preferedLanguage } = (context.state.user ?? {}) as { preferedLanguage?: string | null };
  if (preferedLanguage) return languageOf(preferedLanguage);
  return languageOf(context.acceptsLanguages([...languages]) || null);
}
