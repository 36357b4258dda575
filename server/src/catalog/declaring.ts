import { maxEventTypeLength } from '../../../contracts';
import { attempted } from './attempted';
import type { CatalogContext } from './catalog-context';
import { CatalogError } from './catalog-error';
import { declareCodeEvent } from './code-event';
import type { Declaration } from './declaration';
import { isEntry } from './entry-shape';
import { declareMappedEvent } from './mapped-event';
import type { MappedEventContext } from './mapped-event';
import { declareStoredEvent, storedOrigin } from './stored-event';
import type { EventType, RefusedDeclaration, StoredEvent } from './types';

/** A declaration of the configuration, checked by itself. Its problems name its place: `config.events[2].type: …`. */
export function declareAt(
  given: unknown,
  at: string,
  context: CatalogContext,
): Declaration | RefusedDeclaration {
  const found = attempted(at, () => declare(given, { at, source: 'config' }, context));
  return 'problems' in found ? { origin: at, type: typeNamedBy(given), ...found } : found.made;
}

/**
 * A declaration of the app's code, checked by itself. It has no place that a reader could count to, so its problems name
 * its type: `order.shipped: sample.total: …`.
 */
export function declareInCode(given: unknown, context: CatalogContext): Declaration | RefusedDeclaration {
  const type = typeNamedBy(given);
  const origin = type === null ? 'declare()' : `declare("${type}")`;
  const found = attempted(origin, () => declare(given, { at: origin, source: 'code' }, context));
  if ('made' in found) return { ...found.made, inCode: true };
  const problems = found.problems.map((line) => (type === null ? line : byType(line, origin, type)));
  return { origin, type, problems };
}

/** `declare("order.shipped").sample.total: …` → `order.shipped: sample.total: …` */
const byType = (line: string, origin: string, type: string): string =>
  line.startsWith(origin) ? `${type}: ${line.slice(origin.length).replace(/^(\.|: )/, '')}` : line;

/** A business event made on the screen, checked by itself. */
export function declareStored(event: StoredEvent, context: CatalogContext): Declaration | RefusedDeclaration {
  const origin = storedOrigin(event);
  const found = attempted(origin, () => declareStoredEvent(event, mappedContext(origin, context)));
  return 'problems' in found ? { origin, type: event.type, businessEventId: event.id, ...found } : found.made;
}

/** A mapped event names its content type; a code event does not. */
function declare(
  given: unknown,
  { at, source }: { at: string; source: EventType['source'] },
  context: CatalogContext,
): Declaration {
  if (!isEntry(given)) throw new CatalogError([`${at}: must be an object that declares an event`]);
  const mapped = 'contentType' in given || 'on' in given;
  return mapped
    ? declareMappedEvent(given, mappedContext(at, context))
    : declareCodeEvent(given, { at, source });
}

/** What a mapped event is checked against. */
export const mappedContext = (at: string, context: CatalogContext): MappedEventContext => ({
  ...context,
  at,
  typeName: (uid: string) => context.names.get(uid),
});

/** Cut: it may not be the name of an event at all. */
const typeNamedBy = (declaration: unknown): string | null =>
  isEntry(declaration) && typeof declaration['type'] === 'string' && declaration['type'] !== ''
    ? declaration['type'].slice(0, maxEventTypeLength)
    : null;
