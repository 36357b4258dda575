import { matchesSubscription } from '../catalog/subscription';
import { askedBy, interestedIn, match } from './match';
import type { Subscriber } from './match';

const event = {
  id: 1,
  messageId: 'msg_1',
  type: 'article.updated',
  uid: 'api::article.article',
  documentId: 'd',
  locale: null,
  status: 'published',
  actor: { type: 'system', id: null, name: null },
};
const subscriber = (events: string[]) => ({
  id: 7,
  name: 'Test',
  url: 'https://example.com/x',
  events,
  meanings: null,
  skips: false,
  ordered: false,
  conditions: null,
  shownBy: false,
  collapse: null,
  skipUnchanged: false,
  onePublish: false,
  fields: null,
});
const wants = (pattern: string, type: string) => matchesSubscription(pattern, type, false);
const matchesOf = (webhook: Subscriber, of = event) =>
  match(
    of,
    interestedIn(of.type, [webhook], (patterns, type) => askedBy(patterns, type, wants)),
  );

describe('which webhooks want an event', () => {
  it.each([
    [['*'], true],
    [['*.updated'], true],
    [['*', '*.updated', 'article.created'], true],
    [['*', 'article.*'], false],
    [['article.updated'], false],
  ])('%j has not named it: %s', (events, unnamed) => {
    expect(matchesOf(subscriber(events))).toMatchObject([{ webhookId: 7, unnamed }]);
  });

  it('keeps what another content type took over, until somebody decides', () => {
    const meaning = 'api::article.article';
    const stateOf = (meanings: Subscriber['meanings'], ...events: string[]) =>
      match(
        event,
        interestedIn(
          event.type,
          [{ ...subscriber(events), meanings }],
          (patterns, type) => askedBy(patterns, type, wants),
          { meaning, collapse: null, isLiveChange: false, wants },
        ),
      ).map(({ state }) => state);
    const other = ['plugin::news.article'];
    expect(stateOf({ 'article.*': other }, 'article.*')).toEqual(['skipped']);
    expect(stateOf({ 'article.*': [meaning] }, 'article.*')).toEqual(['pending']);
    expect(stateOf(null, 'article.*')).toEqual(['pending']);
    // Chosen once more since: one of its names means this very type.
    expect(
      stateOf({ 'article.*': other, 'article.updated': [meaning] }, 'article.*', 'article.updated'),
    ).toEqual(['pending']);
    expect(stateOf({}, '*')).toEqual(['pending']);
    const skipped = (skips: boolean, isTakenOver: boolean) => {
      const webhook = { ...subscriber(['article.*']), skips };
      const found = {
        webhook,
        host: '',
        unnamed: false,
        collapse: null,
        replacesAffected: false,
        isTakenOver,
      };
      return match(event, [found]).map(({ skipReason }) => skipReason);
    };
    expect(skipped(false, true)).toEqual(['event_taken_over']);
    expect(skipped(true, true)).toEqual(['off']);
    expect(skipped(false, false)).toEqual([null]);
  });

  it('nobody who asked for something else', () => {
    expect(matchesOf(subscriber(['article.created', '*.created']))).toEqual([]);
  });
});
