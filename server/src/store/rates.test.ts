import { createRateCounter } from './rates';

/** Knex on Postgres, as far as the counter uses it. */
function poolOf(statements: object[]) {
  const connection = {
    query: async (statement: object) => {
      statements.push(statement);
      return { rows: [{ points: 1, expire: Date.now() + 1000 }] };
    },
  };
  const client = { acquireConnection: async () => connection, releaseConnection: async () => undefined };
  return Object.assign(() => undefined, { client });
}

it('no statement of the counter has a name, which a pooler in transaction mode would not know', async () => {
  const statements: object[] = [];
  const pool = poolOf(statements);
  const database = { client: 'postgres', schema: 'public', pool: () => pool } as never;
  const counter = createRateCounter(database, null);
  await counter.add('1', { count: 5, seconds: 1 }, 3);
  await counter.add('1', { count: 5, seconds: 1 }, -2);
  expect(statements).toHaveLength(2);
  for (const statement of statements) {
    expect(Object.keys(statement).sort()).toEqual(['text', 'values']);
  }
});
