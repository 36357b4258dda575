import { pluginId } from './pluginId';

/** The key under which a text of `translations/*.json` is registered with Strapi. */
export const getTranslation = (id: string): string => `${pluginId}.${id}`;
