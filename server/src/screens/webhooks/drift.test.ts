import type { ConditionSubject, WebhookConditions } from '../../../../contracts';
import { conditionProblems } from '../../../../contracts';
import { problem } from '../../validate';
import type { Language } from '../../wording';
import { createDrift } from './drift';

const subject = (options: string[], locales: string[] = []): ConditionSubject => ({
  uid: 'api::order.order',
  name: 'Order',
  draftAndPublish: false,
  locales,
  fields: [{ path: 'state', labels: ['State'], type: 'enumeration', options }],
});

describe('what a webhook names that is gone', () => {
  let subjects: ConditionSubject[];
  let language: Language;
  let catalog: object;
  let tried: number;
  let isThere = false;
  let isFilled = false;

  const row = (conditions: WebhookConditions | null, more: object = {}) => ({
    ...{ id: 3, revision: 1, name: 'Orders', events: ['order.*'], conditions, template: null },
    ...{ format: 'standard' as const, headers: [], templateSecrets: [], collapse: null },
    ...{ fields: null, shownBy: false, unknownNames: null },
    ...more,
  });
  const drift = () =>
    createDrift({
      catalogState: () => catalog,
      subjectsOf: async () => subjects,
      conditionProblems: async (_events, conditions) =>
        conditions === null
          ? []
          : conditionProblems(conditions, subjects).map(({ path, message }) => problem(path, message)),
      templateDrift: () => {
        tried += 1;
        return {
          wrong: isFilled ? [] : [problem(['template', 'body'], 'line 1, column 4: no such filter')],
          gone: ['entry.lead', 'entry.lead', 'entry.mood'].map((name) => ({
            name,
            problem: problem(['template', 'body'], `the sample has nothing called “${name}”`),
          })),
        };
      },
      fieldProblems: (fields) =>
        fields === null || isThere
          ? []
          : [
              {
                ...problem(['fields', 'api::order.order', 'fields', '1'], '"lost" is not a field'),
                place: 'Order › lost',
              },
            ],
      language: () => language,
    });
  const paid: WebhookConditions = { all: [{ any: [{ field: 'state', is: ['new', 'paid'] }] }] };

  beforeEach(() => {
    [subjects, language, catalog, tried] = [[subject(['new', 'paid'])], 'en', {}, 0];
  });

  it('a value: the condition is told in words, in the language of whoever reads', async () => {
    const service = drift();
    expect(await service.needs([row(paid)])).toEqual(new Map());
    [subjects, catalog] = [[subject(['new', 'done'])], {}];
    const detail = async () => (await service.needs([row(paid)])).get(3)?.detail;
    expect(await detail()).toBe('State is “new” or “paid”');
    language = 'uk';
    expect(await detail()).toMatch(/«paid»/);
    expect(await service.lines([row(paid)])).toEqual([
      'webhook 3 (Orders): conditions.all.0.any.0.is.1: must be one of new, done',
    ]);
  });

  it('a language that was deleted, without any change of the catalog', async () => {
    subjects = [subject([], ['en', 'uk'])];
    const service = drift();
    const conditions: WebhookConditions = { all: [{ locale: ['uk'] }] };
    expect((await service.needs([row(conditions)])).size).toBe(0);
    subjects = [subject([], ['en'])];
    expect((await service.needs([row(conditions)])).get(3)?.code).toBe('condition_gone');
  });

  it('names of a template that can be filled in, each once; in the log with their places', async () => {
    isFilled = true;
    const service = drift();
    const rows = [row(null, { format: 'template' })];
    const need = { code: 'template_name_gone', detail: 'entry.lead, entry.mood' };
    expect((await service.needs(rows)).get(3)).toEqual(need);
    expect((await service.lines(rows))[0]).toBe(
      'webhook 3 (Orders): template.body: the sample has nothing called “entry.lead”',
    );
    isFilled = false;
  });

  it('a template is tried once, until somebody saves or the catalog changes', async () => {
    const service = drift();
    const [first, second] = [
      row(null, { format: 'template' }),
      row(null, { format: 'template', revision: 2 }),
    ];
    const need = { code: 'template_gone', detail: 'line 1, column 4: no such filter' };
    expect((await service.needs([first])).get(3)).toEqual(need);
    await service.needs([first]);
    expect(tried).toBe(1);
    await service.needs([second]);
    catalog = {};
    await service.needs([second]);
    expect(tried).toBe(3);
  });

  it('a field of its choice, by the place that the tree shows', async () => {
    const fields = { 'api::order.order': { fields: ['state', 'lost'], parts: {} } };
    const service = drift();
    isThere = true;
    expect((await service.needs([row(null, { fields })])).size).toBe(0);
    [isThere, catalog] = [false, {}];
    expect((await service.needs([row(null, { fields })])).get(3)).toEqual({
      code: 'fields_gone',
      detail: 'Order › lost',
    });
    expect(await service.lines([row(null, { fields })])).toEqual([
      'webhook 3 (Orders): fields.api::order.order.fields.1: "lost" is not a field',
    ]);
  });

  it('nothing is asked about a webhook without conditions and template', async () => {
    subjects = [];
    expect((await drift().needs([row(null)])).size).toBe(0);
    expect(tried).toBe(0);
  });
});
