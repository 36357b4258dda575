import fc from 'fast-check';
import { evaluate, fieldsOf } from './evaluate';
import { contentActions } from './types';
import type { ChangeFacts, Condition, ConditionValue, ContentAction, FieldValue, Rule } from './types';

type Values = Record<string, FieldValue>;
const updated = (before: Values, after: Values): ChangeFacts => ({ action: 'updated', before, after });
const created = (after: Values): ChangeFacts => ({ action: 'created', before: null, after });
const deleted = (before: Values): ChangeFacts => ({ action: 'deleted', before, after: null });
const on = (when: Condition, ...actions: ContentAction[]): Rule => [
  { on: actions.length > 0 ? actions : contentActions, when },
];

const becomesCompleted: Condition = { field: 'status', becomes: 'completed' };

describe('a change against a rule', () => {
  it('holds without a condition for the named action only', () => {
    expect(evaluate([{ on: 'created' }], created({}))).toEqual({ holds: true });
    expect(evaluate([{ on: 'created' }], updated({}, {}))).toEqual({
      holds: false,
      because: 'the entry was updated, not created',
    });
  });

  it('becomes: when it is so after and was not so before', () => {
    expect(
      evaluate(on(becomesCompleted), updated({ status: 'pending' }, { status: 'completed' })).holds,
    ).toBe(true);
    expect(evaluate(on(becomesCompleted), updated({ status: 'completed' }, { status: 'completed' }))).toEqual(
      {
        holds: false,
        because: 'status was completed already',
      },
    );
    expect(evaluate(on(becomesCompleted), updated({ status: 'pending' }, { status: 'failed' }))).toEqual({
      holds: false,
      because: 'status is failed',
    });
  });

  it('becomes: holds for an entry that is created with the value, or published for the first time', () => {
    expect(evaluate(on(becomesCompleted), created({ status: 'completed' })).holds).toBe(true);
    expect(evaluate(on(becomesCompleted), created({ status: 'pending' })).holds).toBe(false);
    const firstPublish: ChangeFacts = { action: 'published', before: null, after: { status: 'completed' } };
    expect(evaluate(on(becomesCompleted), firstPublish).holds).toBe(true);
  });

  it('becomes one of several: moving between them is not becoming', () => {
    const rule = on({ field: 'status', becomes: ['failed', 'refunded'] });
    expect(evaluate(rule, updated({ status: 'failed' }, { status: 'refunded' })).holds).toBe(false);
    expect(evaluate(rule, updated({ status: 'pending' }, { status: 'refunded' })).holds).toBe(true);
  });

  it('is and present look at what a deleted entry was; nothing becomes or changes by deleting', () => {
    expect(evaluate(on({ field: 'status', is: 'completed' }), deleted({ status: 'completed' })).holds).toBe(
      true,
    );
    expect(evaluate(on({ field: 'status', present: true }), deleted({ status: 'completed' })).holds).toBe(
      true,
    );
    expect(evaluate(on(becomesCompleted), deleted({ status: 'pending' }))).toEqual({
      holds: false,
      because: 'the entry was deleted',
    });
    expect(evaluate(on({ field: 'status', changed: true }), deleted({ status: 'x' })).holds).toBe(false);
  });

  it('changes from one value to another', () => {
    const rule = on({ field: 'status', changesFrom: 'pending', to: 'published' });
    expect(evaluate(rule, updated({ status: 'pending' }, { status: 'published' })).holds).toBe(true);
    expect(evaluate(rule, updated({ status: 'suspended' }, { status: 'published' })).holds).toBe(false);
    expect(evaluate(rule, created({ status: 'published' })).holds).toBe(false);
    expect(evaluate(on({ field: 'a', changesFrom: 1, to: 1 }), updated({ a: 1 }, { a: 1 })).holds).toBe(
      false,
    );
  });

  it('changed and set: an invoice is sent when the time of sending is filled in, also at creation', () => {
    const rule = on({
      all: [
        { field: 'sentAt', changed: true },
        { field: 'sentAt', present: true },
      ],
    });
    expect(evaluate(rule, updated({ sentAt: null }, { sentAt: '2026-11-24T14:02:07.418Z' })).holds).toBe(
      true,
    );
    expect(evaluate(rule, created({ sentAt: '2026-11-24T14:02:07.418Z' })).holds).toBe(true);
    expect(evaluate(rule, created({ sentAt: null })).holds).toBe(false);
    expect(evaluate(rule, updated({ sentAt: '2026-11-24T14:02:07.418Z' }, { sentAt: null })).holds).toBe(
      false,
    );
  });

  it('a text that reads "empty" is not an empty field', () => {
    expect(evaluate(on({ field: 'a', changed: true }), updated({ a: null }, { a: 'empty' })).holds).toBe(
      true,
    );
    expect(evaluate(on({ field: 'a', changed: true }), updated({ a: '5' }, { a: 5 })).holds).toBe(true);
  });

  it('relations: set when it leads to something, is when it leads there', () => {
    expect(evaluate(on({ field: 'membership', present: true }), created({ membership: ['m1'] })).holds).toBe(
      true,
    );
    expect(evaluate(on({ field: 'membership', present: true }), created({ membership: [] })).holds).toBe(
      false,
    );
    expect(evaluate(on({ field: 'membership', is: 'm1' }), created({ membership: ['m0', 'm1'] })).holds).toBe(
      true,
    );
    expect(evaluate(on({ field: 'membership', is: null }), created({ membership: [] })).holds).toBe(true);
    expect(
      evaluate(on({ field: 'membership', changed: true }), updated({ membership: [] }, { membership: null }))
        .holds,
    ).toBe(false);
  });

  it('a biginteger, which Strapi gives as text, fits the number in the rule', () => {
    expect(evaluate(on({ field: 'total', is: 4900 }), created({ total: '4900' })).holds).toBe(true);
    expect(evaluate(on({ field: 'total', is: 0 }), created({ total: '' })).holds).toBe(false);
  });

  it('a field that is gone makes the verdict unknown, an empty one does not', () => {
    expect(evaluate(on({ field: 'state', is: 'x' }), created({ status: 'x' }))).toEqual({
      holds: 'unknown',
      because: 'state cannot be read',
    });
    expect(evaluate(on({ field: 'state', is: 'x' }), created({ state: null })).holds).toBe(false);
    expect(evaluate(on({ field: 'toString', present: true }), created({})).holds).toBe('unknown');
  });

  it('a field is not unknown where the rest decides', () => {
    const gone: Condition = { field: 'gone', is: 1 };
    const here: Condition = { field: 'here', is: 1 };
    expect(evaluate(on({ all: [gone, here] }), created({ here: 2 }))).toEqual({
      holds: false,
      because: 'here is 2',
    });
    expect(evaluate(on({ any: [gone, here] }), created({ here: 1 })).holds).toBe(true);
    expect(evaluate(on({ all: [gone, here] }), created({ here: 1 })).holds).toBe('unknown');
    expect(evaluate(on({ not: gone }), created({ here: 1 })).holds).toBe('unknown');
    expect(evaluate([{ on: 'created', when: gone }, { on: 'created' }], created({})).holds).toBe(true);
  });

  it('values before an update that were not read are unknown, not different', () => {
    const facts: ChangeFacts = { action: 'updated', before: null, after: { status: 'completed' } };
    expect(evaluate(on(becomesCompleted), facts).holds).toBe('unknown');
    expect(evaluate(on(becomesCompleted), { action: 'updated', before: null, after: null }).holds).toBe(
      'unknown',
    );
  });

  it('says each reason once', () => {
    const rule: Rule = [
      { on: 'updated', when: { field: 'a', is: 1 } },
      { on: 'updated', when: { field: 'a', is: 2 } },
      { on: 'updated', when: { field: 'b', is: 2 } },
    ];
    expect(evaluate(rule, updated({}, { a: 3, b: 1 }))).toEqual({ holds: false, because: 'a is 3; b is 1' });
  });
});

describe('properties', () => {
  const names = ['a', 'b', 'c'] as const;
  const value: fc.Arbitrary<FieldValue> = fc.oneof(
    fc.constantFrom<FieldValue>('x', 'y', null, true, false, 0, 1, 'empty', ''),
    fc.uniqueArray(fc.constantFrom('d1', 'd2')).map((ids) => ids.sort()),
  );
  const field = fc.constantFrom(...names);
  const scalar = fc.constantFrom<ConditionValue>('x', 'y', null, true, false, 0, 1);
  const choice = fc.oneof(scalar, fc.array(scalar, { minLength: 1, maxLength: 3 }));
  const { condition } = fc.letrec<{ condition: Condition; leaf: Condition }>((tie) => ({
    leaf: fc.oneof(
      fc.record({ field, is: choice }) as fc.Arbitrary<Condition>,
      fc.record({ field, isNot: choice }) as fc.Arbitrary<Condition>,
      fc.record({ field, becomes: choice }) as fc.Arbitrary<Condition>,
      fc.record({ field, changesFrom: scalar, to: scalar }),
      fc.record({ field, changed: fc.constant(true as const) }),
      fc.record({ field, present: fc.boolean() }),
    ),
    condition: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      tie('leaf'),
      fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('condition') }),
    ),
  }));
  const values = fc.record({ a: value, b: value, c: value });
  const facts: fc.Arbitrary<ChangeFacts> = fc.oneof(
    values.map((after) => created(after)),
    values.map((before) => deleted(before)),
    fc.tuple(values, values).map(([before, after]) => updated(before, after)),
    fc
      .tuple(fc.option(values), values)
      .map(([before, after]) => ({ action: 'published' as const, before, after })),
  );
  const holds = (when: Condition, of: ChangeFacts) => evaluate(on(when), of).holds;

  it('with every field at hand nothing is unknown', () => {
    fc.assert(fc.property(condition, facts, (when, of) => holds(when, of) !== 'unknown'));
  });

  it('not, all and any follow the laws of logic', () => {
    fc.assert(
      fc.property(condition, condition, facts, (one, two, of) => {
        expect(holds({ not: { not: one } }, of)).toBe(holds(one, of));
        expect(holds({ not: { all: [one, two] } }, of)).toBe(
          holds({ any: [{ not: one }, { not: two }] }, of),
        );
        expect(holds({ any: [one, { not: one }] }, of)).toBe(true);
      }),
    );
  });

  it('becomes x is: x after, and not x before', () => {
    fc.assert(
      fc.property(field, choice, values, values, (name, wanted, before, after) => {
        const is: Condition = { field: name, is: wanted };
        const expected = holds(is, created(after)) === true && holds(is, created(before)) === false;
        expect(holds({ field: name, becomes: wanted }, updated(before, after))).toBe(expected);
      }),
    );
  });

  const without = (given: ChangeFacts, name: string): ChangeFacts => {
    const cut = (record: ChangeFacts['after']) =>
      record && Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
    return { ...given, before: cut(given.before), after: cut(given.after) };
  };

  it('losing a field may make a verdict unknown, but never turns it round', () => {
    fc.assert(
      fc.property(condition, facts, field, (when, of, name) => {
        const verdict = holds(when, without(of, name));
        expect([holds(when, of), 'unknown']).toContain(verdict);
      }),
    );
  });

  it('a false or unknown verdict always has its reason; fieldsOf covers what is judged', () => {
    fc.assert(
      fc.property(condition, facts, (when, of) => {
        const rule = on(when);
        const verdict = evaluate(rule, of);
        if (verdict.holds !== true) expect(verdict.because).not.toBe('');
        const needed = new Set(fieldsOf(rule));
        for (const name of names.filter((other) => !needed.has(other))) {
          expect(evaluate(rule, without(of, name)).holds).toBe(verdict.holds);
        }
      }),
    );
  });
});

describe('fieldsOf', () => {
  it('names each field once, nested ones too', () => {
    expect(
      fieldsOf([
        {
          on: 'created',
          when: { all: [{ field: 'b', is: 1 }, { not: { any: [{ field: 'a', changed: true }] } }] },
        },
        { on: 'updated', when: { field: 'b', present: true } },
        { on: 'deleted' },
      ]),
    ).toEqual(['b', 'a']);
  });
});
