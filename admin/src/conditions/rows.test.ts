import type { SingleCondition } from '../../../contracts';
import { operatorFits, operatorsFor } from './operators';
import { conditionOf, isUnfilled, newRow, rowOf, withOperator, withSubject } from './rows';

const conditions: SingleCondition[] = [
  { field: 'status', is: 'completed' },
  { field: 'status', is: null },
  { field: 'status', is: ['a', 'b'] },
  { field: 'status', isNot: 'completed' },
  { field: 'status', isNot: ['a'] },
  { field: 'title', contains: 'x' },
  { field: 'title', beginsWith: 'x' },
  { field: 'total', greaterThan: 100 },
  { field: 'total', lessThan: 0 },
  { field: 'paidOn', before: '2026-11-24' },
  { field: 'paidOn', after: '2026-11-24' },
  { field: 'paidOn', inLast: { count: 7, unit: 'days' } },
  { field: 'paidOn', inNext: { count: 2, unit: 'weeks' } },
  { field: 'status', becomes: 'completed' },
  { field: 'status', becomes: ['completed', 'paid'] },
  { field: 'status', changesFrom: 'pending', to: 'completed' },
  { field: 'title', changed: true },
  { field: 'title', present: true },
  { field: 'title', present: false },
  { changedOtherThan: ['stock'] },
  { locale: ['en'] },
  { localeNot: ['uk'] },
  { status: 'draft' },
  { actor: [{ type: 'api_token', id: '4', name: 'Importer' }] },
  { actorNot: [{ type: 'system', id: null, name: null }] },
];

describe('a condition in its row', () => {
  it.each(conditions)('is the same when nothing was edited: %j', (condition) => {
    expect(conditionOf(rowOf(condition))).toEqual(condition);
    expect(isUnfilled(condition)).toBe(false);
  });

  it('is missing something until field and value are there', () => {
    const isMissing = (condition: SingleCondition) => isUnfilled(condition);
    expect(isMissing(conditionOf(newRow))).toBe(true);
    expect(isMissing({ field: 'total', greaterThan: Number.NaN })).toBe(true);
    expect(isMissing({ field: 'status', is: [] })).toBe(true);
    expect(isMissing({ field: 'status', changesFrom: '', to: 'paid' })).toBe(true);
    expect(isMissing({ field: 'paidOn', inLast: { count: 0, unit: 'days' } })).toBe(true);
    expect(isMissing({ actor: [] })).toBe(true);
  });
});

describe('another field', () => {
  it('keeps the comparison and the value where they say the same', () => {
    const row = rowOf({ field: 'total', greaterThan: 100 });
    expect(withSubject(row, 'tax', 'number', 'number')).toEqual({ ...row, subject: 'tax' });
  });

  it('keeps the comparison only, where the value is one of the other field', () => {
    const row = rowOf({ field: 'status', is: 'paid' });
    const changed = withSubject(row, 'colour', 'enumeration', 'enumeration');
    expect(changed).toEqual({ subject: 'colour', operator: 'is', value: '' });
  });

  it('has its usual comparison where it lacks the one before', () => {
    const row = rowOf({ field: 'total', greaterThan: 100 });
    expect(withSubject(row, 'done', 'boolean', 'number')).toEqual({
      subject: 'done',
      operator: 'is',
      value: true,
    });
    expect(withSubject(row, 'change:actor', 'change:actor', 'number')).toEqual({
      subject: 'change:actor',
      operator: 'isOneOf',
      value: [],
    });
  });
});

describe('another comparison', () => {
  it('takes over what was entered', () => {
    const row = rowOf({ field: 'status', is: 'paid' });
    expect(withOperator(row, 'isOneOf', 'enumeration').value).toEqual(['paid']);
    expect(withOperator(row, 'becomes', 'enumeration').value).toEqual(['paid']);
    expect(withOperator(rowOf({ field: 'x', is: ['a', 'b'] }), 'contains', 'text').value).toBe('a');
    expect(withOperator(row, 'changesFrom', 'enumeration').value).toEqual({ from: '', to: 'paid' });
  });

  it('begins with nothing where there was no value', () => {
    expect(withOperator(rowOf({ field: 'x', changed: true }), 'is', 'text').value).toBe('');
    expect(withOperator(rowOf({ field: 'x', present: true }), 'becomes', 'enumeration').value).toEqual([]);
    expect(withOperator(rowOf({ field: 'x', present: false }), 'isOneOf', 'text').value).toEqual([]);
    expect(withOperator(rowOf({ field: 'x', changed: true }), 'is', 'boolean').value).toBe(true);
  });

  it('holds where it is not offered, as long as the type has values to be told one by one', () => {
    expect(operatorFits('becomes', 'date')).toBe(true);
    expect(operatorFits('greaterThan', 'text')).toBe(false);
    expect(operatorFits('is', 'media')).toBe(false);
  });

  it('is one that the type allows', () => {
    expect(operatorsFor('boolean')).not.toContain('greaterThan');
    expect(operatorsFor('other')).toEqual(['changed', 'present', 'empty']);
    expect(operatorsFor('change:fields')).toEqual(['otherThan']);
  });
});
