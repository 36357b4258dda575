import { isRowFault, isTransient } from './connection';

const error = (code: string, more: object = {}) => Object.assign(new Error('refused'), { code, ...more });

describe('whose fault an error of the database is', () => {
  it.each([
    // Postgres: SQLSTATE 22 and 23.
    [error('22001')],
    [error('22021')],
    [error('23505')],
    [error('23514')],
    // SQLite
    [error('SQLITE_CONSTRAINT_UNIQUE')],
    [error('SQLITE_CONSTRAINT_TRIGGER')],
    [error('SQLITE_MISMATCH')],
    [error('SQLITE_TOOBIG')],
    // MySQL and MariaDB, with and without a class of their own
    [error('ER_DATA_TOO_LONG', { sqlState: '22001' })],
    [error('ER_DUP_ENTRY', { sqlState: '23000' })],
    [error('ER_TRUNCATED_WRONG_VALUE_FOR_FIELD', { sqlState: 'HY000' })],
    [error('ER_INVALID_CHARACTER_STRING', { sqlState: 'HY000' })],
    [error('ER_CHECK_CONSTRAINT_VIOLATED', { sqlState: 'HY000' })],
    [error('WARN_DATA_TRUNCATED', { sqlState: '01000' })],
    [error('ER_UNKNOWN_TO_THIS_LIST', { sqlState: '22003' })],
  ])('the row: %o', (refusal) => {
    expect(isRowFault(refusal)).toBe(true);
    expect(isTransient(refusal)).toBe(false);
  });

  it.each([
    [error('SQLITE_FULL')],
    [error('SQLITE_BUSY')],
    [error('SQLITE_IOERR_WRITE')],
    [error('SQLITE_CORRUPT')],
    [error('SQLITE_READONLY')],
    [error('SQLITE_ERROR')],
    [error('57014')],
    [error('57P01')],
    [error('53100')],
    [error('40P01')],
    [error('42P01')],
    [error('25006')],
    [error('XX000')],
    [error('ER_RECORD_FILE_FULL', { sqlState: 'HY000' })],
    [error('ER_QUERY_INTERRUPTED', { sqlState: '70100' })],
    [error('ER_LOCK_DEADLOCK', { sqlState: '40001' })],
    [error('ER_OPTION_PREVENTS_STATEMENT', { sqlState: 'HY000' })],
    [error('ECONNREFUSED')],
    [Object.assign(new Error('Knex: Timeout acquiring a connection'), { name: 'KnexTimeoutError' })],
    [new Error('Connection terminated unexpectedly')],
    [new Error("Can't add new command when connection is in closed state")],
  ])('the state of the database: %o', (refusal) => {
    expect(isRowFault(refusal)).toBe(false);
    expect(isTransient(refusal)).toBe(true);
  });

  it('an error of our own code is neither', () => {
    expect([new TypeError('x is undefined'), new Error('lost'), null, 'text'].map(isRowFault)).toEqual(
      Array(4).fill(false),
    );
    expect([new TypeError('x is undefined'), new Error('lost'), null, 'text'].map(isTransient)).toEqual(
      Array(4).fill(false),
    );
  });
});
