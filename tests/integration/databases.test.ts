import type { UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { addWebhook, startPlayground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

describe('the main path on every database that is here', () => {
  describe.each(databases)('$client', (database) => {
    it('a change becomes an event in its transaction, is matched once, retried, delivered and logged', async () => {
      const receiver = await new Receiver().start();
      const playground = await startPlayground({ database, empty: true });
      try {
        receiver.answer = () => (receiver.requests.length === 1 ? { status: 500, body: 'a\u0000b 🌾' } : {});
        await addWebhook(playground, {
          url: receiver.url(),
          events: ['author.*'],
          retryScheduleSeconds: [1],
          headers: [{ name: 'x-secret', value: 'a-secret-header-value', secret: true }],
        });
        const authors = playground.strapi.documents(author);
        await expect(
          playground.strapi.db.transaction(async () => {
            await authors.create({ data: { name: 'Never' } as never });
            throw new Error('rolled back');
          }),
        ).rejects.toThrow('rolled back');
        await authors.create({ data: { name: 'Леся 🌾' } as never });
        await until('the retry to succeed', async () => {
          const rows = await playground.rows('event_webhooks_deliveries');
          return rows.length === 1 && rows[0]?.state === 'succeeded' && Number(rows[0].attempts) === 2;
        });
        expect(receiver.bodies().map(({ data }) => (data.entry as { name: string }).name)).toEqual([
          'Леся 🌾',
          'Леся 🌾',
        ]);
        expect(receiver.requests[1]?.headers['x-secret']).toBe('a-secret-header-value');

        await Promise.all(
          Array.from({ length: 30 }, (_, index) => authors.create({ data: { name: `A${index}` } as never })),
        );
        await until('30 more', async () => {
          const rows = await playground.rows('event_webhooks_deliveries');
          return rows.length === 31 && rows.every(({ state }) => state === 'succeeded');
        });
        expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(31);

        const { body: list } = await playground.admin<{
          results: { hours: { succeeded: number; failed: number }[]; lastDelivery: unknown }[];
        }>('GET', '/event-webhooks/webhooks');
        const hours = list.results[0]?.hours ?? [];
        expect(hours.reduce((sum, hour) => sum + hour.succeeded, 0)).toBe(31);
        expect(hours.reduce((sum, hour) => sum + hour.failed, 0)).toBe(1);
        const { body: log } = await playground.admin<{ results: { id: number; createdAt: number }[] }>(
          'GET',
          '/event-webhooks/deliveries?pageSize=5&text=msg_',
        );
        expect(log.results).toHaveLength(5);
        expect(typeof log.results[0]?.createdAt).toBe('number');
        const { body: inbox } = await playground.admin<{ token: string; url: string }>(
          'POST',
          '/event-webhooks/inboxes',
          {},
        );
        await fetch(inbox.url, { method: 'POST', body: '{"a": 1.0}' });
        const { body: caught } = await playground.admin<{ results: unknown[] }>(
          'GET',
          `/event-webhooks/inboxes/${inbox.token}/requests`,
        );
        expect(caught.results).toHaveLength(1);
      } finally {
        await playground.stop();
        await receiver.stop();
      }
    });
  });
});
