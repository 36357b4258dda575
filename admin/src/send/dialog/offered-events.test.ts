import type { EventTypeView } from '../../../../contracts';
import { offeredEvents } from './offered-events';

const event = (type: string, uid: string | null): EventTypeView => ({ type, uid }) as EventTypeView;
const catalog = [
  event('article.created', 'api::article.article'),
  event('article.updated', 'api::article.article'),
  event('author.created', 'api::author.author'),
  event('webhook.disabled', null),
];
const types = (...input: Parameters<typeof offeredEvents>) =>
  offeredEvents(...input).events.map(({ type }) => type);

describe('what can be sent by hand', () => {
  it('is every event type, those that the webhook is subscribed to first, in its order', () => {
    expect(types(['webhook.disabled', 'article.updated'], catalog, 'all')).toEqual([
      'webhook.disabled',
      'article.updated',
      'article.created',
      'author.created',
    ]);
  });

  it('is by a trigger only what happens to an entry', () => {
    expect(types(['author.*'], catalog, { entry: null })).toEqual([
      'author.created',
      'article.created',
      'article.updated',
    ]);
  });

  it('is by a trigger in the order of the catalog, whatever was subscribed first: it is real', () => {
    expect(types(['article.updated', 'article.created'], catalog, { entry: null })[0]).toBe(
      'article.created',
    );
  });

  it('is for an open entry only what happens to entries of its kind', () => {
    const entry = { uid: 'api::author.author', documentId: 'a', locale: null };
    expect(types(['article.created'], catalog, { entry })).toEqual(['author.created']);
  });

  it('tells whether the webhook is subscribed to any of it: where not, a trigger begins with an empty request', () => {
    expect(offeredEvents(['webhook.disabled'], catalog, { entry: null }).hasOwn).toBe(false);
    expect(offeredEvents(['article.created'], catalog, { entry: null }).hasOwn).toBe(true);
  });
});
