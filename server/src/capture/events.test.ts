import { z } from 'zod';
import { createCatalog } from '../catalog';
import type { NewEvent } from '../store/events';
import { createEventsService } from './events';
import type { EventsDeps } from './events';

/** @param wanted whether a webhook is subscribed */
function service({ wanted, silent = false }: { wanted: boolean; silent?: boolean }) {
  const written: NewEvent[] = [];
  const catalog = createCatalog({
    contentTypes: {} as never,
    components: {} as never,
    config: {
      events: [
        {
          ...{ type: 'order.shipped', displayName: 'Shipped', description: 'Shipped.' },
          ...{ schema: z.object({ note: z.string() }), sample: { note: 'x' } },
        },
      ],
    },
  });
  const events = createEventsService({
    strapi: {
      db: {
        transaction: (run: (given: object) => Promise<void>) => run({ trx: {}, onCommit: () => undefined }),
      },
      requestContext: { get: () => undefined },
    },
    catalog: () => catalog,
    interest: { wants: () => wanted },
    silence: { active: () => silent },
    insert: async (_trx: unknown, given: readonly NewEvent[]) => void written.push(...given),
    ...{ newMessageId: () => 'msg_1', now: () => 0, maxBodyBytes: 1024, wake: () => undefined },
  } as unknown as EventsDeps);
  return { events, written };
}

describe('an event that code emits', () => {
  it.each([{ wanted: true }, { wanted: false }, { wanted: true, silent: true }])(
    'is refused where it is too large, with its type, its size and the limit: %j',
    async (given) => {
      const { events, written } = service(given);
      await expect(events.emit('order.shipped', { note: 'x'.repeat(2000) })).rejects.toMatchObject({
        name: 'ValidationError',
        message:
          'order.shipped: data: is too large: the body has 2082 bytes, the limit is 1024 (capture.maxBodyBytes)',
        details: { errors: [{ path: [], message: expect.stringContaining('2082 bytes') }] },
      });
      expect(written).toEqual([]);
    },
  );

  it('is written where a webhook is subscribed, and else not', async () => {
    const asked = service({ wanted: true });
    expect(await asked.events.emit('order.shipped', { note: 'x' })).toBe('msg_1');
    expect(asked.written).toMatchObject([{ type: 'order.shipped' }]);
    const unasked = service({ wanted: false });
    expect(await unasked.events.emit('order.shipped', { note: 'x' })).toBeNull();
    expect(unasked.written).toEqual([]);
  });
});
