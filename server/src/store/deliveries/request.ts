import { tables } from '../../constants';
import type { Connection, Database } from '../connection';
import { storable } from '../storable';

/** A rendered request, as it stands in its delivery's row. */
export interface StoredRequest {
  id: number;
  /** All but the body, as JSON. */
  request: string;
  requestBody: string | null;
}

/** Requests as they are rendered before their first attempt. */
export function deliveryRequests(database: Database) {
  return {
    /** Saves these before they are sent, so that each later attempt sends the same bytes. */
    async saveRequests(connection: Connection, rendered: readonly StoredRequest[]): Promise<void> {
      const save = async (trx: Connection): Promise<void> => {
        for (const { id, request, requestBody } of rendered)
          await database
            .from(trx, tables.deliveries)
            .where({ id })
            .update(storable(tables.deliveries, { request, request_body: requestBody }));
      };
      if (rendered.length === 1) await save(connection);
      else if (rendered.length > 1) await database.transaction(save);
    },
  };
}
