import { isDeepStrictEqual } from 'node:util';
import type { Reader, Values } from './content';
import type { ExpectedEvent } from './expected';

/** A row of `event_webhooks_events`, read. */
export interface ToldEvent {
  id: number;
  type: string;
  documentId: string;
  locale: string | null;
  status: string;
  changed: string[] | null;
  guarantee: string;
  cause: string | null;
  thin: string | null;
  data: { entry: Values; changedFields: string[] | null; previous: Values | null } & Values;
}

export function toldEvent(row: Values): ToldEvent {
  const body = JSON.parse(String(row.body)) as { data: ToldEvent['data'] };
  return {
    id: Number(row.id),
    type: String(row.type),
    documentId: String(row.document_id),
    locale: (row.locale as string | null) || null,
    status: String(row.status),
    changed: parsed(row.changed_fields) as string[] | null,
    guarantee: String(row.guarantee),
    cause: (row.cause as string | null) ?? null,
    thin: (row.thin_reason as string | null) ?? null,
    data: body.data,
  };
}

const parsed = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : (value ?? null));

const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 800 ? `${text.slice(0, 800)}…` : text;
};

const nameOf = ({ type, documentId, locale, status }: ToldEvent | ExpectedEvent): string =>
  `${type} ${documentId.slice(0, 6)} ${locale ?? '-'} ${status}`;

const sorted = (names: readonly string[] | null): string[] | null => (names ? [...names].sort() : null);

/** What is wrong in the one, by what it should be; empty where nothing is. */
function faultsOf(reader: Reader, told: ToldEvent, wanted: ExpectedEvent): string[] {
  const faults: string[] = [];
  const expect = (what: string, is: unknown, should: unknown): void => {
    if (!isDeepStrictEqual(is, should))
      faults.push(`${nameOf(wanted)}: ${what} is ${short(is)}, not ${short(should)}`);
  };
  expect('thin', told.thin, null);
  for (const name of ['uid', 'documentId', 'locale', 'status'] as const)
    expect(name, told.data[name], wanted[name]);
  expect('changedFields', sorted(told.data.changedFields), sorted(wanted.changed));
  expect('column changed_fields', told.changed, told.data.changedFields);
  expect('cause', told.cause, wanted.copied ? 'i18n_sync' : null);
  expect('guarantee', told.guarantee, wanted.copied ? 'late' : 'same_transaction');
  const { previous } = told.data;
  expect('fields of previous', sorted(previous && Object.keys(previous)), sorted(wanted.changed));
  for (const name of wanted.changed ?? []) {
    const value = reader.toldFieldByEvent(wanted.uid, name, previous?.[name]);
    expect(`previous.${name}`, value, wanted.previous?.[name]);
  }
  const entry = reader.toldByEvent(wanted.uid, told.data.entry);
  for (const name of told.data.changedFields ?? []) {
    if (wanted.changed?.includes(name)) continue;
    const was = reader.toldFieldByEvent(wanted.uid, name, previous?.[name]);
    faults.push(
      `${nameOf(wanted)}: ${name} is said to have been ${short(was)} and to be ${short(entry[name])}`,
    );
  }
  for (const name of new Set([...Object.keys(entry), ...Object.keys(wanted.entry)])) {
    expect(`entry.${name}`, entry[name], wanted.entry[name]);
  }
  return faults;
}

/**
 * Faults of the events that a change gave: missing ones, surplus ones, and wrong words in the others. Of several
 * with one name each is held against the one that it fits best.
 */
export function faults(
  reader: Reader,
  told: readonly ToldEvent[],
  wanted: readonly ExpectedEvent[],
): string[] {
  const left = [...told];
  const lastOf = new Map<string, number>();
  const found = wanted.flatMap((expected) => {
    const ranked = left
      .filter((one) => nameOf(one) === nameOf(expected))
      .map((one) => ({ one, wrong: faultsOf(reader, one, expected) }))
      .sort((a, b) => a.wrong.length - b.wrong.length);
    const [best] = ranked;
    if (!best) return [`${nameOf(expected)} is missing; changed: ${short(expected.changed)}`];
    left.splice(left.indexOf(best.one), 1);
    const of = `${expected.documentId} ${expected.locale}`;
    const early = best.one.id < (lastOf.get(of) ?? 0) ? [`${nameOf(expected)} is told too early`] : [];
    lastOf.set(of, best.one.id);
    return [...best.wrong, ...early];
  });
  return [
    ...found,
    ...left.map(
      (one) =>
        `${nameOf(one)} is one too many; changedFields ${short(one.data.changedFields)}, cause ${one.cause}`,
    ),
  ];
}
