import { errors } from '@strapi/utils';
import type { z } from 'zod';
import type { BusinessEventPreviewResult, businessEventPreview, EntryReference } from '../../../../contracts';
import type { TrialEvent, TypePlan } from '../../catalog';
import { evaluate } from '../../conditions';
import type { EntryReader } from '../../content';
import { standardBody } from '../../payload';
import { reasonOf } from '../../reason';
import type { EntryBodyOf } from '../../payload';
import type { BusinessEventRow } from '../../store';
import { problem } from '../../validate';
import type { Problem } from '../../validate';
import { createEntryNow } from '../entry-now';
import type { EntryNowDeps } from '../entry-now';
import type { BusinessEventChecks } from './checks';
import type { BusinessEventViews } from './view';

export interface EventPreviewDeps extends EntryNowDeps {
  /** The body of an event of a plan that is not in the catalog, for a real entry. */
  trialBody(plan: TypePlan): EntryBodyOf;
  checks: BusinessEventChecks;
  views: BusinessEventViews;
  find(id: number): Promise<BusinessEventRow>;
}

type Made = NonNullable<TrialEvent['made']>;
type OfEntry = Pick<BusinessEventPreviewResult, 'body' | 'clauses'> & { problems: Problem[] };

/** What a business event would send, as its form stands: a sample, or of a real entry what the caller may read. */
export function createBusinessEventPreview(deps: EventPreviewDeps) {
  const entryNow = createEntryNow(deps);

  const sampled = ({ eventType }: Made): string =>
    standardBody({
      type: eventType.type,
      timestamp: new Date(deps.now()).toISOString(),
      data: eventType.sample,
    });

  /** Whether each clause holds, whatever its action: the entry is taken as just changed so. */
  const clausesOf = async ({ mapped, plan }: Made, entry: EntryReference, reader: EntryReader) => {
    const { facts } = await entryNow(plan, mapped.fields, entry, reader);
    return mapped.rule.map(
      ({ when }) => evaluate([{ on: facts.action, ...(when !== undefined && { when }) }], facts).holds,
    );
  };

  const ofEntry = async (made: Made, entry: EntryReference, reader: EntryReader): Promise<OfEntry> => {
    if (entry.uid !== made.plan.uid) {
      const problems = [problem(['entry', 'uid'], `is not ${made.plan.uid}, which the event is about`)];
      return { body: null, clauses: [], problems };
    }
    const clauses = await clausesOf(made, entry, reader);
    try {
      const { body } = await deps.trialBody(made.plan)(made.eventType.type, entry, reader);
      return { body, clauses, problems: [] };
    } catch (error) {
      if (!(error instanceof errors.ValidationError)) throw error;
      return { body: null, clauses, problems: [problem(['entry'], reasonOf(error).replace(/^entry: /, ''))] };
    }
  };

  return async (
    { id, event, entry }: z.output<typeof businessEventPreview>,
    reader: EntryReader,
  ): Promise<BusinessEventPreviewResult> => {
    const old = id === undefined ? null : await deps.find(id);
    const { problems, made, input } = await deps.checks.triedAsItStands(event, old);
    const shown: OfEntry =
      made === null
        ? { body: null, clauses: [], problems: [] }
        : entry === null
          ? { body: sampled(made), clauses: [], problems: [] }
          : await ofEntry(made, entry, reader);
    const name = input && deps.views.nameOf(input.contentType);
    return {
      problems: [...problems, ...shown.problems].map(({ path, message }) => ({ path, message })),
      body: shown.body,
      clauses: shown.clauses,
      condition: input && name ? deps.views.conditionOf(input.on, name) : null,
      replaces:
        input && made && !problems.some(({ path }) => path[0] === 'type')
          ? deps.views.replacedBy(input.type)
          : null,
    };
  };
}
