import { conditionSentence } from '../../../contracts';
import type { ConditionNames, WebhookConditions } from '../../../contracts';
import { conditionWords, ruleSentence, sentence } from './sentence';
import type { Rule } from './types';

const labels: Record<string, string[]> = {
  status: ['Status'],
  total: ['Total'],
  paidOn: ['Paid on'],
  'customer.country': ['Customer', 'Country'],
};
const names: ConditionNames = {
  field: (path) => labels[path],
  locale: (code) => ({ uk: 'Ukrainian (uk)' })[code],
  value: (path, value) => (path === 'plan' && value === 'd1' ? 'Studio plan' : undefined),
};
const inEnglish = (conditions: WebhookConditions) =>
  conditionSentence(conditions, names, conditionWords('en'));
const inUkrainian = (conditions: WebhookConditions) =>
  conditionSentence(conditions, names, conditionWords('uk'));

const example: WebhookConditions = {
  all: [
    { field: 'status', becomes: 'completed' },
    {
      any: [
        { field: 'customer.country', is: ['UA', 'PL'] },
        { actorNot: [{ type: 'api_token', id: '5', name: 'Importer' }] },
      ],
    },
    { field: 'total', greaterThan: 100 },
  ],
};

describe('the sentence of conditions', () => {
  it('reads as a person would say it', () => {
    expect(inEnglish(example).text).toBe(
      'Sends only when Status becomes “completed” and Total is greater than 100, and either Customer → Country is “UA” or “PL”, or the change was not made by the API token “Importer”.',
    );
    expect(inUkrainian(example).text).toBe(
      'Надсилає, лише коли поле «Status» стає «completed» і поле «Total» більше за 100, і до того ж або поле «Customer → Country» дорівнює «UA» або «PL», або автор зміни — не API-токен «Importer».',
    );
  });

  it('has its names and values apart, those of one word without quotes', () => {
    const { parts } = inEnglish({
      all: [{ field: 'status', is: ['completed', 'a, “b”', '100', 'empty', null] }],
    });
    expect(parts.filter(({ strong }) => strong).map(({ text }) => text)).toEqual([
      ...['Status', 'completed', '“a, “b\\””', '“100”', '“empty”', 'empty'],
    ]);
    expect(parts.map(({ text }) => text).join('')).toBe(
      'Sends only when Status is completed, “a, “b\\””, “100”, “empty” or empty.',
    );
  });

  it.each<[WebhookConditions, string, string]>([
    [
      { all: [{ field: 'paidOn', inLast: { count: 21, unit: 'days' } }] },
      'Paid on is in the last 21 days',
      'поле «Paid on» містить дату, що припадає на останній 21 день',
    ],
    [
      { all: [{ field: 'paidOn', inNext: { count: 3, unit: 'hours' } }] },
      'Paid on is in the next 3 hours',
      'поле «Paid on» містить дату, що припадає на наступні 3 години',
    ],
    [
      { all: [{ field: 'plan', isNot: ['d1', 'd2'] }] },
      'plan is none of “Studio plan” or “d2”',
      'поле «plan» не дорівнює жодному зі значень «Studio plan» і «d2»',
    ],
    [
      { all: [{ localeNot: ['uk'] }, { status: 'draft' }] },
      'the language is other than “Ukrainian (uk)” and it is a draft',
      'мова запису — будь-яка, крім «Ukrainian (uk)» і це чернетка',
    ],
    [
      {
        any: [
          { field: 'total', present: false },
          { all: [{ status: 'published' }, { field: 'paidOn', before: '09:30' }] },
        ],
      },
      'either Total is empty, or it is the published version and Paid on is before 09:30',
      'або поле «Total» порожнє, або це опублікована версія і поле «Paid on» містить час, раніший за 09:30',
    ],
    [
      {
        all: [
          {
            actorNot: [
              { type: 'admin', id: '1', name: null },
              { type: 'user', id: null, name: null },
            ],
          },
        ],
      },
      'the change was not made by the administrator “#1” or an end user',
      'автор зміни — не адміністратор «#1» і не користувач сайту',
    ],
  ])('%j', (conditions, english, ukrainian) => {
    expect(inEnglish(conditions).text).toBe(`Sends only when ${english}.`);
    expect(inUkrainian(conditions).text).toBe(`Надсилає, лише коли ${ukrainian}.`);
  });

  it('is not led astray by what looks like a message or a mark', () => {
    const text = "{count, plural, other {#}} <b> '' \uE0000\uE001";
    expect(inEnglish({ all: [{ field: 'status', is: text }] }).text).toBe(
      `Sends only when Status is “${text}”.`,
    );
  });
});

describe('the sentence of a rule', () => {
  it.each<[Rule, string, string]>([
    [
      [{ on: 'created' }, { on: 'updated', when: { field: 'status', becomes: 'completed' } }],
      'Payment',
      'a Payment is created, or its status becomes “completed”',
    ],
    [[{ on: ['published', 'unpublished'] }], 'Article', 'an Article is published or unpublished'],
    [
      [
        {
          on: ['created', 'updated'],
          when: {
            all: [
              { field: 'status', becomes: 'failed' },
              { field: 'kind', is: 'renewal' },
            ],
          },
        },
      ],
      'Payment',
      'the status of a Payment becomes “failed” and its kind is “renewal”',
    ],
    [
      [{ on: 'created', when: { field: 'kind', is: ['renewal', 'upgrade'] } }],
      'Payment',
      'a Payment is created and its kind is “renewal” or “upgrade”',
    ],
    [
      [{ on: 'created', when: { field: 'status', becomes: 'completed' } }],
      'Payment',
      'a Payment is created and its status becomes “completed”',
    ],
    [
      [
        {
          on: 'updated',
          when: {
            all: [
              {
                any: [
                  { field: 'a', changed: true },
                  { field: 'b', changed: true },
                ],
              },
              { field: 'c', present: false },
            ],
          },
        },
      ],
      'Order',
      'the c of an Order is empty, and either its a changes, or its b changes',
    ],
    [
      [{ on: 'updated', when: { not: { field: 'a', isNot: 1 } } }],
      'Order',
      'an Order is updated and not (its a is not 1)',
    ],
    [
      [{ on: 'updated', when: { field: 'a', changesFrom: null, to: true } }],
      'Order',
      'the a of an Order changes from empty to true',
    ],
    [[{ on: ['deleted', 'draft_discarded'] }], 'Order', 'an Order is deleted or its draft is discarded'],
    [[{ on: 'draft_discarded' }], 'Order', 'the draft of an Order is discarded'],
    [
      [{ on: 'updated', when: { changedOtherThan: ['views', 'likes'] } }],
      'Order',
      'a field other than views or likes changes',
    ],
    [
      [{ on: 'published', when: { any: [{ field: 'a', present: true }, { locale: ['uk'] }] } }],
      'Order',
      'an Order is published, and either its a is set, or the language is “uk”',
    ],
    [[], 'Order', 'never'],
  ])('%j', (rule, name, expected) => {
    expect(sentence(rule, name)).toBe(expected);
  });

  it.each<[Rule, string]>([
    [
      [{ on: 'created' }, { on: 'updated', when: { field: 'status', becomes: 'completed' } }],
      'запис «Order» створено, або поле «status» стає «completed»',
    ],
    [
      [{ on: ['created', 'updated'], when: { field: 'total', changesFrom: null, to: 5 } }],
      'поле «total» запису «Order» змінюється з (порожньо) на 5',
    ],
    [[{ on: ['deleted', 'draft_discarded'] }], 'запис «Order» видалено або його чернетку відкинуто'],
    [
      [{ on: 'published', when: { not: { field: 'title', contains: 'test' } } }],
      'запис «Order» опубліковано і не (поле «title» містить «test»)',
    ],
    [[], 'ніколи'],
  ])('in Ukrainian: %j', (rule, expected) => {
    expect(ruleSentence(rule, 'Order', conditionWords('uk'))).toBe(expected);
  });
});
