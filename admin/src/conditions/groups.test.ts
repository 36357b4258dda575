import type { WebhookConditions } from '../../../contracts';
import {
  addGroup,
  addRow,
  changeMode,
  changeRow,
  editable,
  filledConditions,
  placedConditions,
  removeAt,
  unfilledRows,
} from './groups';
import { rowOf } from './rows';

const status = { field: 'status', is: 'paid' };
const total = { field: 'total', greaterThan: 100 };
const country = { field: 'country', is: ['UA'] };
const nested: WebhookConditions = { all: [status, { any: [total, country] }] };

describe('conditions in groups', () => {
  it('begin with one empty row, and end with the last', () => {
    const first = addRow(null);
    expect(unfilledRows(first)).toEqual([[0]]);
    expect(removeAt(first, [0])).toBeNull();
  });

  it('are added to the group or to the one within', () => {
    expect(placedConditions(addRow(nested)).map(({ place }) => place)).toEqual([[0], [1, 0], [1, 1], [2]]);
    expect(unfilledRows(addRow(nested, 1))).toEqual([[1, 2]]);
  });

  it('have a group of the other kind within', () => {
    expect(addGroup({ all: [status] })).toMatchObject({ all: [status, { any: [{}] }] });
    expect(addGroup({ any: [status] })).toMatchObject({ any: [status, { all: [{}] }] });
    expect(addGroup(null)).toMatchObject({ all: [{ any: [{}] }] });
  });

  it('are removed one by one; the group within goes with its last', () => {
    expect(removeAt(nested, [1, 0])).toEqual({ all: [status, { any: [country] }] });
    expect(removeAt({ all: [status, { any: [country] }] }, [1, 0])).toEqual({ all: [status] });
    expect(removeAt(nested, [1])).toEqual({ all: [status] });
    expect(removeAt(nested, [0])).toEqual({ all: [{ any: [total, country] }] });
  });

  it('are changed where they stand', () => {
    expect(changeRow(nested, [1, 1], rowOf({ field: 'country', is: ['PL'] }))).toEqual({
      all: [status, { any: [total, { field: 'country', is: ['PL'] }] }],
    });
    expect(changeMode(nested, 'any')).toEqual({ any: [status, { any: [total, country] }] });
    expect(changeMode(nested, 'all', 1)).toEqual({ all: [status, { all: [total, country] }] });
  });

  it('are told without the rows that are not filled in, and not at all where none is', () => {
    expect(filledConditions(addRow(nested, 1))).toEqual(nested);
    expect(filledConditions(addGroup(addRow({ any: [status] })))).toEqual({ any: [status] });
    expect(filledConditions(addGroup(null))).toBeNull();
  });
});

describe('any condition', () => {
  it('can be edited as a group, and groups in it', () => {
    expect(editable(status)).toEqual({ all: [status] });
    expect(editable(nested)).toEqual(nested);
    expect(editable({ any: [status, { all: [total, country] }] })).toEqual({
      any: [status, { all: [total, country] }],
    });
  });

  it('cannot where it is negated, or nested deeper', () => {
    expect(editable({ not: status })).toBeNull();
    expect(editable({ all: [status, { not: total }] })).toBeNull();
    expect(editable({ all: [{ any: [{ all: [status] }] }] })).toBeNull();
  });
});
