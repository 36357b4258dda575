import { conditionPhrase } from '../../../../contracts';
import type {
  Condition,
  ConditionSubject,
  FieldTrees,
  WebhookConditions,
  WebhookView,
} from '../../../../contracts';
import { conditionWords } from '../../conditions';
import { othersTurn } from '../../store/others-turn';
import type { WebhookRow } from '../../store/webhooks';
import type { Problem } from '../../validate';
import type { Language } from '../../wording';
import type { FieldProblem } from '../fields';
import type { TemplateDrift } from '../template-form';

type Drifting = Pick<
  WebhookRow,
  | 'id'
  | 'revision'
  | 'name'
  | 'events'
  | 'conditions'
  | 'format'
  | 'template'
  | 'unknownNames'
  | 'headers'
  | 'templateSecrets'
  | 'collapse'
  | 'fields'
  | 'shownBy'
>;

export interface DriftDeps {
  /** Another object when the catalog has changed. */
  catalogState(): object;
  /** What these subscriptions are about, with the locales there are. */
  subjectsOf(events: readonly string[]): Promise<ConditionSubject[]>;
  /** Why these conditions can never hold for these subscriptions. */
  conditionProblems(events: readonly string[], conditions: WebhookConditions | null): Promise<Problem[]>;
  /** Why the template cannot be filled in for one of the events, or names something that had a value when it was saved. */
  templateDrift(webhook: Drifting): TemplateDrift;
  /** What of a choice of fields names no field that can be sent. */
  fieldProblems(fields: FieldTrees | null): FieldProblem[];
  language(): Language;
}

/** What of a webhook names something that is gone: nobody changed the webhook, what it speaks of has changed. */
interface Drift {
  conditions: readonly Problem[];
  template: TemplateDrift;
  fields: readonly FieldProblem[];
}

/**
 * Conditions, templates and choices of fields that were right when they were saved and name what has gone since: a field,
 * a component, a value of an enumeration, a language. Judged once for each saved state of a webhook and of the catalog: templates are tried on
 * samples, which costs.
 */
export function createDrift(deps: DriftDeps) {
  const nothing: Drift = { conditions: [], template: noDrift, fields: [] };
  let known = new Map<number, { of: string; drift: Drift }>();
  let judgedWith: object | null = null;

  const judged = async (row: Drifting, locales: string): Promise<Drift> => {
    const of = `${row.revision} ${locales}`;
    const found = known.get(row.id);
    if (found?.of === of) return found.drift;
    await othersTurn();
    const drift = {
      conditions: await deps.conditionProblems(row.events, row.conditions),
      template: row.format === 'template' ? deps.templateDrift(row) : noDrift,
      fields: deps.fieldProblems(row.fields),
    };
    known.set(row.id, { of, drift });
    return drift;
  };

  const all = async (rows: readonly Drifting[]): Promise<Map<number, Drift>> => {
    const state = deps.catalogState();
    if (state !== judgedWith) known = new Map();
    judgedWith = state;
    const asked = rows.filter(
      ({ conditions, format, fields }) => conditions !== null || format === 'template' || fields !== null,
    );
    if (asked.length === 0) return new Map();
    const drifts = new Map<number, Drift>();
    // Locales come and go without the catalog.
    const locales = [...new Set((await deps.subjectsOf(['*'])).flatMap((subject) => subject.locales))].join();
    for (const row of asked) drifts.set(row.id, await judged(row, locales));
    return drifts;
  };

  /** The conditions that these problems are about, in words. */
  const phrased = async (row: Drifting, problems: readonly Problem[]): Promise<string> => {
    const subjects = await deps.subjectsOf(row.events);
    const labels = (path: string) =>
      subjects.flatMap(({ fields }) => fields).find((field) => field.path === path)?.labels;
    const say = conditionWords(deps.language());
    const phrases = problems.flatMap(({ path }) => {
      const condition = row.conditions && singleAt(row.conditions, path.slice(1));
      return condition ? [conditionPhrase(condition, { field: labels }, say).text] : [];
    });
    return [...new Set(phrases)].join('; ');
  };

  return {
    /** What needs somebody, by webhook; nothing of one where all that it names is there. */
    async needs(rows: readonly Drifting[]): Promise<Map<number, WebhookView['needsAttention']>> {
      const drifts = await all(rows);
      const needs = new Map<number, WebhookView['needsAttention']>();
      for (const row of rows) {
        const { conditions, template, fields } = drifts.get(row.id) ?? nothing;
        const [first] = template.wrong;
        if (first) needs.set(row.id, { code: 'template_gone', detail: first.message });
        else if (conditions.length > 0)
          needs.set(row.id, { code: 'condition_gone', detail: await phrased(row, conditions) });
        else if (template.gone.length > 0)
          needs.set(row.id, { code: 'template_name_gone', detail: namesOf(template) });
        else if (fields.length > 0)
          needs.set(row.id, { code: 'fields_gone', detail: fields.map(({ place }) => place).join('; ') });
      }
      return needs;
    },

    /** For the log: `webhook 3 (Orders): conditions.all.0.is: must be one of pending, paid`. */
    async lines(rows: readonly Drifting[]): Promise<string[]> {
      const drifts = await all(rows);
      return rows.flatMap(({ id, name }) => {
        const { conditions, template, fields } = drifts.get(id) ?? nothing;
        return [
          ...conditions,
          ...template.wrong,
          ...template.gone.map(({ problem }) => problem),
          ...fields,
        ].map(({ path, message }) => `webhook ${id} (${name}): ${path.join('.')}: ${message}`);
      });
    },
  };
}

const noDrift: TemplateDrift = { wrong: [], gone: [] };

const namesOf = ({ gone }: TemplateDrift): string => [...new Set(gone.map(({ name }) => name))].join(', ');

export type DriftService = ReturnType<typeof createDrift>;

/** The single condition at a place, or that a place within it belongs to: `['all', '1', 'is', '0']`. */
function singleAt(condition: Condition, [, index, ...rest]: readonly string[]): Condition | null {
  const members = 'all' in condition ? condition.all : 'any' in condition ? condition.any : null;
  if (members === null) return condition;
  const member = members[Number(index)];
  return member ? singleAt(member, rest) : null;
}
