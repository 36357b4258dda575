import type { Catalog, Links } from '../catalog';
import type { StoredDelivery, StoredRequest } from '../store/deliveries';
import type { EventRow } from '../store/events';
import type { BodyFor } from './body-for';
import { createRequests } from './requests';
import type { RequestedDelivery, RequestingWebhook } from './requests';

const body = JSON.stringify({ type: 'article.created', timestamp: '2026-11-24T14:02:07.418Z', data: {} });
const eventOf = (id: number) =>
  ({
    ...{ id, messageId: `msg_${id}`, type: 'article.created', occurredAt: 0, body, coreEntry: null },
    ...{ uid: null, documentId: `d${id}`, locale: null, status: null, changedFields: null },
    actor: { type: 'system', id: null, name: null },
  }) as unknown as EventRow;
const webhook: RequestingWebhook = {
  ...{ id: 1, name: 'One', format: 'thin', template: null, events: ['*'], fields: null },
  ...{ headers: [], templateSecrets: [], collapse: null },
};
const due = (id: number): RequestedDelivery => ({
  delivery: {
    ...{ id, eventId: id, attempts: 0, scheduleOffset: 0, body: null, collapseGroup: null },
    ...{ request: null, requestBody: null },
  } as unknown as StoredDelivery,
  body,
  webhook,
});

/** @param refuses which of them the database does not take */
function set(refuses: (id: number) => boolean, { isRowFault = true } = {}) {
  const saves: number[][] = [];
  const requests = createRequests({
    catalog: () => ({ plan: () => undefined, get: () => undefined }) as unknown as Catalog,
    links: () => ({ server: 'https://cms.example.com' }) as unknown as Links,
    bodyFor: {
      ofRow: (_to: unknown, _event: unknown, own: string) => own,
      coreEntryOf: () => null,
    } as unknown as BodyFor,
    events: async (ids) => ids.map(eventOf),
    eventsOfGroup: async () => [],
    maxBodyBytes: 1000,
    save: async (rendered: readonly StoredRequest[]) => {
      saves.push(rendered.map(({ id }) => id));
      if (rendered.some(({ id }) => refuses(id))) throw new Error('refused by the database');
    },
    isRowFault: () => isRowFault,
    othersTurn: async () => undefined,
  });
  return { saves, prepare: (ids: number[]) => requests.prepare(ids.map(due)) };
}

describe('requests that are rendered before their first attempt', () => {
  it('are saved all at once', async () => {
    const { saves, prepare } = set(() => false);
    const prepared = await prepare([1, 2, 3]);
    expect(saves).toEqual([[1, 2, 3]]);
    expect([...prepared.values()].map((one) => 'request' in one)).toEqual([true, true, true]);
  });

  it('one that the database refuses fails alone, with the reason: the others of its claim are sent', async () => {
    const { saves, prepare } = set((id) => id === 2);
    const prepared = await prepare([1, 2, 3]);
    expect(saves).toEqual([[1, 2, 3], [1], [2], [3]]);
    expect(prepared.get(2)).toEqual({ problem: 'refused by the database' });
    for (const id of [1, 3]) expect(prepared.get(id)).toHaveProperty('request');
  });

  it('one that is alone, and is refused because of its values, fails', async () => {
    const { prepare } = set(() => true);
    expect(await prepare([1])).toEqual(new Map([[1, { problem: 'refused by the database' }]]));
  });

  it('none fails where the database takes none of them: they are due again', async () => {
    const { prepare } = set(() => true, { isRowFault: false });
    await expect(prepare([1, 2])).rejects.toThrow('refused by the database');
  });
});
