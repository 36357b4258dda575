import type { EventTypeView } from '../../../contracts';
import { eventClause } from './event-clause';

const article = {
  type: 'article.published',
  displayName: 'Article Published',
  source: 'content',
  contentTypeName: 'Blog article',
} as EventTypeView;
const expiring = {
  type: 'demo_site.expiring',
  displayName: 'Demo Site Expiring',
  source: 'code',
} as EventTypeView;
const catalog = [article, expiring];

describe('eventClause', () => {
  it.each([
    ['*', { kind: 'everything' }],
    ['*.published', { kind: 'any_verb', verb: 'published' }],
    ['article.*', { kind: 'any_change', subject: 'Blog article' }],
    ['article.published', { kind: 'verb', subject: 'Blog article', verb: 'published' }],
    ['renewal_payment.created', { kind: 'verb', subject: 'Renewal payment', verb: 'created' }],
    ['demo_site.expiring', { kind: 'named', name: 'Demo Site Expiring' }],
    ['gone.away', { kind: 'named', name: 'gone.away' }],
  ])('%s', (subscription, clause) => {
    expect(eventClause(subscription, catalog)).toEqual(clause);
  });
});
