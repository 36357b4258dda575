import type { EventTypeView } from '../../../contracts';
import { coveredEvents, eventMatches, eventOptionGroups, fittingWebhook } from './event-options';

const event = (type: string, more: Partial<EventTypeView> = {}): EventTypeView => ({
  type,
  displayName: type,
  description: '',
  search: '',
  group: 'content',
  source: 'content',
  guarantee: 'same_transaction',
  uid: null,
  contentTypeName: null,
  replacesContentEvent: false,
  sensitive: false,
  gone: [],
  schema: {},
  sample: { type, timestamp: '', data: {} },
  subscribers: [],
  ...more,
});

const catalog = [
  event('payment.received', {
    group: 'business',
    source: 'preset',
    displayName: 'Отримано платіж',
    search: 'Payment Received\nОтримано платіж',
  }),
  event('article.created', { contentTypeName: 'Article' }),
  event('article.published', { contentTypeName: 'Article' }),
  event('user.created', { group: 'users', sensitive: true }),
];

describe('eventOptionGroups', () => {
  it('offers wildcards before the events of their type, the wide ones first', () => {
    const content = eventOptionGroups(catalog).find(({ group }) => group === 'content');
    expect(content?.options.map(({ value }) => value)).toEqual([
      '*',
      '*.published',
      'article.*',
      'article.created',
      'article.published',
    ]);
  });
});

describe('coveredEvents', () => {
  const types = (subscription: string) => coveredEvents(subscription, catalog).map(({ type }) => type);

  it('leaves people out of wide wildcards but not out of their own', () => {
    expect(types('*')).toEqual(['payment.received', 'article.created', 'article.published']);
    expect(types('*.created')).toEqual(['article.created']);
    expect(types('user.*')).toEqual(['user.created']);
  });

  it('knows one type by name', () => {
    expect(types('article.published')).toEqual(['article.published']);
    expect(types('article.gone')).toEqual([]);
  });
});

describe('eventMatches', () => {
  it('finds by its words in every language and by type', () => {
    const [payment] = catalog;
    expect(payment && eventMatches(payment, 'платіж')).toBe(true);
    expect(payment && eventMatches(payment, 'payment rec')).toBe(true);
    expect(payment && eventMatches(payment, 'payment.rec')).toBe(true);
    expect(payment && eventMatches(payment, 'article')).toBe(false);
  });
});

describe('the webhook that a question is about', () => {
  const first = { id: 1, events: ['payment.received'] };
  const second = { id: 2, events: ['article.*'] };
  const types = catalog.map((type) => ({
    ...type,
    uid: type.type.startsWith('article') ? 'api::article.article' : null,
  }));

  it('is the first that waits for an event of the entry, or for the event itself', () => {
    expect(fittingWebhook([first, second], types, { uid: 'api::article.article' })).toBe(second);
    expect(fittingWebhook([first, second], types, { type: 'article.created' })).toBe(second);
  });

  it('is the first of all where none does', () => {
    expect(fittingWebhook([first, second], types, { uid: 'api::author.author' })).toBe(first);
  });
});
