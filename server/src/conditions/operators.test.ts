import { findingsOf, judgeConditions } from './evaluate';
import type { ChangeFacts, Condition, FieldValue } from './types';

type Values = Record<string, FieldValue>;
const occurredAt = Date.parse('2026-03-31T12:00:00.000Z');
const change: ChangeFacts['change'] = {
  locale: 'uk',
  status: 'draft',
  actor: { type: 'api_token', id: '5' },
  occurredAt,
  changedFields: ['title', 'views'],
};
const updated = (before: Values, after: Values): ChangeFacts => ({
  action: 'updated',
  before,
  after,
  change,
});
const now = (value: FieldValue) => updated({}, { a: value });
const holds = (condition: Condition, facts: ChangeFacts) => judgeConditions(condition, facts).holds;

describe('a comparison of the value', () => {
  it.each<[Condition, FieldValue, boolean]>([
    [{ field: 'a', contains: 'ЇЖАК' }, 'Спить їжак у лісі', true],
    [{ field: 'a', contains: 'é' }, 'Cafe\u0301', true],
    [{ field: 'a', contains: 'x' }, null, false],
    [{ field: 'a', contains: '5' }, 55, false],
    [{ field: 'a', contains: 'd1' }, ['d1'], false],
    [{ field: 'a', beginsWith: 'inv-' }, 'INV-2026', true],
    [{ field: 'a', beginsWith: '2026' }, 'INV-2026', false],
    [{ field: 'a', greaterThan: 100 }, 100, false],
    [{ field: 'a', greaterThan: 100 }, 100.01, true],
    [{ field: 'a', greaterThan: 100 }, '100.01', true],
    [{ field: 'a', greaterThan: 9007199254740992 }, '9007199254740993', true],
    [{ field: 'a', is: 9007199254740992 }, '9007199254740993', false],
    [{ field: 'a', greaterThan: 100 }, 'many', false],
    [{ field: 'a', greaterThan: -1 }, '', false],
    [{ field: 'a', greaterThan: -1 }, null, false],
    [{ field: 'a', greaterThan: -1 }, true, false],
    [{ field: 'a', greaterThan: 0 }, NaN, false],
    [{ field: 'a', lessThan: 0 }, NaN, false],
    [{ field: 'a', lessThan: 10 }, '-3', true],
    [{ field: 'a', lessThan: 10 }, '0x1', false],
    [{ field: 'a', is: 16 }, '0x10', false],
    [{ field: 'a', before: '2026-11-29' }, '2026-11-28', true],
    [{ field: 'a', before: '2026-11-29' }, '2026-11-29', false],
    [{ field: 'a', before: '2026-11-29' }, '2026-11-28T23:59:59.999Z', true],
    [{ field: 'a', before: '2026-11-29' }, '2026-11-29T00:00:00.000Z', false],
    [{ field: 'a', after: '2026-11-29' }, '2026-11-29T23:59:59.999Z', false],
    [{ field: 'a', after: '2026-11-29' }, '2026-11-30T00:00:00.000Z', true],
    [{ field: 'a', is: '2026-11-29' }, '2026-11-29T23:59:59.999Z', true],
    [{ field: 'a', is: '2026-11-29T10:00:00Z' }, '2026-11-29T10:00:00.000Z', true],
    [{ field: 'a', after: '2026-11-29T12:00:00+02:00' }, '2026-11-29T10:00:00.001Z', true],
    [{ field: 'a', after: '2026-11-29T12:00:00+02:00' }, '2026-11-29T10:00:00.000Z', false],
    [{ field: 'a', after: '14:05:00' }, '14:05:00.001', true],
    [{ field: 'a', before: '14:05:00' }, '2026-11-29', false],
    [{ field: 'a', before: '2026-11-29' }, 'text', false],
    [{ field: 'a', inLast: { count: 7, unit: 'days' } }, '2026-03-24T12:00:00.000Z', true],
    [{ field: 'a', inLast: { count: 7, unit: 'days' } }, '2026-03-24T11:59:59.999Z', false],
    [{ field: 'a', inLast: { count: 7, unit: 'days' } }, '2026-03-31T12:00:00.001Z', false],
    [{ field: 'a', inLast: { count: 7, unit: 'days' } }, '2026-03-24', true],
    [{ field: 'a', inLast: { count: 7, unit: 'days' } }, '2026-03-23', false],
    [{ field: 'a', inLast: { count: 1, unit: 'months' } }, '2026-02-28', true],
    [{ field: 'a', inLast: { count: 1, unit: 'months' } }, '2026-02-27', false],
    [{ field: 'a', inNext: { count: 1, unit: 'months' } }, '2026-04-30', true],
    [{ field: 'a', inNext: { count: 1, unit: 'hours' } }, '2026-03-31T13:00:00.000Z', true],
    [{ field: 'a', inNext: { count: 1, unit: 'hours' } }, '2026-03-31T11:59:00.000Z', false],
    [{ field: 'a', inNext: { count: 1, unit: 'hours' } }, '12:30:00', false],
    [{ field: 'a', inNext: { count: 1, unit: 'hours' } }, null, false],
    [{ field: 'a', is: null }, '', true],
    [{ field: 'a', is: null }, 0, false],
    [{ field: 'a', is: ['x', null] }, null, true],
    [{ field: 'a', isNot: ['d1', 'd2'] }, ['d2', 'd3'], false],
  ])('%j with %j: %j', (condition, value, expected) => {
    expect(holds(condition, now(value))).toBe(expected);
    expect(holds({ not: condition }, now(value))).toBe(!expected);
  });

  it('is unknown where the field cannot be read, also one that every object has', () => {
    for (const field of ['gone', 'toString', '__proto__']) {
      expect(holds({ field, contains: 'a' }, now(1))).toBe('unknown');
      expect(holds({ field, greaterThan: 1 }, now(1))).toBe('unknown');
      expect(holds({ field, inLast: { count: 1, unit: 'days' } }, now(1))).toBe('unknown');
    }
  });

  it('through a path is one with the value at its end', () => {
    const facts = updated({ 'author.country': null }, { 'author.country': 'UA' });
    expect(holds({ field: 'author.country', becomes: ['UA', 'PL'] }, facts)).toBe(true);
    expect(holds({ field: 'author.country', changesFrom: null, to: 'UA' }, facts)).toBe(true);
  });

  it('of a deleted entry looks at its last value', () => {
    const facts: ChangeFacts = { action: 'deleted', before: { a: 150 }, after: null, change };
    expect(holds({ field: 'a', greaterThan: 100 }, facts)).toBe(true);
  });
});

describe('a comparison of the change', () => {
  it.each<[Condition, boolean]>([
    [{ locale: ['en', 'uk'] }, true],
    [{ localeNot: ['en', 'uk'] }, false],
    [{ status: 'draft' }, true],
    [{ status: 'published' }, false],
    [{ actor: [{ type: 'api_token', id: '5', name: 'Another name' }] }, true],
    [{ actor: [{ type: 'admin', id: '5', name: null }] }, false],
    [{ actor: [{ type: 'api_token', id: null, name: null }] }, true],
    [{ actorNot: [{ type: 'api_token', id: '6', name: null }] }, true],
    [{ changedOtherThan: ['views'] }, true],
    [{ changedOtherThan: ['views', 'title'] }, false],
  ])('%j: %j', (condition, expected) => {
    expect(holds(condition, updated({}, {}))).toBe(expected);
  });

  const with_ = (
    more: Partial<NonNullable<ChangeFacts['change']>>,
    facts = updated({}, {}),
  ): ChangeFacts => ({
    ...facts,
    change: { ...change, ...more },
  });

  it('an entry without a locale has none of them', () => {
    expect(holds({ locale: ['uk'] }, with_({ locale: null }))).toBe(false);
    expect(holds({ localeNot: ['uk'] }, with_({ locale: null }))).toBe(true);
  });

  it('Strapi itself has no id, and is none of the people', () => {
    const facts = with_({ actor: { type: 'system', id: null } });
    expect(holds({ actor: [{ type: 'system', id: null, name: null }] }, facts)).toBe(true);
    expect(holds({ actor: [{ type: 'admin', id: null, name: null }] }, facts)).toBe(false);
  });

  it('everything is new in a new entry, nothing changes by deleting, and else it must be known', () => {
    const condition: Condition = { changedOtherThan: ['views'] };
    const none = { changedFields: null };
    expect(holds(condition, with_(none, { action: 'created', before: null, after: {} }))).toBe(true);
    expect(holds(condition, with_(none, { action: 'published', before: null, after: {} }))).toBe(true);
    expect(holds(condition, with_(none, { action: 'deleted', before: {}, after: null }))).toBe(false);
    expect(holds(condition, with_(none))).toBe('unknown');
  });

  it('is unknown where nothing is known of the change', () => {
    const facts: ChangeFacts = { action: 'updated', before: {}, after: { a: '2026-03-31', b: null } };
    expect(holds({ status: 'draft' }, facts)).toBe('unknown');
    expect(holds({ localeNot: ['uk'] }, facts)).toBe('unknown');
    expect(holds({ actor: [{ type: 'system', id: null, name: null }] }, facts)).toBe('unknown');
    expect(holds({ field: 'a', inLast: { count: 1, unit: 'days' } }, facts)).toBe('unknown');
    expect(holds({ field: 'b', inLast: { count: 1, unit: 'days' } }, facts)).toBe(false);
  });
});

describe('what was found', () => {
  it('is told of each condition, in order, with its place', () => {
    const conditions: Condition = {
      all: [
        { field: 'status', becomes: 'completed' },
        { field: 'total', greaterThan: 100 },
        { any: [{ field: 'gone', is: 'UA' }, { actorNot: [{ type: 'admin', id: '1', name: 'Anna' }] }] },
      ],
    };
    const facts = updated({ status: 'pending', total: 49 }, { status: 'completed', total: 49 });
    expect(
      findingsOf(conditions, facts).map(({ path, truth, found }) => [path.join('.'), truth, found]),
    ).toEqual([
      ['all.0', true, { before: { value: 'pending' }, after: { value: 'completed' } }],
      ['all.1', false, { before: { value: 49 }, after: { value: 49 } }],
      ['all.2.any.0', 'unknown', { before: { missing: 'unknown' }, after: { missing: 'unknown' } }],
      ['all.2.any.1', true, { actor: { type: 'api_token', id: '5' } }],
    ]);
    expect(judgeConditions(conditions, facts)).toEqual({ holds: false, because: 'total is 49' });
  });

  it('tells a value that was not there from one that is not known', () => {
    const facts: ChangeFacts = { action: 'created', before: null, after: { a: 1 }, change };
    expect(findingsOf({ field: 'a', is: 1 }, facts)).toMatchObject([
      { found: { before: { missing: 'no_entry' }, after: { value: 1 } } },
    ]);
  });
});
