import { matches } from '../catalog';
import type { Catalog, TypePlan } from '../catalog';

/** The subscribed event types; kept in memory so that a save needs no query. */
export interface Interest {
  wants(type: string): boolean;
  /** Whether a change of this content type can produce a subscribed event. */
  wantsAny(plan: TypePlan): boolean;
  /** Reloads the subscriptions. Run by a timer and after the plugin's own commits, never inside a request. */
  refresh(): Promise<void>;
}

/**
 * @param subscriptions patterns of every webhook that is not deleted, including those that are off, whose
 *   missed events are recorded
 */
export function createInterest(input: {
  catalog: () => Catalog;
  subscriptions: () => Promise<readonly (readonly string[])[]>;
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
      // An older query must not replace the result of a newer one, however long it took.
      if (turn < answered) return;
      answered = turn;
      const types = input.catalog().list();
      wanted = new Set(
        types.filter((type) => patterns.some((pattern) => matches(pattern, type))).map(({ type }) => type),
      );
      perType = new WeakMap();
    },
  };
}
