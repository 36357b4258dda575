import { ruleSchema } from './rule-schema';

const problems = (rule: unknown): string[] => {
  const parsed = ruleSchema.safeParse(rule);
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
};

describe('a rule in configuration', () => {
  it('takes every kind of condition and gives it back unchanged', () => {
    const rule = [
      { on: 'created' },
      {
        on: ['updated', 'published'],
        when: {
          all: [
            { field: 'status', is: 'completed' },
            { field: 'status', isNot: ['failed', null] },
            { field: 'status', becomes: ['completed', 'refunded'] },
            { field: 'status', changesFrom: 'pending', to: 'completed' },
            { any: [{ field: 'total', changed: true }, { not: { field: 'membership', present: false } }] },
          ],
        },
      },
    ];
    expect(ruleSchema.parse(rule)).toEqual(rule);
  });

  it.each([
    ['no list', {}, ': must be a list of clauses, like [{ on: "created" }]'],
    ['no clause', [], ': must hold at least one clause'],
    ['unknown action', [{ on: 'paid' }], '0.on: must be one of created'],
    [
      'no condition key',
      [{ on: 'created', when: { field: 'a' } }],
      '0.when: must hold exactly one of is, isNot',
    ],
    [
      'two kinds',
      [{ on: 'created', when: { field: 'a', is: 1, isNot: 2 } }],
      '0.when: must hold exactly one of',
    ],
    ['no field', [{ on: 'created', when: { is: 1 } }], '0.when.field: is required'],
    [
      'nested',
      [{ on: 'created', when: { all: [{ not: { field: 'a', changed: false } }] } }],
      '0.when.all.0.not.changed: must be true',
    ],
    ['unknown option', [{ on: 'created', if: {} }], '0: Unrecognized key: "if"'],
    [
      'unknown option of a condition',
      [{ on: 'created', when: { field: 'a', is: 1, was: 2 } }],
      '0.when: Unrecognized key: "was"',
    ],
  ])('names what is wrong: %s', (_what, rule, expected) => {
    expect(problems(rule).join('\n')).toContain(expected);
  });
});
