import type { ConditionValue } from './conditions';

/** `unknown`: what would have to be compared is not known, a value before the change for example. */
export type Truth = boolean | 'unknown';

/** What came of one condition. A value that is not known is left out. */
export interface PlacedFinding {
  /** Its index in the group; of a member of a nested group, that of the group and its own. */
  place: number[];
  truth: Truth;
  before?: ConditionValue | string[];
  after?: ConditionValue | string[];
}
