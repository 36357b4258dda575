import type { Core } from '@strapi/strapi';
import type { ActorChoice } from '../../../contracts';

/** Whom the caller may see in Strapi's own settings. */
export interface ActorsMay {
  tokens: boolean;
  administrators: boolean;
}

/** More than anybody would look through; who is not among them is found by nobody's name. */
const actorsAtMost = 200;

/** What conditions can be chosen from, besides the fields of content types. */
export function createConditionChoices(strapi: Core.Strapi) {
  const rows = (uid: 'admin::api-token' | 'admin::user', select: string[]) =>
    strapi.db
      .query(uid)
      .findMany({ select, limit: actorsAtMost, orderBy: { id: 'asc' } } as never) as Promise<
      Record<string, unknown>[]
    >;

  return {
    /** The names of all locales by code; empty without i18n. */
    async locales(): Promise<Record<string, string>> {
      const i18n = strapi.plugin('i18n') as Core.Plugin | undefined;
      const service = i18n?.service('locales') as
        { find(): Promise<readonly { code: string; name?: string }[]> } | undefined;
      const locales = (await service?.find()) ?? [];
      return Object.fromEntries(locales.map(({ code, name }) => [code, name ?? code]));
    },

    /** API tokens and administrators by name. */
    async actors(may: ActorsMay): Promise<ActorChoice[]> {
      const tokens = may.tokens ? await rows('admin::api-token', ['id', 'name']) : [];
      const people = may.administrators
        ? await rows('admin::user', ['id', 'firstname', 'lastname', 'username'])
        : [];
      return [
        ...tokens.map(({ id, name }) => ({ type: 'api_token' as const, id: String(id), name: String(name) })),
        ...people.map(({ id, firstname, lastname, username }) => ({
          type: 'admin' as const,
          id: String(id),
          name:
            [firstname, lastname].filter(Boolean).join(' ') ||
            (username ? String(username) : `#${String(id)}`),
        })),
      ];
    },
  };
}
