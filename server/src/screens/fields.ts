import type { FieldModels, FieldTrees } from '../../../contracts';
import type { Catalog } from '../catalog';
import type { Problem } from '../validate';
import { problem } from '../validate';

export interface FieldsDeps {
  catalog(): Catalog;
  maxRelated: number;
}

/** Why a tick of a webhook's choice of fields cannot be, or can no longer be; `place` is for people. */
export type FieldProblem = Problem & { place: string };

/** Which fields of an entry can be sent. */
export function createFieldsService({ catalog, maxRelated }: FieldsDeps) {
  return {
    /** What the tree of each of these content types can tick. */
    models: (uids: readonly string[]): FieldModels => ({ ...catalog().fieldModels(uids), maxRelated }),

    problems: (fields: FieldTrees | null): FieldProblem[] =>
      fields === null
        ? []
        : catalog()
            .fieldProblems(fields)
            .map(({ path, message, place }) => ({ ...problem(['fields', ...path], message), place })),
  };
}

export type FieldsService = ReturnType<typeof createFieldsService>;
