import { sanitize } from '@strapi/utils';
import type { Core, UID } from '@strapi/strapi';
import type { Entry, TypePlan } from '../catalog/types';

/** A row as the database gives it: unsanitised, with its keys. */
export interface Row extends Entry {
  id: number;
  documentId: string;
  locale: string | null;
  publishedAt: unknown;
}

export type Where = Record<string, unknown>;

/** Reads rows of content, on the ambient transaction where there is one, and sanitises them. */
export function createRows(strapi: Core.Strapi) {
  const populates = new WeakMap<TypePlan, unknown>();
  const comparePopulates = new WeakMap<TypePlan, Record<string, unknown>>();

  /** The plan's populate is written as in the API; the database layer wants its own form. Converted once. */
  const snapshotPopulate = (plan: TypePlan): unknown => {
    const known = populates.get(plan);
    if (known !== undefined) return known;
    const query = strapi.get('query-params').transform(plan.uid, { populate: plan.populate }) as {
      populate?: unknown;
    };
    const converted = query.populate ?? {};
    populates.set(plan, converted);
    return converted;
  };

  /** For before-and-after only: relations and media by id, components whole. */
  const comparePopulate = (plan: TypePlan): Record<string, unknown> => {
    const known = comparePopulates.get(plan);
    if (known) return known;
    const { attributes } = strapi.getModel(plan.uid as UID.Schema);
    const populate = Object.fromEntries(
      plan.comparable.flatMap(({ name, kind }): [string, unknown][] => {
        const type = attributes[name]?.type;
        if (kind === 'relation') return [[name, { select: ['id', 'documentId'] }]];
        if (type === 'component' || type === 'dynamiczone') return [[name, { populate: true }]];
        return [];
      }),
    );
    comparePopulates.set(plan, populate);
    return populate;
  };

  const read = async (uid: string, where: Where, populate: unknown): Promise<Row[]> =>
    (await strapi.db.query(uid as UID.Schema).findMany({ where, populate: populate as never })) as Row[];

  return {
    /** Rows with everything that payloads need. */
    snapshot: (plan: TypePlan, where: Where): Promise<Row[]> => read(plan.uid, where, snapshotPopulate(plan)),

    /** Rows with what a comparison needs; `without` names what need not be read. */
    comparable(plan: TypePlan, where: Where, without: ReadonlySet<string> = new Set()): Promise<Row[]> {
      const wanted = Object.entries(comparePopulate(plan)).filter(([name]) => !without.has(name));
      return read(plan.uid, where, Object.fromEntries(wanted));
    },

    /** Names of what a comparison reads by a query of its own: relations, media, components. */
    readApart: (plan: TypePlan): string[] => Object.keys(comparePopulate(plan)),

    /** One entry of any type, populated as the API is asked; null where there is none. */
    async one(uid: string, documentId: string, populate: Record<string, unknown>): Promise<Row | null> {
      const query = strapi.get('query-params').transform(uid, { populate }) as { populate?: unknown };
      return (await read(uid, { documentId }, query.populate ?? {}))[0] ?? null;
    },

    /** Without passwords and private fields, relations included. */
    async sanitised(uid: string, row: Entry): Promise<Entry> {
      return (await sanitize.sanitizers.defaultSanitizeOutput(
        {
          schema: strapi.getModel(uid as UID.Schema),
          getModel: (model: string) => strapi.getModel(model as UID.Schema),
        },
        { ...row } as never,
      )) as Entry;
    },

    hasDraftAndPublish: (uid: string): boolean =>
      strapi.contentType(uid as UID.ContentType).options?.draftAndPublish === true,
  };
}

export type Rows = ReturnType<typeof createRows>;
