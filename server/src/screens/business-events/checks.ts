import { isDeepStrictEqual } from 'node:util';
import { businessEventInput, conditionProblems } from '../../../../contracts';
import type { BusinessEventInput, ConditionSubject } from '../../../../contracts';
import { isName, matches } from '../../catalog';
import type { Catalog, TrialEvent } from '../../catalog';
import type { BusinessEventRow } from '../../store';
import { problem } from '../../validate';
import type { Problem } from '../../validate';
import { withoutOrigin } from './view';
import type { Subscribed } from './view';

export interface ChecksDeps {
  catalog(): Catalog;
  /** What conditions can compare in entries of these content types, with the languages there are. */
  subjectsOfTypes(uids: readonly string[]): Promise<ConditionSubject[]>;
}

/** A form that was tried in the catalog. */
export interface Tried {
  problems: Problem[];
  made: TrialEvent['made'];
}

/** What of a business event can never happen or never be sent, by the place in its form. */
export function createBusinessEventChecks({ catalog, subjectsOfTypes }: ChecksDeps) {
  /** Languages, and fields that are gone: the catalog says nothing of them, as they come and go. */
  const conditionsOf = async ({ contentType, on }: BusinessEventInput): Promise<Problem[]> => {
    const subjects = await subjectsOfTypes([contentType]);
    if (subjects.length === 0) return [];
    return on.flatMap(({ when }, index) =>
      when === null
        ? []
        : conditionProblems(when, subjects, ['on', String(index), 'when']).map(({ path, message }) =>
            problem([...path], message),
          ),
    );
  };

  /** Of a type that is not to choose from, as the site excludes it or nobody sees its entries, there are no events. */
  const offeredOnly = ({ contentType }: BusinessEventInput): Problem[] =>
    catalog()
      .subjects()
      .some(({ uid }) => uid === contentType)
      ? []
      : [problem(['contentType'], `${contentType} gives no business events`)];

  return {
    /**
     * What is stored and was once right stays, so that the rest of the form can still be saved.
     *
     * @param old the stored one that this is a change of
     */
    async tried(input: BusinessEventInput, old: BusinessEventRow | null): Promise<Tried> {
      const trial = catalog().trial({ id: old?.id ?? 0, ...input }, old?.id ?? null);
      const isAsBefore = (...names: ('contentType' | 'on' | 'payload')[]): boolean =>
        old !== null && names.every((name) => isDeepStrictEqual(input[name], old[name]));
      const wrong = trial.problems.map((line) => placed(withoutOrigin(line, input)));
      const isKnownWrong = wrong.some(({ path }) => path[0] === 'contentType');
      const problems = [
        ...wrong,
        ...(isAsBefore('contentType') || isKnownWrong ? [] : offeredOnly(input)),
        ...(isAsBefore('contentType', 'payload')
          ? []
          : trial.missing.map(({ path, message }) => problem(['payload', ...path], message))),
        ...(isAsBefore('contentType', 'on') ? [] : await conditionsOf(input)),
      ];
      return { problems: eachOnce(problems), made: trial.made };
    },

    /** A form as it stands: what is wrong with its names does not keep it from being tried. */
    async triedAsItStands(
      form: Readonly<Record<string, unknown>>,
      old: BusinessEventRow | null,
    ): Promise<Tried & { input: BusinessEventInput | null }> {
      const parsed = businessEventInput.safeParse(form);
      if (parsed.success) return { ...(await this.tried(parsed.data, old)), input: parsed.data };
      const problems = parsed.error.issues.map(({ path, message }) => problem(path.map(String), message));
      const named = { ...form, ...standIn };
      for (const name of ['displayName', 'type', 'description'] as const)
        if (!problems.some(({ path }) => path[0] === name)) named[name] = form[name];
      const input = businessEventInput.safeParse(named).data ?? null;
      if (input === null) return { problems, made: null, input };
      const tried = await this.tried(input, old);
      return { made: tried.made, input, problems: eachOnce([...problems, ...tried.problems]) };
    },
  };
}

export type BusinessEventChecks = ReturnType<typeof createBusinessEventChecks>;

/** In place of names that are still missing. */
const standIn: Record<string, unknown> = { displayName: 'Preview', type: 'preview.event', description: '' };

/** Why the names by which webhooks are subscribed cannot change: `mayRead` says whether these may be told. */
export function renameProblems(
  input: Pick<BusinessEventInput, 'type' | 'contentType'>,
  old: BusinessEventRow,
  webhooks: readonly Subscribed[],
  mayRead: boolean,
): Problem[] {
  const type = { type: old.type, sensitive: true };
  const naming = (isMeant: (pattern: string) => boolean) =>
    webhooks.filter(({ events }) => events.some((pattern) => isMeant(pattern) && matches(pattern, type)));
  const told = (which: readonly Subscribed[]): string =>
    mayRead ? which.map(({ name }) => name).join(', ') : String(which.length);
  const byType = input.type === old.type ? [] : naming((pattern) => pattern === old.type);
  const byStem = input.contentType === old.contentType ? [] : naming(isName);
  return [
    ...(byType.length === 0
      ? []
      : [problem(['type'], `cannot change while webhooks are subscribed to ${old.type}: ${told(byType)}`)]),
    ...(byStem.length === 0
      ? []
      : [
          problem(
            ['contentType'],
            `cannot change while webhooks are subscribed to ${old.type}: ${told(byStem)}`,
          ),
        ]),
  ];
}

/** `on[0].when.is: must be …` by its place; of a payload the option of the configuration is its paths. */
function placed(line: string): Problem {
  const [, place = '', message = line] = /^((?:[A-Za-z_]\w*|\[\d+\]|\.)*): (.*)$/s.exec(line) ?? [];
  const path = place.split(/[.[\]]+/).filter((part) => part !== '');
  const [first, ...rest] = path;
  return problem(first === 'payload' && rest.length > 0 ? ['payload', 'paths', ...rest] : path, message);
}

/** The catalog and the contract may find the same. */
const eachOnce = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((one) => [JSON.stringify([one.path, one.message]), one])).values(),
];
