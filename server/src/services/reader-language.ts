import type { Core } from '@strapi/strapi';
import type { Language } from './words';
import { languageOf, languages } from './words';

/**
 * In which language the request that is being served is to be answered: the one that the administrator chose in the
 * profile, else what `Accept-Language` asks for, else English.
 */
export function readerLanguage(strapi: Core.Strapi): Language {
  const context = strapi.requestContext.get();
  if (!context) return 'en';
  const { preferedLanguage } = (context.state.user ?? {}) as { preferedLanguage?: string | null };
  if (preferedLanguage) return languageOf(preferedLanguage);
  return languageOf(context.acceptsLanguages([...languages]) || null);
}
