import { deliveryListQuery, replayInput, statisticsQuery, testInput, webhookListQuery, whyInput } from '.';

const named = (
  schema: { safeParse(input: unknown): { success: boolean; error?: { issues: unknown[] } } },
  input: unknown,
) => {
  const parsed = schema.safeParse(input);
  return parsed.success ? [] : JSON.stringify(parsed.error?.issues);
};

describe('input that is not what it seems', () => {
  it.each([
    ['a list', ['1']],
    ['an empty text', ''],
    ['a truth', true],
    ['nothing', null],
    ['an empty list', []],
    ['an object', { $gt: 0 }],
    ['a power', '1e3'],
    ['hexadecimal', '0x10'],
    ['a negative one', '-1'],
    ['a fraction', '1.5'],
    ['more than the database takes', '99999999999'],
    ['spaces', ' 1'],
  ])('%s is no id of a webhook', (_name, webhook) => {
    expect(named(deliveryListQuery, { webhook })).toContain('webhook');
    expect(named(replayInput, { webhook })).toContain('webhook');
  });

  it('is taken as digits in a query and as a number in JSON', () => {
    expect(deliveryListQuery.parse({ webhook: '12', before: '7' })).toMatchObject({ webhook: 12, before: 7 });
    expect(replayInput.parse({ webhook: 12 })).toMatchObject({ webhook: 12 });
  });

  it('an id that no database takes is refused before it is asked', () => {
    expect(named(testInput, { webhookId: 2 ** 31, eventType: 'a.b' })).toContain('webhookId');
    expect(named(replayInput, { ids: [2 ** 31] })).toContain('ids');
  });

  it('a text with a NUL, which Postgres takes in no question, is refused with its name', () => {
    expect(named(deliveryListQuery, { text: 'a\0' })).toContain('text');
    expect(named(deliveryListQuery, { documentId: 'a\0' })).toContain('documentId');
    expect(named(whyInput, { uid: 'a\0' })).toContain('uid');
  });

  it('a typing error in a filter is no question about everything', () => {
    expect(named(replayInput, { webhok: 1 })).toContain('webhok');
    expect(named(deliveryListQuery, { stat: 'failed' })).toContain('stat');
    expect(named(webhookListQuery, { serach: 'x' })).toContain('serach');
    expect(named(statisticsQuery, { perid: '7d' })).toContain('perid');
    expect(named(whyInput, { constructor: 'x' })).toContain('constructor');
    expect(named(replayInput, JSON.parse('{"__proto__":{"webhook":1}}'))).toContain('__proto__');
  });
});
