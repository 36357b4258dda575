import type { Core } from '@strapi/strapi';
import type { Connection, Database } from './connection';
import { toTextOrNull } from './connection';
import { partsOf } from './statements';

/** An entry in one language. */
export interface EntryName {
  uid: string;
  documentId: string;
  locale: string | null;
}

/** Columns by attribute. */
interface Meta {
  tableName: string;
  attributes: Record<string, { columnName?: string } | undefined>;
}

const nameOf = ({ uid, documentId, locale }: EntryName): string => `${uid}:${documentId}:${locale ?? ''}`;

/** Which of these entries are published now, read in statements of bounded size; without drafts every entry is. */
export function createPublishedEntries(strapi: Core.Strapi, database: Database) {
  return async (
    connection: Connection,
    entries: readonly EntryName[],
    hasDrafts: (uid: string) => boolean,
  ): Promise<(entry: EntryName) => boolean> => {
    const found = new Set<string>();
    for (const uid of new Set(entries.map((entry) => entry.uid))) {
      const { tableName, attributes } = strapi.db.metadata.get(uid) as unknown as Meta;
      const column = (name: string) => attributes[name]?.columnName;
      const document = column('documentId') ?? 'document_id';
      const [locale, publishedAt] = [column('locale'), column('publishedAt')];
      const documents = entries.filter((entry) => entry.uid === uid).map((entry) => entry.documentId);
      for (const part of partsOf([...new Set(documents)])) {
        const query = database
          .from(connection, tableName)
          .select([`${document} as documentId`, ...(locale === undefined ? [] : [`${locale} as locale`])])
          .whereIn(document, part);
        if (hasDrafts(uid) && publishedAt !== undefined) void query.whereNotNull(publishedAt);
        for (const row of (await query) as Record<string, unknown>[])
          found.add(nameOf({ uid, documentId: String(row.documentId), locale: toTextOrNull(row.locale) }));
      }
    }
    return (entry) => found.has(nameOf(entry));
  };
}
