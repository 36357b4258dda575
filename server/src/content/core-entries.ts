import { sanitize } from '@strapi/utils';
import type { Core, UID } from '@strapi/strapi';
import type { Entry } from '../catalog';
import { inCoreOrder } from './core-order';
import type { PopulatedOf } from './core-order';

type Populate = Record<string, unknown>;

interface Attribute {
  type: string;
  component?: string;
  components?: readonly string[];
  unstable_virtual?: boolean;
  useJoinTable?: boolean;
}

const fileUid = 'plugin::upload.file';

/** Each needs a query of its own, so a row that is read without any has none of them. */
const populated: ReadonlySet<string> = new Set(['relation', 'media', 'component', 'dynamiczone']);

/** What a caller of a document operation selects, which the event of a deleted row depends on. */
export interface Selection {
  fields?: unknown;
  populate?: unknown;
}

/**
 * Entries as the events of Strapi itself tell them, so that a webhook with the format `strapi` gets the same bytes: the
 * same queries, in the same order of keys, and the same sanitiser (`@strapi/core` services/document-service/events.js,
 * `@strapi/upload` services/upload.js). Reads on the ambient transaction if there is one.
 */
export function createCoreEntries(strapi: Core.Strapi) {
  const populates = new Map<string, Populate>();

  const attributesOf = (uid: string): [string, Attribute][] =>
    Object.entries(strapi.getModel(uid as UID.Schema).attributes as unknown as Record<string, Attribute>);

  /** `@strapi/core` services/document-service/utils/populate.js: relations and files one level deep, all else whole. */
  const populateOf = (uid: string): Populate => {
    const known = populates.get(uid);
    if (known) return known;
    const populate: Populate = {};
    for (const [name, attribute] of attributesOf(uid)) {
      if (attribute.type === 'relation' && attribute.unstable_virtual !== true)
        populate[name] = { select: undefined };
      if (attribute.type === 'media') populate[name] = { select: ['*'] };
      if (attribute.type === 'component')
        populate[name] = { populate: populateOf(attribute.component ?? '') };
      if (attribute.type === 'dynamiczone')
        populate[name] = {
          on: Object.fromEntries(
            (attribute.components ?? []).map((one) => [one, { populate: populateOf(one) }]),
          ),
        };
    }
    populates.set(uid, populate);
    return populate;
  };

  const populatedOf: PopulatedOf = (uid) => attributesOf(uid).filter(([name]) => name in populateOf(uid));

  /** A row as it is read without populating anything: how core tells files, and what is deleted. */
  const bare = (uid: string, row: Entry): Entry => {
    const apart = new Set(
      attributesOf(uid).flatMap(([name, { type }]) => (populated.has(type) ? [name] : [])),
    );
    return Object.fromEntries(Object.entries(row).filter(([name]) => !apart.has(name)));
  };

  return {
    bare,

    /** A row that exists, with what core populates; of a file the row alone. Null if it is gone. */
    async present(uid: string, id: number): Promise<Entry | null> {
      const query = strapi.db.query(uid as UID.Schema);
      if (uid === fileUid) return (await query.findOne({ where: { id } } as never)) as Entry | null;
      const row = (await query.findOne({
        where: { id },
        populate: populateOf(uid),
      } as never)) as Entry | null;
      return row && (inCoreOrder([row], uid, populatedOf)[0] ?? null);
    },

    /**
     * Rows before they are deleted, by id, as the caller of the deletion selects them; none where the caller selects
     * nothing, since they are bare then.
     */
    async selected(uid: string, ids: readonly number[], selection: Selection): Promise<Map<number, Entry>> {
      const { fields, populate } = selection;
      if ((fields === undefined && populate === undefined) || ids.length === 0) return new Map();
      const query = strapi.get('query-params').transform(uid, { fields, populate }) as object;
      const rows = (await strapi.db
        .query(uid as UID.Schema)
        .findMany({ ...query, where: { id: { $in: [...ids] } } } as never)) as Entry[];
      return new Map(rows.map((row) => [Number(row['id']), row]));
    },

    /** Without passwords and private fields, by Strapi's own sanitiser. */
    async sanitised(uid: string, row: Entry): Promise<Entry> {
      const getModel = (of: string) => strapi.getModel(of as UID.Schema);
      return (await sanitize.sanitizers.defaultSanitizeOutput(
        { schema: getModel(uid), getModel },
        row as never,
      )) as Entry;
    },
  };
}

export type CoreEntries = ReturnType<typeof createCoreEntries>;
