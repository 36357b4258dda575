import { PayloadError, contentEventData } from '../catalog';
import type { Catalog, Entry, Links, MappedEvent, TypePlan } from '../catalog';
import type { BusinessEventPayload } from '../../../contracts';
import type { EventRow } from '../store/events';
import type { Log } from '../log';
import { reasonOf } from '../reason';
import { thinReason } from '../thin-reason';
import { eventBody } from './standard';

export interface DeferredInput {
  event: EventRow;
  catalog: Catalog;
  links: Links;
  log: Pick<Log, 'warn'>;
  maxBodyBytes: number;
}

/**
 * The body of an event with a payload function of the site builder: built from the snapshot at matching, so
 * that none of their code runs during a save. Thin, with the reason, if the function throws.
 */
export function composeDeferred(input: DeferredInput): { body: string; thinReason: string | null } {
  const { event } = input;
  const compose = (data: unknown): string => eventBody(event.type, event.occurredAt, data);
  const plan = input.catalog.plan(event.uid ?? '');
  const mapped = plan?.mapped.find(({ type }) => type === event.type);
  let entry: Entry = {};
  try {
    const snapshot = JSON.parse(event.snapshot ?? 'null') as Snapshot;
    ({ entry } = snapshot);
    const body = compose(dataOf(snapshot, mapped, input));
    const bytes = Buffer.byteLength(body);
    if (bytes > input.maxBodyBytes)
      throw new OwnReason(`too_large: ${bytes} bytes, the limit is ${input.maxBodyBytes}`);
    return { body, thinReason: null };
  } catch (error) {
    const thin = reasonFor(error, event.type, input.log);
    const data = contentEventData({
      uid: event.uid ?? '',
      model: plan?.typeName ?? event.type.split('.')[0] ?? '',
      documentId: event.documentId ?? '',
      locale: event.locale,
      status: event.status === 'draft' ? 'draft' : 'published',
      entry: { documentId: event.documentId, ...namedByRule(plan, mapped, entry) },
      changedFields: event.changedFields ? [...event.changedFields] : null,
      previous: null,
      thin,
    });
    return { body: compose(data), thinReason: thin };
  }
}

/** A reason in our own words, which may be sent. */
class OwnReason extends Error {}

/**
 * Why the event is thin, as receivers are told: what a function threw is not for them. What it gave and cannot be sent is
 * named by its place and kind alone.
 */
function reasonFor(error: unknown, type: string, log: Pick<Log, 'warn'>): string {
  const said = reasonOf(error);
  if (error instanceof OwnReason) return said;
  log.warn(
    `event-webhooks: the payload of ${type} could not be built, the event is in the thin form: ${said}`,
  );
  return error instanceof PayloadError ? said : thinReason.payloadFailed;
}

interface Snapshot {
  uid: string;
  entry: Entry;
  /** Of an event made on the screen: what it sent when it happened. */
  payload?: BusinessEventPayload;
}

function dataOf(
  { uid, entry, payload }: Snapshot,
  mapped: MappedEvent | undefined,
  { event, catalog, links }: DeferredInput,
): Record<string, unknown> {
  if (payload !== undefined) return catalog.built(uid, payload, entry, links);
  if (!mapped) throw new OwnReason(`the event type ${event.type} is no longer mapped`);
  return mapped.build(entry, links);
}

/** As in every thin form: the public scalars that the rule uses. */
function namedByRule(
  plan: TypePlan | undefined,
  mapped: MappedEvent | undefined,
  entry: Entry,
): Record<string, unknown> {
  const names = (plan?.comparable ?? []).filter(
    ({ name, kind }) => kind === 'scalar' && mapped?.fields.includes(name) && Object.hasOwn(entry, name),
  );
  return Object.fromEntries(names.map(({ name }) => [name, entry[name]]));
}
