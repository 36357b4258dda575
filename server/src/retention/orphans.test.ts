import type { WebhookRow } from '../store/webhooks';
import { createOrphansService } from './orphans';

describe('what waits for webhooks that are no more', () => {
  it('is looked for each minute and cancelled; one that was made meanwhile keeps its own', async () => {
    let now = 0;
    const cancelled: number[] = [];
    const lines: string[] = [];
    const asked: number[][] = [];
    const row = (id: number) => ({ id }) as WebhookRow;
    const service = createOrphansService({
      all: async () => [row(1)],
      find: async (id) => (id === 9 ? row(9) : null),
      orphans: async (living) => {
        asked.push([...living]);
        return [7, 9];
      },
      cancelWaiting: async (id) => void cancelled.push(id),
      now: () => now,
      log: (line) => void lines.push(line),
    });
    await service.cancel();
    await service.cancel();
    expect([cancelled, asked, lines.length]).toEqual([[7], [[1]], 1]);
    now = 60_000;
    await service.cancel();
    expect(asked).toHaveLength(2);
    // An hour back: it goes on.
    now = -3_600_000;
    await service.cancel();
    expect(asked).toHaveLength(3);
  });
});
