import { logLine, reasonOf, tellable } from './reason';

/** As knex has it: the statement with its values stands before what the database said, which the stack keeps. */
function refusal(name: string, said: string, statement: string, more: object = {}): Error {
  const error = Object.assign(new Error(said), { name, ...more });
  Object.defineProperty(error, 'stack', { value: `${name}: ${said}\n    at somewhere (file.js:1:1)` });
  error.message = `${statement} - ${said}`;
  return error;
}

describe('why something failed', () => {
  it.each([
    ['insert into `t` (`body`) values (\'{"secret - 1":1}\') - no such table: t', 'no such table: t'],
    ['SqliteError: select * from `t` where `a` = 5 - no such column: a', 'no such column: a'],
    [
      'update "t" set "name" = \'Olena\' where "id" = 3 - canceling statement due to statement timeout',
      'canceling statement due to statement timeout',
    ],
    ['the entry is gone - look again', 'the entry is gone - look again'],
    ['selection is not a function', 'selection is not a function'],
    ['select a category first', 'select a category first'],
    ['update "it" by hand', 'update "it" by hand'],
  ])('%s', (message, reason) => {
    expect(reasonOf(new Error(message))).toBe(reason);
  });

  it('is short, and an error that is thrown on keeps its code and no values', () => {
    expect(reasonOf('x'.repeat(5000))).toHaveLength(500);
    const refused = Object.assign(new Error("insert into t values ('Olena') - disk is full"), {
      code: '53100',
    });
    expect(tellable(refused)).toMatchObject({ message: 'disk is full', code: '53100' });
    expect(tellable(refused).stack).not.toContain('Olena');
    expect(tellable(new TypeError('x is not a function')).stack).toContain('reason.test');
  });
});

describe('what a database said', () => {
  const statement = 'insert into "t" ("name", "body") values (\'Olena - K.\', \'{"token":"s3cr3t"}\')';

  it.each<[string, string, string, object]>([
    ['Postgres', 'duplicate key value violates unique constraint "t_name_unique"', '=', { code: '23505' }],
    ['Postgres', 'null value in column "name" of relation "t" violates not-null constraint', '=', {}],
    ['Postgres', 'relation "event_webhooks_events" does not exist', '=', {}],
    [
      'Postgres',
      'invalid input syntax for type integer: "Olena - K."',
      'invalid input syntax for type integer …',
      {},
    ],
    ['Postgres', 'value "Olena" is out of range for type integer', 'value …', {}],
    [
      'Postgres',
      'invalid byte sequence for encoding "UTF8": 0x4f',
      'invalid byte sequence for encoding …',
      {},
    ],
    [
      'Postgres',
      'no room for Olena: {"token":"s3cr3t"}',
      'a trigger of the database refused it',
      { code: 'P0001' },
    ],
    ['SQLite', 'UNIQUE constraint failed: t.name', '=', { code: 'SQLITE_CONSTRAINT_UNIQUE' }],
    ['SQLite', 'near "Olena": syntax error', 'near …', { code: 'SQLITE_ERROR' }],
    ['SQLite', 'not Olena', 'a trigger of the database refused it', { code: 'SQLITE_CONSTRAINT_TRIGGER' }],
  ])('%s: %s', (_name, said, reason, more) => {
    expect(reasonOf(refusal('error', said, statement, more))).toBe(reason === '=' ? said : reason);
  });

  it.each([
    ["Duplicate entry 'Olena - for key 'x'' for key 'name'", 'Duplicate entry …', 1062],
    [
      "Incorrect string value: '\\xF0\\x9F' for column `db`.`t`.`name` at row 1",
      'Incorrect string value …',
      1366,
    ],
    ["Data too long for column 'body' at row 1", "Data too long for column 'body' at row 1", 1406],
    ["Table 'strapi.t' doesn't exist", "Table 'strapi.t' doesn't exist", 1146],
    ['no room for Olena', 'a trigger of the database refused it', 1644],
  ])('MySQL: %s', (sqlMessage, reason, errno) => {
    const error = new Error(`${statement} - ${sqlMessage}`);
    expect(reasonOf(Object.assign(error, { sqlMessage, errno, sql: statement }))).toBe(reason);
  });

  it('is not guessed where it cannot be told from the values', () => {
    expect(reasonOf(new Error(`${statement} - Duplicate entry 'Olena - K.' for key 'name'`))).toBe(
      'the database refused a statement',
    );
    expect(reasonOf(new Error('update "t" set "name" = \'Olena\''))).toBe('the database refused a statement');
  });
});

describe('what other errors must not tell', () => {
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (error) {
      return error;
    }
  };

  it.each<[string, unknown, string]>([
    ['a body that is no JSON', parse('{"name":"Olena", x'), 's3cr3t|Olena'],
    ['a short one', parse('Olena'), 'Olena'],
    [
      'a password in an address',
      new Error('connect to redis://user:s3cr3t@redis.example:6379/0 failed'),
      's3cr3t',
    ],
    [
      'a key in an address',
      new Error('getaddrinfo of https://hooks.example/services/s3cr3t?x=s3cr3t'),
      's3cr3t',
    ],
    [
      'what Node.js was given',
      Object.assign(new TypeError("The argument 'x' must be a string. Received 's3cr3t'"), {
        code: 'ERR_INVALID_ARG_VALUE',
      }),
      's3cr3t',
    ],
    ['a header', Object.assign(new Error('Bearer s3cr3t was sent'), {}), 's3cr3t'],
  ])('%s', (_name, error, secret) => {
    expect(reasonOf(error)).not.toMatch(new RegExp(secret));
    expect(reasonOf(error)).not.toBe('');
  });

  it('is said in one line, whatever the message holds', () => {
    const forged = 'refused\n[2026-01-01] error: \u001b[2Jall is well\u2028\u202e';
    expect(reasonOf(new Error(forged))).toBe(
      'refused\\n[2026-01-01] error: \\u001b[2Jall is well\\u2028\\u202e',
    );
  });

  it('takes no longer for a message of any length: an error may quote what an editor wrote', () => {
    const fastest = (text: string) => {
      const runs = Array.from({ length: 3 }, () => {
        const before = performance.now();
        reasonOf(new Error(text));
        return performance.now() - before;
      });
      return Math.min(...runs);
    };
    for (const piece of ['a', "a://'", 'Bearer ', 'with x as ( - \n', 'column "a" ']) {
      const [short, long] = [5000, 80_000].map((length) => fastest(piece.repeat(length / piece.length)));
      // What grows with the square takes 256 times as long.
      expect((long ?? 0) / Math.max(short ?? 0, 0.05)).toBeLessThan(64);
    }
  });

  it('shows nothing of a secret that a long message is cut in', () => {
    for (let padding = 3900; padding < 4110; padding += 1) {
      const long = `https://a.example/${'p'.repeat(padding)} https://user:hunter2-hunter2@b.example/x and more`;
      expect(reasonOf(new Error(long))).not.toMatch(/hunter|user/);
    }
    expect(reasonOf(new Error(`https://user:hunter2${'y'.repeat(5000)}@b.example/`))).not.toMatch(
      /hunter|user/,
    );
    expect(reasonOf(new Error(`x${'y'.repeat(5000)}`))).toMatch(/^xy+/);
  });

  it('is something for whatever was thrown', () => {
    for (const thrown of [null, undefined, 7, {}, Object.create(null), Symbol('x'), new Error('')]) {
      expect(typeof reasonOf(thrown)).toBe('string');
      expect(reasonOf(thrown)).not.toBe('');
    }
    const throws = {
      get message(): string {
        throw new Error('no');
      },
    };
    expect(reasonOf(throws)).toBe('unknown error');
  });
});

describe('a line of the log', () => {
  it('stays one line, of bounded length', () => {
    expect(logLine('webhook "a\r\nb\u0000" (x)')).toBe('webhook "a\\r\\nb\\u0000" (x)');
    expect(logLine('x'.repeat(5000)).length).toBeLessThanOrEqual(2000);
    expect(logLine('Оленчин вебхук 🎉 — «так»')).toBe('Оленчин вебхук 🎉 — «так»');
  });
});
