import { conditionProblems, operatorsFor, webhookConditions } from '.';
import type { ConditionFieldType, ConditionSubject, SingleCondition, WebhookConditions } from '.';

const field = (path: string, type: ConditionFieldType, options?: string[]) => ({
  path,
  type,
  labels: path.split('.'),
  ...(options && { options }),
});
const payment: ConditionSubject = {
  uid: 'api::payment.payment',
  name: 'Payment',
  draftAndPublish: false,
  locales: [],
  fields: [
    field('title', 'text'),
    field('total', 'number'),
    field('paid', 'boolean'),
    field('paidOn', 'date'),
    field('paidAt', 'datetime'),
    field('opensAt', 'time'),
    field('status', 'enumeration', ['pending', 'completed']),
    field('customer', 'relation'),
    field('customer.country', 'text'),
    field('cover', 'media'),
    field('body', 'other'),
  ],
};
const article: ConditionSubject = {
  uid: 'api::article.article',
  name: 'Article',
  draftAndPublish: true,
  locales: ['en', 'uk'],
  fields: [field('title', 'text'), field('total', 'text'), field('status', 'enumeration', ['new'])],
};

const problems = (conditions: WebhookConditions, ...subjects: ConditionSubject[]): string[] => {
  expect(webhookConditions.safeParse(conditions).success).toBe(true);
  return conditionProblems(conditions, subjects).map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const problemsOf = (condition: SingleCondition, ...subjects: ConditionSubject[]) =>
  problems({ all: [condition] }, ...subjects);

describe('what can never hold', () => {
  it.each<[SingleCondition, string]>([
    [{ field: 'gone', is: 'x' }, 'field: no field "gone" of Payment'],
    [{ field: 'constructor', present: true }, 'field: no field "constructor" of Payment'],
    [{ field: 'title', greaterThan: 5 }, 'greaterThan: "greater than" cannot be asked of a text'],
    [{ field: 'total', contains: '5' }, 'contains: "contains" cannot be asked of a number'],
    [{ field: 'customer', contains: '5' }, 'contains: "contains" cannot be asked of a relation'],
    [{ field: 'body', is: 'x' }, 'is: "is" cannot be asked of a field of this type'],
    [{ field: 'cover', becomes: 'x' }, 'becomes: "becomes" cannot be asked of a file'],
    [
      { field: 'opensAt', inLast: { count: 1, unit: 'hours' } },
      'inLast: "in the last" cannot be asked of a time',
    ],
    [{ field: 'total', is: 'x' }, 'is: must be a number'],
    [{ field: 'total', isNot: [1, true] }, 'isNot.1: must be a number'],
    [{ field: 'paid', is: 'true' }, 'is: must be true or false'],
    [{ field: 'title', becomes: 5 }, 'becomes: must be a text'],
    [{ field: 'customer', is: 5 }, 'is: must be a text'],
    [{ field: 'paidOn', before: '2026-11-29T10:00:00Z' }, 'before: must be a date, like 2026-11-29'],
    [{ field: 'paidAt', after: '10:00' }, 'after: must be a date, or a date with time'],
    [{ field: 'opensAt', after: '2026-11-29' }, 'after: must be a time, like 14:05:00'],
    [{ field: 'status', is: ['completed', 'lost'] }, 'is.1: must be one of pending, completed'],
    [
      { field: 'status', changesFrom: 'lost', to: 'completed' },
      'changesFrom: must be one of pending, completed',
    ],
    [{ field: 'title', changesFrom: 'a', to: 'a' }, 'to: must be another value than the one before'],
    [{ status: 'published' }, 'status: Payment has no drafts'],
    [{ locale: ['uk'] }, 'locale: Payment has no languages'],
    [{ changedOtherThan: ['title', 'gone'] }, 'changedOtherThan.1: "gone" is no field of Payment itself'],
    [
      { changedOtherThan: ['customer.country'] },
      'changedOtherThan.0: "customer.country" is no field of Payment',
    ],
  ])('%j', (condition, expected) => {
    const found = problemsOf(condition, payment);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`conditions.all.0.${expected}`);
  });

  it.each<SingleCondition>([
    { field: 'total', is: [1, '9007199254740993', null] },
    { field: 'paidAt', is: '2026-11-29' },
    { field: 'paidOn', isNot: '2026-11-29' },
    { field: 'customer.country', beginsWith: 'U' },
    { field: 'customer', changesFrom: null, to: 'd1' },
    { field: 'cover', changed: true },
    { field: 'status', becomes: ['completed', null] },
    { changedOtherThan: ['title', 'customer'] },
    { actor: [{ type: 'system', id: null, name: null }] },
  ])('%j may', (condition) => {
    expect(problemsOf(condition, payment)).toEqual([]);
  });

  it('for several content types is what holds for none of them', () => {
    expect(problemsOf({ field: 'paid', is: true }, article, payment)).toEqual([]);
    expect(problemsOf({ field: 'total', greaterThan: 5 }, article, payment)).toEqual([]);
    expect(problemsOf({ field: 'status', is: 'completed' }, article, payment)).toEqual([]);
    expect(problemsOf({ status: 'published' }, payment, article)).toEqual([]);
    expect(problemsOf({ field: 'gone', changed: true }, payment, article)).toEqual([
      'conditions.all.0.field: no field "gone" of Payment or Article',
    ]);
    expect(problemsOf({ field: 'status', is: 'lost' }, payment, article)).toHaveLength(1);
    expect(problemsOf({ field: 'a', changed: true })).toEqual([
      'conditions.all.0.field: no field "a" of these events',
    ]);
  });

  it('is a language that is not there', () => {
    expect(problemsOf({ locale: ['uk', 'de'] }, article)).toEqual([
      'conditions.all.0.locale.1: there is no language "de"',
    ]);
    expect(problemsOf({ localeNot: ['uk'] }, article)).toEqual([]);
  });

  it('is told with its place, in groups too', () => {
    expect(
      problems(
        {
          any: [
            { status: 'draft' },
            {
              all: [
                { field: 'total', is: 1 },
                { field: 'x', is: 1 },
              ],
            },
          ],
        },
        payment,
      ),
    ).toEqual([
      'conditions.any.0.status: Payment has no drafts',
      'conditions.any.1.all.1.field: no field "x" of Payment',
    ]);
    expect(conditionProblems({ not: { field: 'x', is: 1 } }, [payment], ['on', '0', 'when'])).toEqual([
      { path: ['on', '0', 'when', 'not', 'field'], message: 'no field "x" of Payment' },
    ]);
  });
});

describe('conditions that contradict each other', () => {
  const contradicts = (...all: SingleCondition[]) =>
    problems({ all }, payment).map((problem) => /^conditions\.all\.(\d)/.exec(problem)?.[1]);

  it.each<[SingleCondition, SingleCondition]>([
    [
      { field: 'title', is: 'a' },
      { field: 'title', is: 'b' },
    ],
    [
      { field: 'title', is: ['a', 'b'] },
      { field: 'title', becomes: ['c', 'd'] },
    ],
    [
      { field: 'status', becomes: 'completed' },
      { field: 'status', changesFrom: null, to: 'pending' },
    ],
    [
      { field: 'title', is: ['a', 'b'] },
      { field: 'title', isNot: ['b', 'a'] },
    ],
    [
      { field: 'title', present: false },
      { field: 'title', is: 'a' },
    ],
    [
      { field: 'title', present: true },
      { field: 'title', is: null },
    ],
    [
      { field: 'total', greaterThan: 10 },
      { field: 'total', lessThan: 10 },
    ],
    [
      { field: 'total', greaterThan: 10 },
      { field: 'total', is: [5, 10] },
    ],
    [
      { field: 'customer.country', is: 'UA' },
      { field: 'customer.country', is: 'PL' },
    ],
  ])('%j and %j', (one, other) => {
    expect(contradicts(one, { field: 'paid', is: true }, other)).toEqual(['2']);
    expect(contradicts(other, one)).toEqual(['1']);
    expect(problems({ any: [one, other] }, payment)).toEqual([]);
  });

  it.each<[SingleCondition, SingleCondition]>([
    [
      { field: 'title', is: ['a', 'b'] },
      { field: 'title', is: ['b', 'c'] },
    ],
    [
      { field: 'title', is: ['a', 'b'] },
      { field: 'title', isNot: 'b' },
    ],
    [
      { field: 'customer', is: 'd1' },
      { field: 'customer', is: 'd2' },
    ],
    [
      { field: 'paidAt', is: '2026-11-29' },
      { field: 'paidAt', is: '2026-11-29T10:00:00Z' },
    ],
    [
      { field: 'total', greaterThan: 10 },
      { field: 'total', is: [5, 11] },
    ],
    [
      { field: 'total', greaterThan: 10 },
      { field: 'total', lessThan: 10.5 },
    ],
    [
      { field: 'total', is: 10 },
      { field: 'total', isNot: 11 },
    ],
    [
      { field: 'title', is: 'a' },
      { field: 'customer.country', is: 'b' },
    ],
  ])('not %j and %j', (one, other) => {
    expect(contradicts(one, other)).toEqual([]);
  });
});

describe('the comparisons of a type', () => {
  it('are only those that can hold', () => {
    expect(operatorsFor('date')).toEqual(['is', 'before', 'after', 'inLast', 'inNext', 'changed', 'present']);
    expect(operatorsFor('relation')).not.toContain('contains');
    expect(operatorsFor('other')).toEqual(['changed', 'present']);
  });
});
