import { inspect } from 'node:util';
import type { UID } from '@strapi/strapi';
import { databases } from './harness/databases';
import { addWebhook, startPlayground } from './harness/playground';
import type { Playground } from './harness/playground';
import { Receiver } from './harness/receiver';
import { until } from './harness/wait';

const author = 'api::author.author' as UID.ContentType;

/** What must stand in no line, no answer and no reason. With what could part a statement from its error, and a quote. */
const values = {
  name: "Olena - 'K.' - no-such-name-marker4801",
  webhook: "CRM - 'x' - webhook-name-marker4802",
  header: 'Bearer header-value-marker4803',
  answer: 'an-answer-marker4804',
  path: '/address-marker4805/services',
  caught: 'caught-body-marker4806',
};
const secrets = /marker480\d/;

/** Refuses each row of a table; where the database lets it, with the row's own words. */
async function refuse({ strapi }: Playground, client: string, table: string, column: string): Promise<void> {
  const sql = (text: string) => strapi.db.connection.raw(text);
  if (client === 'postgres') {
    await sql(
      `create or replace function refuse() returns trigger as $$ begin raise exception 'no room: %', new.${column} using detail = new.${column}; end $$ language plpgsql`,
    );
    await sql(`create trigger refuse before insert on ${table} for each row execute function refuse()`);
  } else if (client === 'mysql') {
    await sql(
      `create trigger refuse before insert on ${table} for each row begin declare said varchar(128); set said = left(concat('no room: ', new.${column}), 128); signal sqlstate '45000' set message_text = said; end`,
    );
  } else {
    await sql(`create trigger refuse before insert on ${table} begin select raise(abort, 'no room'); end`);
  }
}

const allow = ({ strapi }: Playground, client: string, table: string) =>
  strapi.db.connection.raw(`drop trigger refuse${client === 'postgres' ? ` on ${table}` : ''}`);

describe.each(databases)(
  'what the log tells when $client refuses a row (guarantee 24)',
  ({ client, env }) => {
    let playground: Playground;
    let receiver: Receiver;
    const lines: string[] = [];
    const answers: unknown[] = [];

    const call = async (method: string, path: string, body?: unknown) => {
      const answer = await playground.admin(method, path, body);
      answers.push(answer);
      return answer;
    };
    const said = (text: string | RegExp) => lines.some((line) => line.search(text) !== -1);
    const form = (change: Record<string, unknown> = {}) => ({
      ...{ name: values.webhook, url: receiver.url(values.path), events: ['author.created'] },
      headers: [{ name: 'authorization', value: values.header, secret: false }],
      retryScheduleSeconds: [],
      ...change,
    });

    beforeAll(async () => {
      receiver = await new Receiver().start();
      receiver.answer = () => ({ status: 500, body: values.answer, headers: { 'x-told': values.answer } });
      playground = await startPlayground({ database: { client, env } });
      const { log } = playground.strapi;
      log.level = 'silly';
      for (const level of ['error', 'warn', 'info', 'debug'] as const) {
        // As it is: whoever reads the log may print an error with all that it holds.
        log[level] = ((...said: unknown[]) => {
          lines.push(inspect(said, { depth: 8, maxStringLength: null }));
        }) as never;
      }
      await addWebhook(playground, form() as never);
    });
    afterAll(async () => {
      await playground?.stop();
      await receiver?.stop();
    });

    const refusing = async (table: string, column: string, work: () => Promise<unknown>): Promise<void> => {
      await refuse(playground, client, table, column);
      try {
        await work();
      } finally {
        await allow(playground, client, table);
      }
    };
    const create = () => playground.strapi.documents(author).create({ data: { name: values.name } as never });

    it('of an event: the save fails with words that hold no body', async () => {
      await refusing('event_webhooks_events', 'body', async () => {
        const failed: unknown = await create().catch((error: unknown) => error);
        answers.push(inspect(failed, { depth: 8 }));
        expect(String(failed)).toContain('the database refused the event of this change');
      });
    });

    it('of a delivery: the event is set aside, or waits, with a reason that holds no body', async () => {
      await refusing('event_webhooks_deliveries', 'webhook_name', async () => {
        await create();
        await until('a line', () => said(/could not be written for webhook|could not reach the database/));
      });
      await until('the queue', async () =>
        (await playground.rows('event_webhooks_events')).every(({ matched_at: at }) => at !== null),
      );
    });

    it('of an attempt: without the answer of the receiver, its address or its headers', async () => {
      await refusing('event_webhooks_attempts', 'response_body', async () => {
        await create();
        await until('a line', () => said(/the database refuses the outcomes|could not be written/));
      });
    });

    it('of a webhook: the answer and Strapi’s own log hold neither name, header nor address', async () => {
      await refusing('event_webhooks_webhooks', 'headers', async () => {
        expect((await call('POST', '/event-webhooks/webhooks', form({ name: 'Another' }))).status).toBe(500);
      });
      expect(said('a trigger of the database refused it')).toBe(true);
      const index = 'create unique index once on event_webhooks_webhooks (name)';
      await playground.strapi.db.connection.raw(index);
      expect((await call('POST', '/event-webhooks/webhooks', form())).status).toBe(500);
      await playground.strapi.db.connection.raw(
        client === 'mysql' ? 'drop index once on event_webhooks_webhooks' : 'drop index once',
      );
      expect(said(/duplicate (key|entry)|UNIQUE constraint failed/i)).toBe(true);
    });

    it('of an inbox: without what came in', async () => {
      const { body: inbox } = await playground.admin<{ url: string }>('POST', '/event-webhooks/inboxes', {});
      await refusing('event_webhooks_inbox_requests', 'headers', async () => {
        const answer = await fetch(inbox.url, {
          ...{ method: 'POST', body: values.caught },
          headers: { 'x-caught': values.caught },
        });
        answers.push(await answer.text());
        expect(answer.status).toBe(500);
      });
      expect(said('the inbox could not keep a request')).toBe(true);
    });

    it('and in all of them none of the values', async () => {
      const reasons = (await playground.rows('event_webhooks_events')).map(
        ({ match_error: error, thin_reason: thin }) => [error, thin],
      );
      const found = [...lines, ...answers.map((answer) => JSON.stringify(answer)), JSON.stringify(reasons)]
        // What an administrator has just typed is given back to him where it is refused by its form.
        .filter((text) => secrets.test(text));
      expect(found).toEqual([]);
      expect(lines.length).toBeGreaterThan(3);
    });

    it('a name that forges a line begins none', async () => {
      const forged = 'CRM\n[2026-01-01 00:00:00.000] error: all webhooks were deleted \u202e';
      const { status, body } = await playground.admin<{ error: { message: string } }>(
        'POST',
        '/event-webhooks/webhooks',
        form({ name: forged }),
      );
      expect([status, body.error.message]).toEqual([
        400,
        'name: must not contain line breaks or control characters',
      ]);
      // One that was stored before names were looked at.
      await playground.strapi.db.connection('event_webhooks_webhooks').update({ name: forged });
      lines.length = 0;
      const homes = playground.strapi.plugin('event-webhooks').service('homes') as {
        settle(): Promise<void>;
      };
      await playground.strapi.db.connection('event_webhooks_webhooks').update({
        home: JSON.stringify({
          name: 'elsewhere\nforged',
          host: 'cms.example.com',
          environment: 'production',
        }),
      });
      await homes.settle();
      const told = lines.filter((line) => line.includes('all webhooks were deleted'));
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('CRM\\\\n[2026');
    });
  },
);
