import { createCatalog } from '../catalog';
import type { EventRow } from '../store/events';
import { composeDeferred } from './deferred-body';

const uid = 'api::order.order';
const order = {
  ...{
    uid,
    modelName: 'order',
    kind: 'collectionType',
    info: { displayName: 'Order', singularName: 'order' },
  },
  attributes: { total: { type: 'integer' } },
} as const;

/** The body of an event whose payload function does this with a real entry. */
function composed(payload: () => unknown, maxBodyBytes = 10_000) {
  let isSample = true;
  const catalog = createCatalog({
    contentTypes: { [uid]: order } as never,
    components: {} as never,
    config: {
      events: [
        {
          ...{ type: 'order.told', displayName: 'Told', description: 'Told.', contentType: uid },
          ...{ on: [{ on: 'created' }], payload: () => (isSample ? {} : payload()) },
        },
      ],
    },
  });
  isSample = false;
  const warned: string[] = [];
  const event = {
    ...{ type: 'order.told', occurredAt: 0, uid, documentId: 'd', locale: null, status: 'published' },
    ...{ changedFields: null, snapshot: JSON.stringify({ uid, entry: { documentId: 'd', total: 5 } }) },
  } as unknown as EventRow;
  const made = composeDeferred({
    ...{ event, catalog, maxBodyBytes, links: { serverUrl: '', adminUrl: '' } },
    log: { warn: (line) => void warned.push(line) },
  });
  return { ...made, warned, data: (JSON.parse(made.body) as { data: Record<string, unknown> }).data };
}

const fails = (message: string) => () => {
  throw new Error(message);
};

describe('an event whose payload function fails', () => {
  it('is told in the thin form with a fixed reason: what the function has thrown stays in the log', () => {
    const made = composed(fails('buyer olena@example.com has no card'));
    expect(made.data['thin']).toBe('payload_failed: the payload function failed');
    expect(made.thinReason).toBe(made.data['thin']);
    expect(made.body).not.toContain('olena');
    expect(made.warned).toEqual([
      expect.stringMatching(
        /^event-webhooks: the payload of order\.told .*: buyer olena@example\.com has no card$/,
      ),
    ]);
  });

  it('also where it throws later, from a getter or a toJSON of what it gives', () => {
    for (const given of [
      { a: { toJSON: fails('secret') } },
      Object.defineProperty({}, 'a', { enumerable: true, get: fails('secret') }),
    ]) {
      const made = composed(() => given);
      expect(made.data['thin']).toMatch(/^payload.*: cannot be read: an error is thrown/);
      expect(made.body + made.thinReason).not.toContain('secret');
    }
  });

  it('names what it gives and JSON cannot hold, and a body above the limit, in words of the plugin', () => {
    expect(composed(() => ({ total: 1n })).thinReason).toContain('payload.total: is a BigInt');
    expect(composed(() => ({ a: 'x'.repeat(500) }), 400).thinReason).toMatch(
      /^too_large: \d+ bytes, the limit is 400$/,
    );
    expect(composed(() => ({ a: 1 }))).toMatchObject({ thinReason: null, warned: [], data: { a: 1 } });
  });
});
