import { isDeepStrictEqual } from 'node:util';
import type { Core, UID } from '@strapi/strapi';

/**
 * What the content API tells, as plain values, and whether two of them are the same content. It looks at schemas
 * and at answers of the document service only, never at code of the plugin.
 */

export type Values = Record<string, unknown>;
export type Status = 'draft' | 'published';

export interface Attribute {
  type: string;
  multiple?: boolean;
  repeatable?: boolean;
  component?: string;
  components?: string[];
  target?: string;
  relation?: string;
  private?: boolean;
  visible?: boolean;
}

/** One version of one locale of a document. */
export interface Version {
  uid: string;
  documentId: string;
  /** Null where the type is not localised. */
  locale: string | null;
  status: Status;
  rowId: number;
  /** What may be told of it, by field. */
  told: Values;
  /** As the document service gave it, with the ids that an edit in place needs. */
  raw: Values;
}

export type Content = ReadonlyMap<string, Version>;

export const versionKey = (version: Pick<Version, 'uid' | 'documentId' | 'locale' | 'status'>): string =>
  [version.uid, version.documentId, version.locale ?? '', version.status].join('|');

/** Row data that every entity has and that says nothing about its content. */
const bookkeeping = new Set([
  ...['id', 'createdAt', 'updatedAt', 'publishedAt', 'firstPublishedAt', 'createdBy', 'updatedBy'],
  ...['locale', 'localizations', '__type'],
]);

/** Relations that may lead to any type: an entry has no shape of what hangs on them, so they are not told. */
const toAnyType = new Set(['morphToOne', 'morphToMany']);

const fileUid = 'plugin::upload.file';

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value];

/** As it arrives in JSON. */
const plain = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);

/** An address may be told with or without the site's own in front. */
function withoutOrigin(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/^https?:\/\/[^/]+(?=\/)/, '');
  if (Array.isArray(value)) return value.map(withoutOrigin);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutOrigin(inner)]));
}

export function createReader(strapi: Core.Strapi, uids: readonly string[]) {
  const attributesOf = (uid: string): Record<string, Attribute> =>
    strapi.getModel(uid as UID.Schema).attributes as unknown as Record<string, Attribute>;
  const mayBeTold = ({ type, relation, ...attribute }: Attribute): boolean =>
    attribute.private !== true &&
    attribute.visible !== false &&
    type !== 'password' &&
    !toAnyType.has(relation ?? '');
  const isLink = (attribute: Attribute): boolean =>
    attribute.type === 'relation' || attribute.type === 'media';

  const populateOf = (uid: string): Values => {
    const populate: Values = {};
    for (const [name, attribute] of Object.entries(attributesOf(uid))) {
      if (bookkeeping.has(name) || attribute.visible === false) continue;
      if (isLink(attribute)) populate[name] = true;
      if (attribute.component) populate[name] = { populate: populateOf(attribute.component) };
      if (attribute.components) {
        const on = attribute.components.map((part) => [part, { populate: populateOf(part) }] as const);
        populate[name] = { on: Object.fromEntries(on) };
      }
    }
    return populate;
  };

  /** An entity that a relation or a file field leads to: its own values, nothing that hangs on it. */
  const toldTarget = (uid: string | undefined, value: unknown, trusted: boolean): unknown => {
    if (!isObject(value)) return plain(value);
    const target = (value.__type as string | undefined) ?? uid;
    const attributes = target ? attributesOf(target) : {};
    const told: Values = {};
    for (const [name, inner] of Object.entries(value)) {
      if (bookkeeping.has(name)) continue;
      const attribute = attributes[name];
      if (trusted && attribute && (!mayBeTold(attribute) || isLink(attribute))) continue;
      told[name] = target === fileUid ? withoutOrigin(plain(inner)) : plain(inner);
    }
    return told;
  };

  const toldValue = (attribute: Attribute | undefined, value: unknown, trusted: boolean): unknown => {
    if (!attribute) return plain(value);
    if (isLink(attribute)) {
      const target = attribute.type === 'media' ? fileUid : attribute.target;
      if (!Array.isArray(value)) return toldTarget(target, value, trusted);
      return value.map((one) => toldTarget(target, one, trusted));
    }
    if (attribute.type !== 'component' && attribute.type !== 'dynamiczone') return plain(value);
    const part = (one: unknown): unknown => {
      if (!isObject(one)) return plain(one);
      const uid = attribute.component ?? String(one.__component);
      return { ...toldOf(uid, one, trusted), ...(attribute.components ? { __component: uid } : {}) };
    };
    return Array.isArray(value) ? value.map(part) : part(value);
  };

  /**
   * What a row, or an entry of an event, tells by field. A `trusted` row is the content API's own, and what may
   * not be told is left out of it; of an event's entry it stays in, so that it is found.
   */
  const toldOf = (uid: string, row: Values, trusted: boolean): Values => {
    const attributes = attributesOf(uid);
    const told: Values = {};
    for (const [name, value] of Object.entries(row)) {
      if (bookkeeping.has(name) || name === '__component') continue;
      const attribute = attributes[name];
      if (trusted && attribute && !mayBeTold(attribute)) continue;
      told[name] = toldValue(attribute, value, trusted);
    }
    return told;
  };

  /** What of a value is content: entities count by where they lead, in order; rows of components do not count. */
  const essence = (attribute: Attribute | undefined, value: unknown): unknown => {
    if (!attribute) return value ?? null;
    if (isLink(attribute)) return listOf(value).map((one) => (isObject(one) ? one.documentId : one));
    if (attribute.type !== 'component' && attribute.type !== 'dynamiczone') return value ?? null;
    return listOf(value).map((one) => {
      if (!isObject(one)) return one;
      const attributes = attributesOf(attribute.component ?? String(one.__component));
      return Object.entries(attributes)
        .filter(([, inner]) => mayBeTold(inner))
        .map(([name, inner]) => [name, essence(inner, one[name])])
        .concat([['__component', attribute.component ?? one.__component]]);
    });
  };

  const changedNames = (uid: string, before: Values, after: Values): string[] =>
    Object.entries(attributesOf(uid))
      .filter(([name, attribute]) => mayBeTold(attribute) && !bookkeeping.has(name))
      .filter(
        ([name, attribute]) =>
          !isDeepStrictEqual(essence(attribute, before[name]), essence(attribute, after[name])),
      )
      .map(([name]) => name);

  const hasDrafts = (uid: string): boolean =>
    strapi.contentType(uid as UID.ContentType).options?.draftAndPublish === true;
  const isLocalized = (uid: string): boolean =>
    (strapi.contentType(uid as UID.ContentType).pluginOptions?.i18n as { localized?: boolean } | undefined)
      ?.localized === true;

  const versions = async (uid: string, status: Status): Promise<Version[]> => {
    const query = {
      ...{ status, populate: populateOf(uid) },
      ...(isLocalized(uid) ? { locale: '*' } : {}),
    };
    const rows = await strapi.documents(uid as UID.ContentType).findMany(query as never);
    const found = (rows as unknown as Values[]).map((raw) => ({
      ...{ uid, status, raw },
      documentId: String(raw.documentId),
      locale: isLocalized(uid) ? String(raw.locale) : null,
      rowId: Number(raw.id),
      told: toldOf(uid, raw, true),
    }));
    // A database may give them in any order, and a seed shall choose the same ones again.
    return found.sort((a, b) => a.rowId - b.rowId);
  };

  return {
    ...{ attributesOf, changedNames, hasDrafts, isLocalized },
    /** Of an entry as an event tells it. */
    toldByEvent: (uid: string, entry: Values): Values => toldOf(uid, entry, false),
    toldFieldByEvent: (uid: string, name: string, value: unknown): unknown =>
      toldValue(attributesOf(uid)[name], value, false),
    /** Everything there is, of these types. */
    async read(): Promise<Content> {
      const content = new Map<string, Version>();
      for (const uid of uids) {
        for (const status of hasDrafts(uid) ? (['draft', 'published'] as const) : (['published'] as const)) {
          for (const version of await versions(uid, status)) content.set(versionKey(version), version);
        }
      }
      return content;
    },
  };
}

export type Reader = ReturnType<typeof createReader>;
