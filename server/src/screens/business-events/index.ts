import { isDeepStrictEqual } from 'node:util';
import { errors } from '@strapi/utils';
import type { z } from 'zod';
import { businessEventLimits } from '../../../../contracts';
import type {
  BusinessEventDeleted,
  BusinessEventInput,
  BusinessEventList,
  BusinessEventSubjects,
  BusinessEventView,
  businessEventChange,
} from '../../../../contracts';
import { isName, matches } from '../../catalog';
import type { Store } from '../../store';
import type { BusinessEventRow } from '../../store';
import { conflictOf, versionAfter } from '../../stale';
import { invalid, problem } from '../../validate';
import { createBusinessEventChecks, renameProblems } from './checks';
import type { ChecksDeps } from './checks';
import { createBusinessEventPreview } from './preview';
import type { EventPreviewDeps } from './preview';
import { createBusinessEventViews } from './view';
import type { Subscribed, ViewDeps } from './view';

export type BusinessEventsDeps = ViewDeps &
  ChecksDeps &
  Omit<EventPreviewDeps, 'checks' | 'views' | 'find'> & {
    store: Store;
    subscriptions(): Promise<readonly Subscribed[]>;
    /** After any change: the catalog and the interest are made anew. */
    changed(): Promise<void>;
  };

const formFields = ['displayName', 'type', 'description', 'contentType', 'on', 'payload'] as const;

/** Business events made on the screen. */
export function createBusinessEventsService(deps: BusinessEventsDeps) {
  const { store } = deps;
  const pool = () => store.database.pool();
  const views = createBusinessEventViews(deps);
  const checks = createBusinessEventChecks(deps);

  const find = async (id: number): Promise<BusinessEventRow> => {
    const row = await store.businessEvents.find(pool(), id);
    if (!row) throw new errors.NotFoundError(`the business event ${id} does not exist`);
    return row;
  };

  const get = async (id: number): Promise<BusinessEventView> =>
    views.view(await find(id), await deps.subscriptions());

  return {
    get,

    async list(): Promise<BusinessEventList> {
      const rows = await store.businessEvents.all(pool());
      const webhooks = await deps.subscriptions();
      const refused = deps
        .catalog()
        .refused()
        .filter(({ businessEventId }) => businessEventId === undefined);
      return {
        results: rows
          .map((row) => views.view(row, webhooks))
          .sort((one, other) => one.displayName.localeCompare(other.displayName) || one.id - other.id),
        refused: refused.map(({ origin, type, problems }) => ({ origin, type, problems: [...problems] })),
      };
    },

    /** Content types that can have business events. */
    subjects: (): BusinessEventSubjects => ({ results: deps.catalog().subjects() }),

    /** Throws a ValidationError that names each refused field; nothing is saved then. */
    async create(input: BusinessEventInput): Promise<BusinessEventView> {
      const { problems } = await checks.tried(input, null);
      if ((await store.businessEvents.all(pool())).length >= businessEventLimits.total)
        problems.push(problem([], `there are ${businessEventLimits.total} business events already`));
      if (problems.length > 0) throw invalid(problems);
      const id = await store.businessEvents.create(input);
      await deps.changed();
      return get(id);
    },

    /**
     * Throws as `create` does, and a 409 where `version` is given and is not the row's.
     *
     * @param mayRead whether the caller may be told which webhooks are subscribed
     */
    async update(
      id: number,
      { version, ...input }: z.output<typeof businessEventChange>,
      mayRead: boolean,
    ): Promise<BusinessEventView> {
      const old = await find(id);
      if (version !== undefined && version !== old.revision) throw conflictOf(old, version);
      const { problems } = await checks.tried(input, old);
      problems.push(...renameProblems(input, old, await deps.subscriptions(), mayRead));
      if (problems.length > 0) throw invalid(problems);
      const fields = formFields.filter((name) => !isDeepStrictEqual(input[name], old[name]));
      const isSaved = await store.businessEvents.save(id, old.revision, {
        ...input,
        ...versionAfter(old, { by: deps.actor().name, at: deps.now(), fields }),
      });
      // Somebody else has saved meanwhile.
      if (!isSaved) return this.update(id, { version, ...input }, mayRead);
      await deps.changed();
      return get(id);
    },

    /** What happened before is still sent. */
    async delete(id: number): Promise<BusinessEventDeleted> {
      const { type } = await find(id);
      const naming = (await deps.subscriptions()).filter(({ events }) =>
        events.some((pattern) => isName(pattern) && matches(pattern, { type, sensitive: true })),
      );
      await store.businessEvents.remove(id);
      await deps.changed();
      return { id, subscribers: naming.map(({ id: webhook, name }) => ({ id: webhook, name })) };
    },

    preview: createBusinessEventPreview({ ...deps, checks, views, find }),
  };
}

export type BusinessEventsService = ReturnType<typeof createBusinessEventsService>;
