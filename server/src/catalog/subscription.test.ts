import fc from 'fast-check';
import { matchesSubscription } from './subscription';

describe('subscriptions', () => {
  it.each([
    ['article.published', 'article.published', true],
    ['article.published', 'article.updated', false],
    ['article.*', 'article.published', true],
    ['article.*', 'article.comment.created', true],
    ['article.*', 'article_tag.created', false],
    ['article.*', 'article', false],
    ['media.*', 'media_folder.created', false],
    ['*.published', 'article.published', true],
    ['*.published', 'unpublished', false],
    ['*.published', 'article.unpublished', false],
    ['*.comment.created', 'article.comment.created', true],
    ['*', 'article.published', true],
    ['', 'article.published', false],
    ['*.', 'article.', false],
    ['.*', '.published', false],
    ['art*', 'article.published', false],
  ])('%s and %s: %s', (pattern, type, expected) => {
    expect(matchesSubscription(pattern, type, false)).toBe(expected);
  });

  it('accounts must be named: wildcards that do not name them leave them out', () => {
    expect(matchesSubscription('*', 'user.created', true)).toBe(false);
    expect(matchesSubscription('*.created', 'user.created', true)).toBe(false);
    expect(matchesSubscription('user.*', 'user.created', true)).toBe(true);
    expect(matchesSubscription('user.created', 'user.created', true)).toBe(true);
  });

  it('a type matches its own name, its prefix and its suffix, and no other type’s name', () => {
    const name = fc.stringMatching(/^[a-z0-9_]{1,8}$/);
    fc.assert(
      fc.property(name, name, name, (subject, action, other) => {
        const type = `${subject}.${action}`;
        for (const pattern of [type, `${subject}.*`, `*.${action}`, '*']) {
          expect(matchesSubscription(pattern, type, false)).toBe(true);
        }
        expect(matchesSubscription(`${other}.${action}`, type, false)).toBe(other === subject);
        expect(matchesSubscription(`${other}.*`, type, false)).toBe(other === subject);
      }),
    );
  });
});
