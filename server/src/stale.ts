import { errors } from '@strapi/utils';
import type { Conflict, SavedChange } from '../../contracts';

/** What is versioned: how many changes somebody has saved, and the newest of these, oldest first. */
interface Versioned {
  revision: number;
  changes: readonly (SavedChange & { revision: number })[];
}

/** Of a form that is older still it is told that it is stale, and no longer what was changed. */
const changesKept = 20;

/** What is stored with a change: the next revision; where no field was changed, none. */
export const versionAfter = (before: Versioned, change: SavedChange) =>
  change.fields.length === 0
    ? { revision: before.revision, changes: [...before.changes] }
    : {
        revision: before.revision + 1,
        changes: [...before.changes, { ...change, revision: before.revision + 1 }].slice(-changesKept),
      };

/** The 409 for a form that was filled from `version`, with what was saved since; see `Conflict`. */
export function conflictOf({ revision, changes }: Versioned, version: number): ConflictError {
  const since = changes.filter((change) => change.revision > version);
  const isWhole = since.length === revision - version;
  const details: Conflict = {
    version: revision,
    changes: isWhole ? since.map(({ by, at, fields }) => ({ by, at, fields })) : [],
  };
  return new ConflictError('somebody has saved another change since this form was opened', details);
}

/** Answered with 409, see `controllers/action.ts`. */
export class ConflictError extends errors.ApplicationError<'ConflictError', string, Conflict> {
  constructor(message: string, details: Conflict) {
    super(message, details);
    this.name = 'ConflictError';
  }
}
