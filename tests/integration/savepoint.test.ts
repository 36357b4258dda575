import knex from 'knex';
import type { Knex } from 'knex';
import { createSavepoints, endsTransaction } from '../../server/src/store/savepoint';
import type { Connection } from '../../server/src/store/connection';
import { databases } from './harness/databases';
import { freshDatabase } from './harness/fresh-database';

const clientOf = { sqlite: 'better-sqlite3', postgres: 'pg', mysql: 'mysql2' } as const;

/** A statement that every database refuses. */
const refused = (trx: Knex) => trx.raw('select nobody from nowhere');

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.each(databases)('work of ours in a transaction of others, $client', (database) => {
  const savepoints = createSavepoints({ client: database.client });
  const within = <T>(trx: Knex, run: () => Promise<T>): Promise<T> =>
    savepoints.within(trx as unknown as Connection, run);
  let db: Knex;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    const fresh = await freshDatabase(database);
    drop = fresh.drop;
    const { DATABASE_HOST: host, DATABASE_PORT: port, DATABASE_USERNAME: user } = fresh.env;
    const connection =
      database.client === 'sqlite'
        ? { filename: ':memory:' }
        : {
            ...{ host, port: Number(port), user },
            ...{ password: fresh.env.DATABASE_PASSWORD, database: fresh.env.DATABASE_NAME },
          };
    db = knex({ client: clientOf[database.client], connection, useNullAsDefault: true });
    await db.schema.createTable('rows', (table) => void table.string('name'));
  });
  afterAll(async () => {
    await db?.destroy();
    await drop?.();
  });
  beforeEach(() => db('rows').delete());

  const names = async (): Promise<string[]> => (await db('rows').orderBy('name').pluck('name')) as string[];
  const insert = (trx: Knex, name: string) => trx('rows').insert({ name });

  it('20 side by side, half of which fail: nothing of the others is lost, and the transaction commits', async () => {
    await db.transaction(async (trx) => {
      await Promise.all(
        Array.from({ length: 20 }, async (_, index) => {
          const number = String(index).padStart(2, '0');
          await insert(trx, `${number} before`);
          await within(trx, async () => {
            await insert(trx, `${number} ours`);
            await pause(index % 3);
            if (index % 2 === 0) await refused(trx);
          }).catch(() => undefined);
          await insert(trx, `${number} after`);
        }),
      );
    });
    const found = await names();
    expect(found.filter((name) => !name.endsWith('ours'))).toHaveLength(40);
    const ours = found.filter((name) => name.endsWith('ours'));
    // Elsewhere a failed statement undoes itself alone.
    expect(ours).toHaveLength(database.client === 'postgres' ? 10 : 20);
  });

  it('a COMMIT and a statement that are asked for meanwhile wait for the unit', async () => {
    const trx = await db.transaction();
    const unit = within(trx, async () => {
      await insert(trx, 'a');
      await pause(50);
      await insert(trx, 'b');
    });
    await pause(10);
    const other = insert(trx, 'other').then(() => undefined);
    await pause(5);
    if (database.client !== 'postgres') await unit;
    await Promise.all([unit, other, trx.commit()]);
    expect(await names()).toEqual(['a', 'b', 'other']);
    await expect(within(trx, () => insert(trx, 'late').then(() => undefined))).rejects.toThrow();
    expect(await names()).toEqual(['a', 'b', 'other']);
  });

  it('a ROLLBACK does not wait: the unit is refused what it still asks for, and nobody is left hanging', async () => {
    const trx = await db.transaction();
    const unit = within(trx, async () => {
      await insert(trx, 'a');
      await pause(50);
      await insert(trx, 'b');
    });
    const waiting = within(trx, () => insert(trx, 'c').then(() => undefined));
    const settled = Promise.allSettled([unit, waiting]);
    await pause(10);
    await trx.rollback();
    const [first] = await settled;
    expect(first.status).toBe('rejected');
    expect(await names()).toEqual([]);
  });

  it('an inner transaction of the app goes through the gate too', async () => {
    await db.transaction(async (trx) => {
      await within(trx, async () => undefined);
      await Promise.all([
        within(trx, async () => {
          await insert(trx, 'ours');
          await pause(30);
          await refused(trx);
        }).catch(() => undefined),
        pause(5).then(() =>
          trx.transaction(async (inner) => {
            await insert(inner, 'theirs');
            await within(inner, () => refused(inner)).catch(() => undefined);
            await pause(40);
          }),
        ),
        pause(15).then(() => insert(trx, 'more')),
      ]);
    });
    const theirs = ['more', 'theirs'];
    expect(await names()).toEqual(database.client === 'postgres' ? theirs : [...theirs, 'ours'].sort());
  });

  it('a unit inside a unit has its own way back', async () => {
    await db.transaction(async (trx) => {
      await within(trx, async () => {
        await insert(trx, 'outer');
        await Promise.all(
          ['1', '2', '3'].map((name) =>
            within(trx, async () => {
              await insert(trx, name);
              if (name === '2') await refused(trx);
            }).catch(() => undefined),
          ),
        );
        await insert(trx, 'outer');
      });
    });
    const found = await names();
    expect(found.filter((name) => name === 'outer')).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining(['1', '3']));
  });

  it('throws what was thrown, and says when a transaction is no more', async () => {
    await expect(
      db.transaction((trx) => within(trx, () => Promise.reject(new Error('ours')))),
    ).rejects.toThrow('ours');
    const deadlock = Object.assign(new Error('deadlock'), { code: 'ER_LOCK_DEADLOCK' });
    expect(endsTransaction(database, deadlock)).toBe(database.client === 'mysql');
    expect(endsTransaction(database, new Error('other'))).toBe(false);
  });

  if (database.client === 'postgres') {
    it('a connection that dies leaves nobody hanging', async () => {
      const trx = await db.transaction();
      const { rows } = (await trx.raw('select pg_backend_pid() as pid')) as { rows: { pid: number }[] };
      const unit = within(trx, () => trx.raw('select pg_sleep(20)'));
      const others = [
        insert(trx, 'x').then(() => undefined),
        within(trx, () => insert(trx, 'y').then(() => undefined)),
      ];
      const settled = Promise.allSettled([unit, ...others]);
      await pause(50);
      await db.raw('select pg_terminate_backend(?)', [rows[0]?.pid ?? 0]);
      expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
      await trx.rollback().catch(() => undefined);
    });
  }
});
