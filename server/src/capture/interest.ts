import type { Catalog, TypePlan } from '../catalog/types';

/** Which event types any webhook wants; kept in memory so that a save asks no database. */
export interface Interest {
  wants(type: string): boolean;
  /** Whether a change of this content type can give anything that is wanted. */
  wantsAny(plan: TypePlan): boolean;
  /** Reads the subscriptions anew. Run by a timer and after our own commits, never inside a request. */
  refresh(): Promise<void>;
}

/**
 * @param subscriptions patterns of every webhook that is not deleted: also paused and disabled ones, whose
 *   misses are recorded
 */
export function createInterest(input: {
  catalog: () => Catalog;
  subscriptions: () => Promise<readonly (readonly string[])[]>;
  matches: (pattern: string, type: { type: string; sensitive: boolean }) => boolean;
}): Interest {
  let wanted: ReadonlySet<string> = new Set();
  let perType = new WeakMap<TypePlan, boolean>();
  let asked = 0;
  let answered = 0;
  return {
    wants: (type) => wanted.has(type),
    wantsAny(plan) {
      const known = perType.get(plan);
      if (known !== undefined) return known;
      const types = [...Object.values(plan.content), ...plan.mapped.map((mapped) => mapped.type)];
      const answer = types.some((type) => wanted.has(type));
      perType.set(plan, answer);
      return answer;
    },
    async refresh() {
      const turn = (asked += 1);
      const patterns = [...new Set((await input.subscriptions()).flat())];
      // What was asked before must not stand in the place of what was asked after it, however long it took.
      if (turn < answered) return;
      answered = turn;
      const types = input.catalog().list();
      wanted = new Set(
        types
          .filter((type) => patterns.some((pattern) => input.matches(pattern, type)))
          .map(({ type }) => type),
      );
      perType = new WeakMap();
    },
  };
}
