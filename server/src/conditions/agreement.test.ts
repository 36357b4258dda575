import fc from 'fast-check';
import { contentActions, spanUnits } from '../../../contracts';
import type { ActorChoice, ConditionValue, SingleCondition, TimeSpan } from '../../../contracts';
import { evaluate, findingsOf, judgeConditions } from './evaluate';
import type { ChangeFacts, Condition, FieldValue } from './types';

/**
 * The same answers, worked out slowly and another way: truth tables as tables, numbers as whole thousandths, days and
 * times as text, months counted one by one.
 */
type Truth = 'true' | 'false' | 'unknown';

const notTable: Record<Truth, Truth> = { true: 'false', false: 'true', unknown: 'unknown' };
const andTable: Record<Truth, Record<Truth, Truth>> = {
  true: { true: 'true', false: 'false', unknown: 'unknown' },
  false: { true: 'false', false: 'false', unknown: 'false' },
  unknown: { true: 'unknown', false: 'false', unknown: 'unknown' },
};
const orTable: Record<Truth, Record<Truth, Truth>> = {
  true: { true: 'true', false: 'true', unknown: 'true' },
  false: { true: 'true', false: 'false', unknown: 'unknown' },
  unknown: { true: 'true', false: 'unknown', unknown: 'unknown' },
};
const truthOf = (given: boolean): Truth => (given ? 'true' : 'false');

/** What is known of a value: one, that it cannot be known, or that there was no entry. */
type Known = { value: FieldValue } | 'unknown' | 'nothing';

const side = (facts: ChangeFacts, which: 'before' | 'after', field: string): Known => {
  const values = facts[which];
  if (values !== null) {
    const entry = Object.entries(values).find(([name]) => name === field);
    return entry ? { value: entry[1] } : 'unknown';
  }
  const explained = which === 'before' ? ['created', 'published'] : ['deleted', 'unpublished'];
  return explained.includes(facts.action) ? 'nothing' : 'unknown';
};
const now = (facts: ChangeFacts, field: string): Known => {
  const after = side(facts, 'after', field);
  return after === 'nothing' ? side(facts, 'before', field) : after;
};

const isBlank = (value: FieldValue): boolean =>
  Array.isArray(value) ? value.length === 0 : value === null || value === '';

/** In whole thousandths. */
function thousandths(value: FieldValue): bigint | null {
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const match = /^\s*(-?)(\d+)(?:\.(\d{1,3}))?\s*$/.exec(String(value));
  if (!match) return null;
  const size = BigInt(match[2] + (match[3] ?? '').padEnd(3, '0'));
  return match[1] === '-' ? -size : size;
}

interface Clock {
  /** `2026-11-29`, in UTC; null for a time of day. */
  day: string | null;
  /** `14:05:00.000`; null for a day. */
  time: string | null;
}
function clockOf(value: FieldValue): Clock | null {
  if (typeof value !== 'string') return null;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return { day: value, time: null };
  if (/^\d\d:\d\d(:\d\d(\.\d{3})?)?$/.test(value)) {
    const [hours, minutes, seconds = '00'] = value.split(':');
    return { day: null, time: `${hours}:${minutes}:${seconds.padEnd(6, '.000')}` };
  }
  if (!/^\d{4}-\d\d-\d\dT/.test(value)) return null;
  const [day = '', time = ''] = new Date(value).toISOString().slice(0, -1).split('T');
  return { day, time };
}
/** -1, 0, 1, or null where they have nothing in common. */
function orderOf(value: FieldValue, wanted: string): number | null {
  const [one, other] = [clockOf(value), clockOf(wanted)];
  if (one === null || other === null) return null;
  if ((one.day === null) !== (other.day === null)) return null;
  const precise = one.time !== null && other.time !== null;
  const text = ({ day, time }: Clock) => `${day ?? ''} ${precise ? time : ''}`;
  return text(one) < text(other) ? -1 : text(one) > text(other) ? 1 : 0;
}

function equal(wanted: ConditionValue, value: FieldValue): boolean {
  switch (true) {
    case wanted === null:
      return isBlank(value);
    case Array.isArray(value):
      return (value as string[]).some((id) => id === `${wanted}`);
    case typeof wanted === 'number':
      return thousandths(value) !== null && thousandths(value) === thousandths(wanted as number);
    case typeof wanted === 'string' && typeof value === 'string':
      return value === wanted || orderOf(value as string, wanted as string) === 0;
    default:
      return value === wanted;
  }
}
const oneOf = (wanted: ConditionValue | readonly ConditionValue[], value: FieldValue): boolean =>
  [wanted].flat().some((choice) => equal(choice as ConditionValue, value));

const daysIn = (year: number, month: number): number =>
  month === 2
    ? (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
      ? 29
      : 28
    : [4, 6, 9, 11].includes(month)
      ? 30
      : 31;
function farEnd(at: number, { count, unit }: TimeSpan, forward: boolean): string {
  const iso = new Date(at).toISOString();
  if (unit !== 'months') {
    const hours = count * { hours: 1, days: 24, weeks: 168 }[unit];
    return new Date(at + (forward ? hours : -hours) * 3_600_000).toISOString();
  }
  let [year, month] = [Number(iso.slice(0, 4)), Number(iso.slice(5, 7))];
  for (let step = 0; step < count; step += 1) {
    month += forward ? 1 : -1;
    if (month === 0) [year, month] = [year - 1, 12];
    if (month === 13) [year, month] = [year + 1, 1];
  }
  const day = Math.min(Number(iso.slice(8, 10)), daysIn(year, month));
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}${iso.slice(10)}`;
}
function inSpan(value: FieldValue, span: TimeSpan, forward: boolean, at: number): boolean {
  const clock = clockOf(value);
  if (clock === null || clock.day === null) return false;
  const ends = [new Date(at).toISOString(), farEnd(at, span, forward)].sort();
  const text = clock.time === null ? clock.day : `${clock.day}T${clock.time}Z`;
  const cut = (end = '') => end.slice(0, text.length);
  return cut(ends[0]) <= text && text <= cut(ends[1]);
}

/** The answer of a question to the current value. */
const ofNow = (
  facts: ChangeFacts,
  field: string,
  test: (value: FieldValue) => boolean,
  without = false,
): Truth => {
  const known = now(facts, field);
  if (known === 'unknown') return 'unknown';
  return known === 'nothing' ? truthOf(without) : truthOf(test(known.value));
};

const differs = (before: FieldValue, after: FieldValue): boolean => {
  const plain = (value: FieldValue) =>
    Array.isArray(before) || Array.isArray(after)
      ? JSON.stringify(value === null ? [] : [value].flat())
      : JSON.stringify(value);
  return plain(before) !== plain(after);
};

function slowField(condition: Extract<SingleCondition, { field: string }>, facts: ChangeFacts): Truth {
  const { field } = condition;
  const [before, after] = [side(facts, 'before', field), side(facts, 'after', field)];
  if ('is' in condition) return ofNow(facts, field, (value) => oneOf(condition.is, value));
  if ('isNot' in condition) return notTable[ofNow(facts, field, (value) => oneOf(condition.isNot, value))];
  if ('present' in condition)
    return ofNow(facts, field, (value) => !isBlank(value) === condition.present, !condition.present);
  const lower = (value: string) => value.toLowerCase();
  if ('contains' in condition)
    return ofNow(
      facts,
      field,
      (value) => typeof value === 'string' && lower(value).indexOf(lower(condition.contains)) >= 0,
    );
  if ('beginsWith' in condition)
    return ofNow(
      facts,
      field,
      (value) => typeof value === 'string' && lower(value).indexOf(lower(condition.beginsWith)) === 0,
    );
  const number = (value: FieldValue, test: (value: bigint) => boolean) => {
    const read = thousandths(value);
    return read !== null && test(read);
  };
  if ('greaterThan' in condition)
    return ofNow(facts, field, (value) =>
      number(value, (read) => read > (thousandths(condition.greaterThan) ?? 0n)),
    );
  if ('lessThan' in condition)
    return ofNow(facts, field, (value) =>
      number(value, (read) => read < (thousandths(condition.lessThan) ?? 0n)),
    );
  if ('before' in condition) return ofNow(facts, field, (value) => orderOf(value, condition.before) === -1);
  if ('after' in condition) return ofNow(facts, field, (value) => orderOf(value, condition.after) === 1);
  if ('inLast' in condition || 'inNext' in condition) {
    const at = facts.change?.occurredAt;
    if (at === undefined) return isBlankNow(facts, field) ? 'false' : 'unknown';
    if ('inLast' in condition)
      return ofNow(facts, field, (value) => inSpan(value, condition.inLast, false, at));
    return ofNow(facts, field, (value) => inSpan(value, condition.inNext, true, at));
  }
  // From here on, what is gone neither changes nor becomes anything.
  if (after === 'nothing') return 'false';
  if ('becomes' in condition) {
    const is = after === 'unknown' ? 'unknown' : truthOf(oneOf(condition.becomes, after.value));
    const was =
      before === 'unknown'
        ? 'unknown'
        : truthOf(before !== 'nothing' && oneOf(condition.becomes, before.value));
    return andTable[is][notTable[was]];
  }
  if ('changed' in condition) {
    if (after === 'unknown' || before === 'unknown') return 'unknown';
    return truthOf(before === 'nothing' ? !isBlank(after.value) : differs(before.value, after.value));
  }
  if (before === 'nothing') return 'false';
  const was = before === 'unknown' ? 'unknown' : truthOf(oneOf(condition.changesFrom, before.value));
  const is = after === 'unknown' ? 'unknown' : truthOf(oneOf(condition.to, after.value));
  const moved =
    before === 'unknown' || after === 'unknown' ? 'unknown' : truthOf(differs(before.value, after.value));
  return andTable[andTable[was][is]][moved];
}

const isBlankNow = (facts: ChangeFacts, field: string): boolean => {
  const known = now(facts, field);
  return known === 'nothing' || (known !== 'unknown' && isBlank(known.value));
};

function slowSingle(condition: SingleCondition, facts: ChangeFacts): Truth {
  if ('field' in condition) return slowField(condition, facts);
  const { action, before, after, change } = facts;
  if ('changedOtherThan' in condition) {
    if (action === 'created' || (action === 'published' && before === null)) return 'true';
    if (action === 'deleted' || (action === 'unpublished' && after === null)) return 'false';
    const names = change?.changedFields ?? null;
    return names === null
      ? 'unknown'
      : truthOf(names.some((name) => !condition.changedOtherThan.includes(name)));
  }
  if (change === undefined) return 'unknown';
  if ('locale' in condition) return truthOf(condition.locale.some((code) => code === change.locale));
  if ('localeNot' in condition) return truthOf(condition.localeNot.every((code) => code !== change.locale));
  if ('status' in condition) return truthOf(condition.status === change.status);
  const means = ({ type, id }: ActorChoice) =>
    `${type}/${id ?? ''}` === `${change.actor.type}/${id === null ? '' : change.actor.id}`;
  if ('actor' in condition) return truthOf(condition.actor.some(means));
  return truthOf(!condition.actorNot.some(means));
}

function slow(condition: Condition, facts: ChangeFacts): Truth {
  if ('not' in condition) return notTable[slow(condition.not, facts)];
  if ('all' in condition)
    return condition.all.map((one) => slow(one, facts)).reduce((one, other) => andTable[one][other], 'true');
  if ('any' in condition)
    return condition.any.map((one) => slow(one, facts)).reduce((one, other) => orTable[one][other], 'false');
  return slowSingle(condition, facts);
}

const fields = {
  title: fc.constantFrom<FieldValue>('Mug', 'mug', 'A Mug', 'ЇЖАК', 'їжак', '', null, '2026-03-30'),
  total: fc.constantFrom<FieldValue>(
    0,
    5,
    99.5,
    100,
    -3,
    null,
    '100',
    '99.500',
    '9007199254740993',
    ' 5 ',
    'many',
  ),
  paid: fc.constantFrom<FieldValue>(true, false, null),
  paidOn: fc.constantFrom<FieldValue>(
    ...['2026-03-30', '2026-03-31', '2026-02-28', '2026-04-30', '2024-02-29', '2026-01-29', '2026-01-31'],
    null,
  ),
  opensAt: fc.constantFrom<FieldValue>('14:05:00.000', '14:05:00', '09:30', null),
  // The ends of spans from the times of the changes below, and moments beside them.
  paidAt: fc.constantFrom<FieldValue>(
    ...['2026-03-31T12:00:00.000Z', '2026-03-30T23:59:59.999Z', '2026-04-01T00:00:00.000Z', null],
    ...['2026-03-30T12:00:00.000Z', '2026-03-30T11:59:59.999Z', '2026-02-28T12:00:00.000Z'],
    ...['2026-01-31T12:00:00.000Z', '2026-01-30T12:00:00.000Z', '2026-04-30T12:00:00.001Z'],
  ),
  state: fc.constantFrom<FieldValue>('pending', 'paid', null),
  author: fc.constantFrom<FieldValue>(['a1'], ['a2'], ['a1', 'a2'], [], null),
  'author.country': fc.constantFrom<FieldValue>('UA', 'PL', '', null),
  constructor: fc.constantFrom<FieldValue>('x', null),
};
const field = fc.constantFrom(...Object.keys(fields), 'gone', '__proto__');
/** Each field may be one that could not be read. */
const values = fc
  .tuple(fc.record(fields), fc.subarray(Object.keys(fields), { minLength: 7 }))
  .map(([all, kept]) => Object.fromEntries(Object.entries(all).filter(([name]) => kept.includes(name))));

const wanted = fc.constantFrom<ConditionValue>(
  ...[
    'Mug',
    'pending',
    'paid',
    'UA',
    'a1',
    '',
    '2026-03-31',
    '14:05',
    '2026-03-31T14:00:00+02:00',
    '2026-03-30T23:59:59.999Z',
  ],
  ...[0, 5, 99.5, 100, 9007199254740992],
  ...[true, false, null],
);
const choice = fc.oneof(wanted, fc.array(wanted, { minLength: 1, maxLength: 3 }));
const number = fc.constantFrom(-3.5, 0, 5, 99.499, 100, 9007199254740992);
const moment = fc.constantFrom(
  '2026-03-31',
  '2026-02-28',
  '14:05',
  '09:30:00',
  '2026-03-31T12:00:00Z',
  '2026-03-31T02:00:00+03:00',
);
const span = fc.record({
  count: fc.oneof(fc.constantFrom(1, 2, 24), fc.integer({ min: 1, max: 26 })),
  unit: fc.constantFrom(...spanUnits),
});
const timeField = fc.constantFrom('paidOn', 'paidAt', 'opensAt', 'title', 'gone');
const actor = fc.record({
  type: fc.constantFrom('admin' as const, 'api_token' as const, 'system' as const),
  id: fc.constantFrom('1', '2', null),
});
const actors = fc.array(
  actor.map((one): ActorChoice => ({ ...one, name: null })),
  { minLength: 1, maxLength: 2 },
);
const part = fc.constantFrom('mug', 'MUG', 'ї', '2026', 'a');
const codes = fc.subarray(['en', 'uk', 'de'], { minLength: 1 });
const names = fc.subarray(['title', 'total', 'views'], { minLength: 1 });

const { condition } = fc.letrec<{ condition: Condition; single: Condition }>((tie) => ({
  single: fc.oneof<fc.Arbitrary<SingleCondition>[]>(
    fc.record({ field, is: choice }),
    fc.record({ field, isNot: choice }),
    fc.record({ field, becomes: choice }),
    fc.record({ field, changesFrom: wanted, to: wanted }),
    fc.record({ field, changed: fc.constant(true as const) }),
    fc.record({ field, present: fc.boolean() }),
    fc.record({ field, contains: part }),
    fc.record({ field, beginsWith: part }),
    fc.record({ field, greaterThan: number }),
    fc.record({ field, lessThan: number }),
    fc.record({ field: timeField, before: moment }),
    fc.record({ field: timeField, after: moment }),
    fc.record({ field: timeField, inLast: span }),
    fc.record({ field: timeField, inNext: span }),
    fc.record({ changedOtherThan: names }),
    fc.record({ locale: codes }),
    fc.record({ localeNot: codes }),
    fc.record({ status: fc.constantFrom('draft' as const, 'published' as const) }),
    fc.record({ actor: actors }),
    fc.record({ actorNot: actors }),
  ),
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie('single'),
    fc.record({ all: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('condition') }),
  ),
}));

const change = fc.record({
  locale: fc.constantFrom('en', 'uk', null),
  status: fc.constantFrom('draft' as const, 'published' as const),
  actor,
  occurredAt: fc.constantFrom(
    ...['2026-03-31T12:00:00.000Z', '2024-02-29T00:00:00.000Z', '2026-12-31T23:59:59.999Z'].map(Date.parse),
  ),
  changedFields: fc.option(fc.subarray(['title', 'total', 'views'])),
});
const facts: fc.Arbitrary<ChangeFacts> = fc.record(
  {
    action: fc.constantFrom(...contentActions),
    before: fc.option(values, { freq: 3 }),
    after: fc.option(values, { freq: 5 }),
    change,
  },
  { requiredKeys: ['action', 'before', 'after'] },
);

const counted = { true: 0, false: 0, unknown: 0 };

describe('every condition of every change', () => {
  it('has the answer that truth tables give', () => {
    fc.assert(
      fc.property(condition, facts, (when, of) => {
        const expected = slow(when, of);
        counted[expected] += 1;
        const { holds, because } = judgeConditions(when, of);
        expect(String(holds)).toBe(expected);
        if (holds !== true) expect(because).not.toBe('');
        expect(String(evaluate([{ on: of.action, when }], of).holds)).toBe(expected);
        for (const { condition: one, truth } of findingsOf(when, of))
          expect(String(truth)).toBe(slow(one, of));
      }),
      { numRuns: 4000 },
    );
    // Conditions that all fail, or changes of which nothing is known, would prove little.
    for (const count of Object.values(counted)) expect(count).toBeGreaterThan(400);
  });

  it('has it at the very ends of a span too', () => {
    const at = fc.integer({ min: Date.parse('2023-01-01'), max: Date.parse('2029-01-01') });
    const lastDays = fc.constantFrom(
      ...['2024-03-31', '2026-05-30T23:59:59.999Z', '2026-12-31T12:00Z'].map(Date.parse),
    );
    const beside = fc.constantFrom(-1, 0, 1);
    const ends = fc.record({ forward: fc.boolean(), whole: fc.boolean(), near: fc.boolean() });
    fc.assert(
      fc.property(
        fc.oneof(at, lastDays),
        span,
        ends,
        beside,
        (from, given, { forward, whole, near }, off) => {
          const end = near ? from : Date.parse(farEnd(from, given, forward));
          const value = new Date(end + off * (whole ? 86_400_000 : 1))
            .toISOString()
            .slice(0, whole ? 10 : undefined);
          const of: ChangeFacts = {
            action: 'updated',
            before: null,
            after: { a: value },
            change: {
              locale: null,
              status: 'draft',
              actor: { type: 'system', id: null },
              occurredAt: from,
              changedFields: null,
            },
          };
          const when: Condition = forward ? { field: 'a', inNext: given } : { field: 'a', inLast: given };
          expect([value, judgeConditions(when, of).holds]).toEqual([
            value,
            inSpan(value, given, forward, from),
          ]);
        },
      ),
      { numRuns: 1500 },
    );
  });
});
