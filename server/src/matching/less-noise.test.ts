import type { UnmatchedEvent } from '../store/events';
import { isUnchanged, leavesOut, toldByPublication } from './less-noise';
import type { Interested, Subscriber } from './match';

const webhook = (id: number, more: Partial<Subscriber> = {}): Subscriber => ({
  ...{ id, name: `Webhook ${id}`, url: 'https://example.com/', events: [], meanings: null },
  ...{ skips: false, ordered: false, conditions: null, collapse: null, shownBy: false, fields: null },
  ...{ skipUnchanged: false, onePublish: true },
  ...more,
});
const interested = (...webhooks: Subscriber[]): Interested[] =>
  webhooks.map((one) => ({
    replacesAffected: false,
    ...{ webhook: one, host: 'example.com', unnamed: false, collapse: one.collapse, isTakenOver: false },
  }));
const event = (more: Partial<UnmatchedEvent> = {}): UnmatchedEvent => ({
  ...{ id: 1, messageId: 'msg_1', type: 'article.updated', occurredAt: 0, uid: 'api::article.article' },
  ...{ documentId: 'doc', locale: null, status: 'draft', changedFields: ['title'], facts: null },
  ...{ actor: { type: 'admin', id: '1', name: null }, publishedAs: 'msg_2', hasBody: true },
  ...more,
});
const publication = event({ id: 2, messageId: 'msg_2', type: 'article.published', publishedAs: null });

describe('an event of which nothing changed', () => {
  it.each([
    [[], true],
    [['title'], false],
    // Not compared: a first publication, an event of code, one whose comparison failed.
    [null, false],
  ])('%j is unchanged: %s', (changedFields, unchanged) => {
    expect(isUnchanged({ changedFields })).toBe(unchanged);
    expect(leavesOut({ skipUnchanged: true }, { changedFields })).toBe(unchanged);
    expect(leavesOut({ skipUnchanged: false }, { changedFields })).toBe(false);
  });
});

describe('a change that its publication tells of too', () => {
  const told = async (
    one: Subscriber,
    {
      stored = publication,
      sent = [one],
      holds = true,
      of = event(),
    }: { stored?: UnmatchedEvent | null; sent?: Subscriber[]; holds?: boolean; of?: UnmatchedEvent } = {},
  ): Promise<boolean> => {
    const deps = {
      byMessage: async (id: string) => (id === stored?.messageId ? stored : null),
      interested: () => interested(...sent),
      holds: async () => holds,
    };
    return (await toldByPublication(deps, of, interested(one))).has(one.id);
  };
  const conditions = { all: [{ status: 'published' as const }] };

  it('is left out where the webhook asks for one event, and is sent the publication', async () => {
    expect(await told(webhook(1))).toBe(true);
    expect(await told(webhook(1, { conditions }))).toBe(true);
  });

  it('is sent to a webhook that does not ask for it', async () => {
    expect(await told(webhook(1, { onePublish: false }))).toBe(false);
  });

  it('is sent where there was no publication', async () => {
    expect(await told(webhook(1), { stored: null })).toBe(false);
    expect(await told(webhook(1), { of: event({ publishedAs: null }) })).toBe(false);
  });

  it('is sent where the publication is not: no subscription, conditions, nothing changed in it', async () => {
    expect(await told(webhook(1), { sent: [webhook(2)] })).toBe(false);
    expect(await told(webhook(1, { conditions }), { holds: false })).toBe(false);
    const unchanged = { ...publication, changedFields: [] };
    expect(await told(webhook(1, { skipUnchanged: true }), { stored: unchanged })).toBe(false);
    expect(await told(webhook(1), { stored: unchanged })).toBe(true);
  });

  it('is sent where conditions would be judged by a body that is not built yet', async () => {
    expect(await told(webhook(1, { conditions }), { stored: { ...publication, hasBody: false } })).toBe(
      false,
    );
    expect(await told(webhook(1), { stored: { ...publication, hasBody: false } })).toBe(true);
  });

  it('asks for nothing where nobody asks for less', async () => {
    const byMessage = jest.fn(async () => publication);
    const deps = { byMessage, interested: () => [], holds: async () => true };
    await toldByPublication(deps, event(), interested(webhook(1, { onePublish: false })));
    expect(byMessage).not.toHaveBeenCalled();
  });
});
