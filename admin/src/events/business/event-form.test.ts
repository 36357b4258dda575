import type { BusinessEventSubject, BusinessEventView } from '../../../../contracts';
import {
  afterSave,
  checkForm,
  emptyEvent,
  formOf,
  previewable,
  shownAt,
  withContentType,
  withKind,
  type BusinessEventFormState,
} from './event-form';
import { proposedType } from './proposed-type';

const orders: BusinessEventSubject = {
  uid: 'api::order.order',
  name: 'Order',
  actions: ['created', 'updated', 'deleted'],
  typeName: 'order',
};

const filled: BusinessEventFormState = {
  displayName: 'Order paid',
  type: 'order.paid',
  description: '',
  contentType: orders.uid,
  on: [{ on: ['created', 'updated'], when: { all: [{ field: 'status', becomes: 'paid' }] } }],
  payload: { kind: 'paths', fields: null, paths: [{ key: 'number', path: 'number' }] },
};

const viewOf = (input: Partial<BusinessEventView>): BusinessEventView => ({
  id: 1,
  version: 1,
  displayName: 'Order paid',
  type: 'order.paid',
  description: '',
  contentType: orders.uid,
  contentTypeName: 'Order',
  on: [{ on: ['updated'], when: null }],
  payload: { kind: 'entry', fields: null },
  condition: null,
  inCatalog: true,
  problems: [],
  replaces: null,
  subscribers: [],
  createdAt: '',
  updatedAt: '',
  ...input,
});

describe('after a save', () => {
  it('the form holds what is stored', () => {
    const saved = viewOf({ version: 4, displayName: 'Stored' });
    expect(afterSave(saved, filled)).toEqual({ version: 4, values: formOf(saved) });
  });

  it('it stays as it was entered for a role that may not see business events', () => {
    expect(afterSave({ id: 7 }, filled)).toEqual({ version: null, values: filled });
  });
});

describe('the proposed type', () => {
  it.each([
    ['Order paid', 'order.paid'],
    ['Paid in full', 'order.paid_in_full'],
    ['Повністю оплачено', 'order.povnistiu_oplacheno'],
    ['Об’єкт готовий', 'order.obiekt_hotovyi'],
    ['Überfällig!', 'order.uberfallig'],
    ['', ''],
    ['— ?', ''],
  ])('of %s', (name, expected) => expect(proposedType(name, orders)).toBe(expected));

  it('begins with the content type, whose own name is not said twice', () => {
    expect(proposedType('Замовлення оплачено', { ...orders, name: 'Замовлення' })).toBe('order.oplacheno');
    expect(proposedType('Paid', undefined)).toBe('');
  });

  it('is short enough', () => expect(proposedType('a'.repeat(300), orders)).toHaveLength(120));
});

describe('the form of a business event', () => {
  it('sends what the server takes', () => {
    const { input } = checkForm(filled);
    expect(input).toMatchObject({ payload: { kind: 'paths', paths: { number: 'number' } } });
    expect(checkForm({ ...filled, payload: withKind(filled.payload, 'whole') }).input?.payload).toEqual({
      kind: 'entry',
      fields: null,
    });
  });

  it('tells what is missing at its field', () => {
    const paths = (form: BusinessEventFormState) => checkForm(form).problems?.map(({ path }) => path);
    expect(paths(emptyEvent)).toEqual(['type', 'displayName', 'contentType', 'on.0.on']);
    const blank = { field: '', is: '' };
    expect(paths({ ...filled, on: [{ on: ['updated'], when: { all: [blank] } }] })).toEqual(['on.0.when.0']);
    const rows = [
      { key: 'a', path: 'number' },
      { key: ' a', path: 'total' },
      { key: '', path: 'x' },
    ];
    expect(paths({ ...filled, payload: { ...filled.payload, paths: rows } })).toEqual([
      'payload.paths.1',
      'payload.paths.2',
    ]);
    expect(
      paths({ ...filled, payload: { ...filled.payload, paths: [{ key: 'a-b', path: 'number' }] } }),
    ).toEqual(['payload.paths.0']);
    expect(paths({ ...filled, payload: { ...filled.payload, paths: [] } })).toEqual(['payload.rows']);
  });

  it('finds the place of what the server refuses', () => {
    const at = shownAt(filled);
    expect(at(['on', '0', 'when', 'all', '1', 'any', '0', 'is'])).toBe('on.0.when.1.0');
    expect(at(['on', '0', 'when', 'not'])).toBe('on.0.when');
    expect(at(['payload', 'paths', 'number'])).toBe('payload.paths.0');
    expect(at(['payload', 'fields', 'parts', 'customer'])).toBe('payload.fields');
    expect(at(['type'])).toBe('type');
  });

  it('keeps a condition that is nested deeper than it can show', () => {
    const deep = { not: { all: [{ field: 'status', is: 'paid' }] } };
    const form = formOf(viewOf({ on: [{ on: ['updated'], when: deep }] }));
    expect(form.on[0]?.when).toEqual(deep);
    expect(checkForm(form).input?.on[0]?.when).toEqual(deep);
  });

  it('shows a single condition as a row', () => {
    const form = formOf(viewOf({ on: [{ on: ['updated'], when: { field: 'status', is: 'paid' } }] }));
    expect(form.on[0]?.when).toEqual({ all: [{ field: 'status', is: 'paid' }] });
  });

  it('forgets what was about another content type', () => {
    const other = withContentType(filled, {
      ...orders,
      uid: 'api::page.page',
      actions: ['updated', 'published'],
    });
    expect(other).toMatchObject({ contentType: 'api::page.page', on: [{ on: ['updated'], when: null }] });
    expect(other.payload.paths).toEqual([{ key: '', path: '' }]);
  });
});

describe('what can be previewed', () => {
  it('is what is filled in so far', () => {
    const form = {
      ...filled,
      displayName: '',
      type: '',
      on: [...filled.on, { on: [], when: null }],
      payload: { ...filled.payload, paths: [...filled.payload.paths, { key: 'total', path: '' }] },
    };
    expect(previewable(form, 'order.event')).toMatchObject({
      type: 'order.event',
      on: filled.on,
      payload: { paths: { number: 'number' } },
    });
  });

  it('is nothing before a content type and an action are chosen', () => {
    expect(previewable(emptyEvent, '')).toBeNull();
    expect(previewable({ ...filled, on: [{ on: [], when: null }] }, '')).toBeNull();
  });
});
