import type { NewEvent } from '../store/events';
import { createAnnouncedWriter } from './announced';

const event = (type: string) => ({ type }) as NewEvent;

function setUp(types: string[], insert: (types: string[]) => void, batchSize = 4) {
  let waiting = types.map(event);
  const written: string[] = [];
  const log: string[] = [];
  const write = createAnnouncedWriter({
    take: (limit) => waiting.splice(0, limit),
    giveBack: (events) => (waiting = [...events, ...waiting]),
    insert: async (events) => {
      insert(events.map(({ type }) => type));
      written.push(...events.map(({ type }) => type));
    },
    isRowFault: (error) => (error as { code?: unknown }).code === '22001',
    othersTurn: async () => undefined,
    log: (message) => log.push(message),
    batchSize,
  });
  return { write, written, log, waiting: () => waiting.map(({ type }) => type) };
}

const refusal = (code: string) => Object.assign(new Error('refused'), { code });

describe('what was announced is written', () => {
  it('survives a failed insert, whatever the database says of it', async () => {
    let isDown = true;
    const { write, written, waiting } = setUp(['a', 'b', 'c', 'd', 'e'], () => {
      if (isDown) throw refusal('SQLITE_FULL');
    });
    await expect(write()).rejects.toThrow('refused');
    expect(waiting()).toEqual(['a', 'b', 'c', 'd', 'e']);
    isDown = false;
    await write();
    expect(written).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(waiting()).toEqual([]);
  });

  it('one that can never be stored is named, and keeps none of the others', async () => {
    const { write, written, log } = setUp(['a', 'b', 'odd', 'c', 'd', 'odd', 'e'], (types) => {
      if (types.includes('odd')) throw refusal('22001');
    });
    await write();
    expect(written).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(log).toHaveLength(2);
    expect(log[0]).toContain('odd');
  });

  it('a database that goes away between an odd one and the next loses none', async () => {
    let inserts = 0;
    const { write, written, waiting } = setUp(['odd', 'a', 'b'], (types) => {
      inserts += 1;
      if (inserts === 3) throw refusal('ECONNRESET');
      if (types.includes('odd')) throw refusal('22001');
    });
    await expect(write()).rejects.toThrow('refused');
    await write();
    expect(written).toEqual(['a', 'b']);
    expect(waiting()).toEqual([]);
  });

  it('thousands are written a batch at a time', async () => {
    const sizes: number[] = [];
    const { write } = setUp(
      Array.from({ length: 1000 }, (_, index) => `t${index}`),
      (types) => sizes.push(types.length),
      64,
    );
    await write();
    expect(Math.max(...sizes)).toBe(64);
  });
});
