import { isTakenOver, meaningsOf, remembered, takenOver } from './meanings';

const type = (
  name: string,
  uid: string | null,
  source: 'content' | 'plugin' | 'config' | 'code' = 'content',
) => ({
  ...{ type: name, uid, source },
  sensitive: name.startsWith('user.'),
});
const users = 'plugin::users-permissions.user';
const before = [
  type('user.created', users),
  type('locale.created', null, 'plugin'),
  type('article.updated', 'api::article.article'),
  type('article.sold', 'api::order.order', 'config'),
];
/** The app has types of its own called user and locale. */
const after = [
  type('user.created', 'api::user.user'),
  type('users_permissions_user.created', users),
  type('locale.created', 'api::locale.locale'),
  type('i18n_locale.created', null, 'plugin'),
  ...before.slice(2),
];

describe('what the names of events mean', () => {
  it('is their content type; a wildcard over all types means whatever there is', () => {
    expect(meaningsOf(['*', '*.created', 'user.*', 'locale.created', 'article.*', 'x.y'], before)).toEqual({
      'user.*': [users],
      'locale.created': ['plugin'],
      'article.*': ['api::article.article'],
      'x.y': [],
    });
  });

  it('is another one when a type of the app takes them over', () => {
    const patterns = ['user.*', 'locale.created', 'article.*', '*'];
    const meanings = meaningsOf(patterns, before);
    expect(takenOver(patterns, meanings, before)).toEqual([]);
    expect(takenOver(patterns, meanings, after)).toEqual([
      { pattern: 'user.*', was: users, is: 'api::user.user' },
      { pattern: 'locale.created', was: 'plugin', is: 'api::locale.locale' },
    ]);
    // What was never remembered is not judged.
    expect(takenOver(patterns, null, after)).toEqual([]);
  });

  it('a business event under the name of another type takes nothing over', () => {
    const meanings = meaningsOf(['article.*'], before.slice(0, 3));
    expect(takenOver(['article.*'], meanings, before)).toEqual([]);
    expect(isTakenOver(['a'], null)).toBe(false);
  });

  it('stays as it was when something else is saved, and is confirmed where it is remembered anew', () => {
    const meanings = meaningsOf(['user.*'], before);
    const saved = remembered(['user.*', 'article.updated'], after, meanings);
    expect(saved).toEqual({ 'user.*': [users], 'article.updated': ['api::article.article'] });
    expect(remembered(['user.*'], after, null)).toEqual({ 'user.*': ['api::user.user'] });
    // Removed and chosen again, it means what it means then.
    expect(remembered(['user.*'], after, remembered(['article.updated'], after, meanings))).toEqual({
      'user.*': ['api::user.user'],
    });
  });
});
