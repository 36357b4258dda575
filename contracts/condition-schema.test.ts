import { conditionLimits, conditionSchema, singleCondition, webhookConditions } from '.';
import type { Condition } from '.';

interface Schema {
  safeParse(input: unknown): {
    success: boolean;
    error?: { issues: { path: PropertyKey[]; message: string }[] };
  };
}
const problems = (schema: Schema, input: unknown): string[] =>
  schema.safeParse(input).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

const every: Condition[] = [
  { field: 'status', is: 'completed' },
  { field: 'customer.country', isNot: ['UA', null, 4, true] },
  { field: 'title', contains: 'a “quoted”, text\nand more' },
  { field: 'title', beginsWith: 'Draft' },
  { field: 'total', greaterThan: -1.5 },
  { field: 'total', lessThan: 100 },
  { field: 'paidOn', before: '2026-11-29' },
  { field: 'opensAt', after: '14:05:00' },
  { field: 'paidAt', after: '2026-11-29T14:05:00.000Z' },
  { field: 'paidAt', inLast: { count: 7, unit: 'days' } },
  { field: 'paidAt', inNext: { count: 1, unit: 'months' } },
  { field: 'status', becomes: ['completed'] },
  { field: 'status', changesFrom: null, to: 'completed' },
  { field: 'status', changed: true },
  { field: 'status', present: false },
  { changedOtherThan: ['views', 'lastSeenAt'] },
  { locale: ['uk'] },
  { localeNot: ['en', 'de'] },
  { status: 'published' },
  { actor: [{ type: 'api_token', id: '5', name: 'Importer' }] },
  { actorNot: [{ type: 'user', id: null, name: null }] },
];

describe('a single condition', () => {
  it.each(every)('is taken and given back unchanged: %j', (condition) => {
    expect(singleCondition.parse(condition)).toEqual(condition);
    expect(conditionSchema.parse({ not: condition })).toEqual({ not: condition });
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, ': must hold exactly one of is, isNot, contains'],
    ['no kind', { field: 'a' }, ': must hold exactly one of'],
    ['two kinds', { field: 'a', greaterThan: 1, lessThan: 2 }, ': must hold exactly one of'],
    ['no field', { before: '2026-01-01' }, 'field: is required'],
    ['an inherited key', Object.create({ is: 1, field: 'a' }), ': must hold exactly one of'],
    ['another option', { field: 'a', is: 1, was: 2 }, ': Unrecognized key: "was"'],
    ['an object as value', { field: 'a', is: {} }, 'is: must be a text, a number, true, false or null'],
    ['an object in a list', { field: 'a', is: ['x', {}] }, 'is.1: must be a text, a number'],
    ['an empty list', { field: 'a', is: [] }, 'is: must hold at least one value'],
    ['no number', { field: 'a', greaterThan: '5' }, 'greaterThan: must be a number'],
    ['NaN', { field: 'a', lessThan: NaN }, 'lessThan: must be a number'],
    ['Infinity', { field: 'a', is: Infinity }, 'is: must be a number'],
    ['30 February', { field: 'a', before: '2026-02-30' }, 'before: must be a date, a time, or both'],
    ['25 o’clock', { field: 'a', after: '25:00' }, 'after: must be a date, a time, or both'],
    ['a date in words', { field: 'a', after: 'yesterday' }, 'after: must be a date, a time, or both'],
    ['no days', { field: 'a', inLast: { count: 0, unit: 'days' } }, 'inLast.count: must be at least 1'],
    ['years', { field: 'a', inNext: { count: 1, unit: 'years' } }, 'inNext.unit: must be one of hours'],
    ['a search for nothing', { field: 'a', contains: '' }, 'contains: is required'],
    ['another status', { status: 'live' }, 'status: must be one of draft, published'],
    ['no locale', { locale: [] }, 'locale: must hold at least one locale'],
    ['one locale', { locale: 'uk' }, 'locale: must be a list of locales'],
    ['an unknown actor', { actor: [{ type: 'robot', id: null }] }, 'actor.0.type: must be one of admin'],
    ['an actor without id', { actor: [{ type: 'admin' }] }, 'actor.0.id: must be a text'],
    ['NUL', { field: 'a', is: 'x\0' }, 'is: must not contain NUL'],
    ['half a character', { field: 'a', is: '\ud800' }, 'is: must not contain NUL or half a character'],
    ['a long text', { field: 'a', is: 'x'.repeat(1001) }, 'is: must be at most 1000 characters'],
    ['a long path', { field: 'x'.repeat(201), is: 1 }, 'field: must be at most 200 characters'],
    ['many values', { field: 'a', is: Array(101).fill(1) }, 'is: must hold at most 100 values'],
  ])('names what is wrong: %s', (_what, condition, expected) => {
    expect(problems(singleCondition, condition).join('\n')).toContain(expected);
  });

  it('an actor without a name is one', () => {
    expect(singleCondition.parse({ actor: [{ type: 'admin', id: '1' }] })).toEqual({
      actor: [{ type: 'admin', id: '1', name: null }],
    });
  });
});

describe('the conditions of a webhook', () => {
  const one = { field: 'a', is: 1 };

  it('are a group, whose members may be groups', () => {
    const conditions = { all: [one, { any: [one, { status: 'draft' }] }, { all: [one] }] };
    expect(webhookConditions.parse(conditions)).toEqual(conditions);
  });

  it.each<[string, unknown, string]>([
    ['one condition without a group', one, ': must hold exactly one of all, any'],
    ['both groups', { all: [one], any: [one] }, ': must hold exactly one of all, any'],
    ['nothing in it', { all: [] }, 'all: must hold a condition'],
    ['not', { all: [{ not: one }] }, 'all.0: must hold exactly one of is'],
    ['a third level', { all: [{ any: [{ all: [one] }] }] }, 'all.0.any.0: must hold exactly one of is'],
    ['a wrong member', { any: [one, { field: 'b', is: {} }] }, 'any.1.is: must be a text'],
    ['too many', { all: Array(21).fill(one) }, 'all: must hold at most 20 conditions'],
    [
      'too many within',
      { all: [{ any: Array(21).fill(one) }] },
      'all.0.any: must hold at most 20 conditions',
    ],
    ['null', null, ': must hold exactly one of all, any'],
  ])('names what is wrong: %s', (_what, conditions, expected) => {
    expect(problems(webhookConditions, conditions).join('\n')).toContain(expected);
  });
});

describe('a condition of a business event', () => {
  const deep = (levels: number): Condition =>
    levels === 1 ? { field: 'a', is: 1 } : { not: deep(levels - 1) };

  it('may be nested five deep', () => {
    expect(problems(conditionSchema, deep(conditionLimits.depth))).toEqual([]);
    expect(problems(conditionSchema, deep(conditionLimits.depth + 1))).toEqual([
      'not.not.not.not.not: must not be nested deeper than 5 conditions',
    ]);
    expect(problems(conditionSchema, deep(4000))).toHaveLength(1);
  });

  it('may hold two hundred', () => {
    const list = (count: number) => ({ any: Array.from({ length: count }, () => deep(1)) });
    expect(problems(conditionSchema, list(199))).toEqual([]);
    expect(problems(conditionSchema, { all: [list(100), list(100)] })).toEqual([
      ': must hold at most 200 conditions',
    ]);
  });
});
