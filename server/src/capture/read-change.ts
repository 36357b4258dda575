import type { Entry } from '../catalog';
import type { Row } from '../content';
import type { Change } from './change';

/** A change with its rows. `after` is null if it could not be read: then `problem` says why. */
export interface ReadChange {
  change: Change;
  before: Row | null;
  after: Row | null;
  problem: string | null;
  /** Previous values that were not read, because nothing writes them. */
  unread?: ReadonlySet<string> | undefined;
  /**
   * Fields that were written although they were not read: they count as changed, with an unknown previous
   * value.
   */
  lost?: ReadonlySet<string> | undefined;
  /** Of a row that is gone: as Strapi read it for its own event, if its caller selected anything. */
  selected?: Entry | undefined;
}
