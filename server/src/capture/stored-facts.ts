import type { TypePlan } from '../catalog';
import { facts } from '../conditions';
import type { FieldValue } from '../conditions';
import type { Row } from '../content';
import type { StoredFacts } from '../store/events';
import type { Change } from './change';

/** Longer texts are not stored a second time: conditions read them from the body. */
const longestText = 1000;

/** A change with its rows, as far as conditions compare them. */
interface Compared {
  change: Change;
  before: Row | null;
  after: Row | null;
  unread?: ReadonlySet<string> | undefined;
}

type Values = Record<string, FieldValue>;

/** The values that conditions compare, before and after a change; null where nobody compares any. */
export function storedFacts(plan: TypePlan, read: Compared): StoredFacts | null {
  const { compared, judged } = plan;
  if (compared.length === 0) return null;
  const after = facts(judged, compared, read.after ?? (read.change.known as Row | undefined) ?? null);
  const before = facts(judged, compared, read.before);
  return {
    action: read.change.action,
    before: before && short({ ...unchanged(compared, read, after), ...before }),
    after: after && short(after),
  };
}

/** What was not read before, because nothing writes it, is as it was. */
function unchanged(compared: readonly string[], { unread }: Compared, after: Values | null): Values {
  const names = compared.filter(
    (path) => unread?.has(path.split('.')[0] ?? path) && after?.[path] !== undefined,
  );
  return Object.fromEntries(names.map((name) => [name, after?.[name] ?? null]));
}

const short = (values: Values): Values =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => typeof value !== 'string' || value.length <= longestText),
  );
