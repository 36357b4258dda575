import type { ConditionChoices } from '../../../contracts';
import { offeredChanges, optionsOf, pathLabel, troubleOf, typeOf } from './subjects';

const choices: ConditionChoices = {
  subjects: [
    {
      uid: 'api::payment.payment',
      name: 'Payment',
      draftAndPublish: false,
      locales: [],
      fields: [
        { path: 'status', labels: ['Status'], type: 'enumeration', options: ['pending', 'paid'] },
        { path: 'customer.country', labels: ['Customer', 'Country'], type: 'text' },
      ],
    },
  ],
  localeNames: {},
  actors: [],
};

describe('what can be compared', () => {
  it('names a path step by step, and an unknown one as it is', () => {
    expect(pathLabel(choices, 'customer.country')).toBe('Customer → Country');
    expect(pathLabel(choices, 'gone.field')).toBe('gone.field');
  });

  it('leaves out what cannot differ here', () => {
    expect(offeredChanges(choices)).toEqual(['change:fields', 'change:actor']);
    const [payment] = choices.subjects;
    const article = payment && { ...payment, draftAndPublish: true, locales: ['en', 'uk'] };
    expect(offeredChanges({ ...choices, subjects: article ? [article] : [] })).toEqual([
      'change:fields',
      'change:actor',
      'change:locale',
      'change:status',
    ]);
  });

  it('knows the type and the options of a field', () => {
    expect(typeOf(choices, 'status')).toBe('enumeration');
    expect(typeOf(choices, 'change:actor')).toBe('change:actor');
    expect(optionsOf(choices, 'status')).toEqual(['pending', 'paid']);
    expect(optionsOf(choices, 'customer.country')).toBeUndefined();
  });
});

describe('a stored condition that can hold no more', () => {
  it.each([
    [{ field: 'total', greaterThan: 1 }, 'field_gone'],
    [{ field: 'status', greaterThan: 1 }, 'operator_gone'],
    [{ field: 'status', is: ['paid', 'refunded'] }, 'option_gone'],
    [{ field: 'status', changesFrom: 'lost', to: 'paid' }, 'option_gone'],
    [{ status: 'published' } as const, 'no_versions'],
    [{ locale: ['en'] }, 'no_locales'],
  ])('says why: %j', (condition, kind) => {
    expect(troubleOf(condition, choices)?.kind).toBe(kind);
  });

  it('is none while nothing is known, or nothing is chosen', () => {
    expect(troubleOf({ field: 'total', greaterThan: 1 }, undefined)).toBeNull();
    expect(troubleOf({ field: '', is: '' }, choices)).toBeNull();
    expect(troubleOf({ field: 'status', becomes: ['paid'] }, choices)).toBeNull();
  });
});
