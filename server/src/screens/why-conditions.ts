import { isDeepStrictEqual } from 'node:util';
import type { TriedEvent, WebhookConditions, WhyCheck, WhyInput } from '../../../contracts';
import type { Catalog, CatalogRoom, Entry, TypePlan } from '../catalog';
import { conditionPaths, evaluate, facts, factsOfEvent } from '../conditions';
import type { ChangeFacts } from '../conditions';
import type { EntryReader, Row, Rows } from '../content';
import type { EventRow } from '../store/events';
import { judged } from './judged';

/** What conditions say of an event; null where the role may not read what they compare. */
export type Judgement = Pick<TriedEvent, 'holds' | 'findings'> | null;

export interface WhyConditionsDeps {
  catalog(): Catalog;
  foreignPaths: CatalogRoom['foreignPaths'];
  rows: Rows;
}

/** Whether conditions and rules let an event through, told as far as the caller may read what they compare. */
export function createWhyConditions(deps: WhyConditionsDeps) {
  type Asked = Pick<WhyInput, 'documentId' | 'locale'>;

  const rowOf = async (plan: TypePlan, { documentId, locale }: Asked): Promise<Row | undefined> => {
    if (documentId === undefined) return undefined;
    const where = { documentId, ...(locale === undefined ? {} : { locale }) };
    const [row] = await deps.rows.comparable(plan, where);
    return row;
  };

  /** Whether what these paths lead to may be read in this very entry. */
  const mayReadNow = async (
    reader: EntryReader,
    plan: TypePlan,
    row: Row,
    paths: readonly string[],
  ): Promise<boolean> => {
    const open = await reader.open(plan.uid, row.id);
    return open !== null && tellsAll(await open.readable(row), row, plan, paths);
  };

  return {
    /** What these conditions say of these events, which may be of several entries; by their own values, before and after. */
    async ofEvents(
      { conditions, events: patterns }: { conditions: WebhookConditions; events: readonly string[] },
      events: readonly EventRow[],
      reader: EntryReader,
    ): Promise<Map<number, Judgement>> {
      const paths = conditionPaths(conditions);
      const may = new Map<string, boolean>();
      const mayRead = async ({ uid, documentId, locale }: EventRow): Promise<boolean> => {
        const plan = uid === null ? undefined : deps.catalog().plan(uid);
        // Without an entry it tells nothing but what its delivery would.
        if (!plan || paths.length === 0 || reader.readsAlways(plan.uid, paths)) return true;
        const name = `${uid} ${documentId} ${locale}`;
        const known = may.get(name);
        if (known !== undefined) return known;
        const asked = { ...(documentId !== null && { documentId }), ...(locale !== null && { locale }) };
        const row = await rowOf(plan.comparing(paths), asked);
        const answer = row !== undefined && (await mayReadNow(reader, plan.comparing(paths), row, paths));
        may.set(name, answer);
        return answer;
      };
      const found = new Map<number, Judgement>();
      for (const event of events) {
        const tells = await mayRead(event);
        found.set(
          event.id,
          tells
            ? judged(
                conditions,
                factsOfEvent(event, paths, event.body, deps.foreignPaths(patterns, event.uid, paths)),
              )
            : null,
        );
      }
      return found;
    },

    /**
     * The business events among `types`, with what their rules say of the newest change of the entry: by what was stored
     * with its event, or, where nothing was stored of it, of the entry as if it had just been created. One of theirs has met
     * its rule.
     *
     * @param newest the newest event that was asked about, or else of the entry.
     */
    async ofRules(
      plan: TypePlan,
      types: ReadonlySet<string>,
      input: WhyInput,
      newest: EventRow | undefined,
      reader: EntryReader,
    ): Promise<WhyCheck[]> {
      const mapped = plan.mapped.filter(({ type }) => types.has(type));
      if (mapped.length === 0 || input.documentId === undefined) return [];
      if (mapped.some(({ type }) => type === newest?.type))
        return [{ name: 'rule', answer: 'yes', detail: null }];
      const paths = [...new Set(mapped.flatMap(({ fields }) => fields))];
      const row = await rowOf(plan, input);
      // The result of a rule reveals values of the entry.
      const may =
        reader.readsAlways(plan.uid, paths) ||
        (row !== undefined && (await mayReadNow(reader, plan, row, paths)));
      const now = row && (facts(plan.judged, paths, row) ?? undefined);
      const told = newest && factsOfEvent(newest, paths, newest.body);
      const changes = told && isNewest(told, now) ? [told] : now ? asIfCreated(now) : [];
      if (!may || changes.length === 0) return [{ name: 'rule', answer: 'unknown', detail: null }];
      const verdicts = mapped.map(({ type, rule }) => ({
        type,
        found: changes.map((change) => evaluate(rule, change)),
      }));
      const fits = verdicts.some(({ found }) => found.some(({ holds }) => holds === true));
      if (fits) return [{ name: 'rule', answer: 'yes', detail: null }];
      const because = verdicts.flatMap(({ type, found }) =>
        found.flatMap((verdict) => (verdict.holds === true ? [] : [`${type}: ${verdict.because}`])),
      );
      return [{ name: 'rule', answer: 'no', detail: [...new Set(because)].slice(0, 3).join('; ') }];
    },
  };
}

type Values = NonNullable<ChangeFacts['after']>;

/** Nothing was saved of a change that no webhook was subscribed to: the entry then differs from what the event left. */
const isNewest = ({ after }: ChangeFacts, now: Values | undefined): boolean =>
  now === undefined || (after !== null && Object.keys(after).every((path) => isSame(after[path], now[path])));

const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one ?? null, other ?? null);

const asIfCreated = (after: Values): ChangeFacts[] =>
  (['created', 'updated', 'published'] as const).map((action) => ({ action, before: null, after }));

/** Whether everything that the paths lead to may be read of the entry. */
const tellsAll = (shown: Entry, row: Row, plan: TypePlan, paths: readonly string[]): boolean =>
  paths.every((path) => (path.split('.')[0] ?? path) in shown) &&
  isDeepStrictEqual(facts(plan.judged, paths, shown), facts(plan.judged, paths, row));

export type WhyConditions = ReturnType<typeof createWhyConditions>;
