import type { Connection } from '../store/connection';
import type { OutcomeRow } from '../store/outcomes';
import { createOutcomeWriter } from './outcome-writer';

const outcome = (deliveryId: number) => ({ deliveryId }) as OutcomeRow;
const trx = {} as Connection;

function writer(recordWith: (ids: number[]) => void = () => undefined) {
  const written: { ids: number[]; alone: boolean }[] = [];
  const log: string[] = [];
  const made = createOutcomeWriter({
    record: async (rows) => {
      written.push({ ids: rows.map((row) => row.deliveryId), alone: true });
      return { lost: [] };
    },
    recordWith: async (rows, work) => {
      const ids = rows.map((row) => row.deliveryId);
      recordWith(ids);
      const done = await work(trx);
      written.push({ ids, alone: false });
      return done;
    },
    log: (message) => log.push(message),
    batchSize: 2,
  });
  return { ...made, written, log };
}

describe('the outcome writer', () => {
  it('outcomes that come close together are written in batches, without anybody asking', async () => {
    const { add, written } = writer();
    await Promise.all([add(outcome(1)), add(outcome(2)), add(outcome(3))]);
    expect(written.map(({ ids }) => ids)).toEqual([[1, 2], [3]]);
  });

  it('a claim takes what waits into its transaction', async () => {
    const { add, alongside, written } = writer();
    const added = add(outcome(1));
    const used = await alongside(async (connection) => connection);
    expect(used).toBe(trx);
    await added;
    expect(written).toEqual([{ ids: [1], alone: false }]);
  });

  it('with nothing waiting a claim has no transaction', async () => {
    const { alongside } = writer();
    expect(await alongside(async (connection) => connection)).toBeUndefined();
  });

  it('an outcome that is refused does not keep a claim, and is written the careful way', async () => {
    const { add, alongside, written } = writer(() => {
      throw new Error('refused');
    });
    const added = add(outcome(1));
    expect(await alongside(async () => 'claimed')).toBe('claimed');
    await added;
    expect(written).toEqual([{ ids: [1], alone: true }]);
  });

  it('what a batch leaves over is written soon', async () => {
    const { add, alongside, written } = writer();
    const added = [1, 2, 3].map((id) => add(outcome(id)));
    await alongside(async () => undefined);
    await Promise.all(added);
    expect(written).toEqual([
      { ids: [1, 2], alone: false },
      { ids: [3], alone: true },
    ]);
  });
});
