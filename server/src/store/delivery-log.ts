import type { DeliveryListQuery } from '../../../contracts';
import { tables } from '../constants';
import type { Connection, Database } from './connection';
import type { StoredDelivery } from './deliveries';
import { fromDeliveryRow } from './deliveries';

/** `%` and `_` typed by a person are letters, not wildcards. */
const startsWith = (text: string): string => `${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The log's reading side: keyset paging by id, newest first, no counting. */
export function createDeliveryLog(database: Database) {
  return {
    async page(connection: Connection, query: DeliveryListQuery): Promise<StoredDelivery[]> {
      const q = database
        .from(connection, tables.deliveries)
        .select('*')
        .orderBy('id', 'desc')
        .limit(query.pageSize + 1);
      if (query.webhook !== undefined) q.where('webhook_id', query.webhook);
      if (query.eventType) q.where('event_type', query.eventType);
      if (query.state) q.where('state', query.state);
      if (query.code) q.where('code', query.code);
      if (query.httpStatus !== undefined) q.where('http_status', query.httpStatus);
      if (query.documentId) q.where('document_id', query.documentId);
      if (query.uid) q.where('uid', query.uid);
      if (query.tests !== 'show') q.where('test', query.tests === 'only');
      if (query.since !== undefined) q.where('created_at', '>=', query.since);
      if (query.until !== undefined) q.where('created_at', '<', query.until);
      if (query.before !== undefined) q.where('id', '<', query.before);
      if (query.after !== undefined) q.where('id', '>', query.after);
      if (query.text) {
        const text = startsWith(query.text);
        q.where((any) => {
          for (const column of ['message_id', 'document_id', 'host']) {
            void any.orWhereRaw(`${column} like ? escape '\\${database.client === 'mysql' ? '\\' : ''}'`, [
              text,
            ]);
          }
        });
      }
      return ((await q) as Record<string, unknown>[]).map(fromDeliveryRow);
    },
  };
}

export type DeliveryLog = ReturnType<typeof createDeliveryLog>;
