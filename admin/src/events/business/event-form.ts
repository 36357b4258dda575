import {
  businessEventInput,
  type BusinessEventClause,
  type BusinessEventInput,
  type BusinessEventPayload,
  type BusinessEventSubject,
  type BusinessEventView,
  type Condition,
  type Done,
  type FieldTree,
  type WebhookConditions,
} from '../../../../contracts';
import { editable, filledConditions, placeIn, unfilledRows } from '../../conditions/groups';

/** The values of the form of a business event. Their names are those of the contract, in which a conflict is told. */
export interface BusinessEventFormState {
  displayName: string;
  type: string;
  description: string;
  contentType: string;
  on: BusinessEventClause[];
  payload: FormPayload;
}

/** What is sent: what was filled in for one kind is kept while another one is chosen. */
export interface FormPayload {
  kind: 'whole' | 'fields' | 'paths';
  /** Null: as by default. */
  fields: FieldTree | null;
  paths: PathRow[];
}

/** A key of one's own, and where its value is found in the entry. */
export interface PathRow {
  key: string;
  path: string;
}

export const emptyEvent: BusinessEventFormState = {
  displayName: '',
  type: '',
  description: '',
  contentType: '',
  on: [{ on: [], when: null }],
  payload: { kind: 'whole', fields: null, paths: [] },
};

const emptyRow: PathRow = { key: '', path: '' };

function formPayload(payload: BusinessEventPayload): FormPayload {
  if (payload.kind === 'paths') {
    const paths = Object.entries(payload.paths).map(([key, path]) => ({ key, path }));
    return { kind: 'paths', fields: null, paths };
  }
  return { kind: payload.fields ? 'fields' : 'whole', fields: payload.fields, paths: [] };
}

export function formOf(event: BusinessEventView): BusinessEventFormState {
  const { displayName, type, description, contentType, on, payload } = event;
  return {
    displayName,
    type,
    description,
    contentType,
    on: on.map((clause) => ({ ...clause, when: clause.when && (editable(clause.when) ?? clause.when) })),
    payload: formPayload(payload),
  };
}

/** What the form holds after a save: as it is stored, or as entered where its version is not told to this role. */
export const afterSave = (
  saved: BusinessEventView | Done,
  entered: BusinessEventFormState,
): { version: number | null; values: BusinessEventFormState } =>
  'type' in saved ? { version: saved.version, values: formOf(saved) } : { version: null, values: entered };

/** With another kind of payload; keys of one's own begin with an empty row. */
export const withKind = (payload: FormPayload, kind: FormPayload['kind']): FormPayload => ({
  ...payload,
  kind,
  paths: kind === 'paths' && payload.paths.length === 0 ? [emptyRow] : payload.paths,
});

/** With one more key. */
export const withRow = (payload: FormPayload): FormPayload => ({
  ...payload,
  paths: [...payload.paths, emptyRow],
});

/** With another content type: what is about the fields of the one before is taken away. */
export function withContentType(
  form: BusinessEventFormState,
  subject: BusinessEventSubject,
): BusinessEventFormState {
  const on = form.on.map((clause) => ({
    on: clause.on.filter((action) => subject.actions.includes(action)),
    when: null,
  }));
  const { kind } = form.payload;
  return {
    ...form,
    contentType: subject.uid,
    on,
    payload: withKind({ kind, fields: null, paths: [] }, kind),
  };
}

function payloadOf({ kind, fields, paths }: FormPayload): BusinessEventPayload {
  if (kind === 'whole') return { kind: 'entry', fields: null };
  if (kind === 'fields') return { kind: 'entry', fields };
  return {
    kind: 'paths',
    paths: Object.fromEntries(paths.map(({ key, path }) => [key.trim(), path.trim()])),
  };
}

const inputOf = (form: BusinessEventFormState): unknown => ({ ...form, payload: payloadOf(form.payload) });

/** The conditions as rows; null where there are none, or they are nested deeper than rows can show. */
const rowsIn = (when: Condition | null): WebhookConditions | null => when && editable(when);

export interface FieldProblem {
  /** `on.0.when.1`, `payload.paths.2.key`. */
  path: string;
  message: string;
}

/** Where in the form an error about a path of the contract is shown. */
export const shownAt =
  ({ payload }: BusinessEventFormState) =>
  (path: readonly string[]): string => {
    const [first, second, third, ...rest] = path;
    if (first === 'on' && second !== undefined) {
      if (third === 'when') return ['on', second, 'when', ...placeIn(rest)].join('.');
      return third === undefined ? `on.${second}` : `on.${second}.${third}`;
    }
    if (first === 'payload' && second === 'paths' && third !== undefined) {
      const index = payload.paths.findIndex(({ key }) => key.trim() === third);
      return index < 0 ? 'payload.rows' : `payload.paths.${index}`;
    }
    if (first === 'payload') return second === 'fields' ? 'payload.fields' : 'payload.rows';
    return path.join('.');
  };

/** What is not filled in, or twice: what the contract itself could not say at its row. */
function rowProblems({ on, payload }: BusinessEventFormState): FieldProblem[] {
  const conditions = on.flatMap(({ when }, index) =>
    unfilledRows(rowsIn(when)).map((place) => ({
      path: ['on', index, 'when', ...place].join('.'),
      message: 'is required',
    })),
  );
  if (payload.kind !== 'paths') return conditions;
  const keys = payload.paths.flatMap(({ key, path }, index): FieldProblem[] => {
    if (key.trim() === '') return [{ path: `payload.paths.${index}`, message: 'enter a key' }];
    if (path.trim() === '') return [{ path: `payload.paths.${index}`, message: 'choose a field' }];
    const isTwice = payload.paths.findIndex((other) => other.key.trim() === key.trim()) < index;
    return isTwice ? [{ path: `payload.paths.${index}`, message: 'is named twice' }] : [];
  });
  return [...conditions, ...keys];
}

/** Whether no row is missing something, nor a case its actions. */
export const isFilled = (form: BusinessEventFormState): boolean =>
  rowProblems(form).length === 0 && form.on.every(({ on }) => on.length > 0);

/** Checks the form by the server's rules. */
export function checkForm(
  form: BusinessEventFormState,
): { input: BusinessEventInput; problems: null } | { input: null; problems: FieldProblem[] } {
  const parsed = businessEventInput.safeParse(inputOf(form));
  const untyped = form.type.trim() === '' ? [{ path: 'type', message: 'is required' }] : [];
  const rows = [...untyped, ...rowProblems(form)];
  const at = shownAt(form);
  const others = (parsed.error?.issues ?? [])
    .map(({ path, message }) => ({ path: at(path.map(String)), message }))
    // What is said of a row that is not filled in says it better.
    .filter(({ path }) => !rows.some((row) => row.path === path || row.path.startsWith(`${path}.`)))
    .filter(({ path }) => !(path === 'payload.rows' && rows.some((row) => row.path.startsWith('payload'))));
  if (parsed.success && rows.length === 0) return { input: parsed.data, problems: null };
  return { input: null, problems: [...rows, ...others] };
}

// What is missing for a preview alone.
const someName = '…';

/**
 * The form as far as a preview needs it: what is not filled in yet is left out, or has a stand-in. Null: there is nothing
 * to be shown yet.
 * @param proposed the type where none is entered
 */
export function previewable(form: BusinessEventFormState, proposed: string): BusinessEventInput | null {
  const clauses = form.on
    .filter(({ on }) => on.length > 0)
    .map(({ on, when }) => {
      const rows = rowsIn(when);
      return { on, when: rows ? filledConditions(rows) : when };
    });
  const paths = form.payload.paths.filter(({ key, path }) => key.trim() !== '' && path.trim() !== '');
  const parsed = businessEventInput.safeParse(
    inputOf({
      ...form,
      displayName: form.displayName.trim() || someName,
      type: form.type.trim() || proposed,
      on: clauses,
      payload: { ...form.payload, paths },
    }),
  );
  return parsed.success ? parsed.data : null;
}
