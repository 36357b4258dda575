import type { World } from '../gate';
import type { StoredHome, WebhookRow } from '../store/webhooks';
import { createHomesService } from './homes';
import { createSiblings } from './siblings';

const here: StoredHome = { name: null, host: 'www.example.com', environment: 'production', database: 'mark' };
const away: StoredHome = { ...here, host: 'old.example.com', database: 'mark' };

/** A database that answers as SQLite does: awaiting it does not release the event loop. */
function setUp(homes: (StoredHome | null)[]) {
  const rows = homes.map((home, index) => ({ id: index + 1, name: `Webhook ${index}`, url: '', home }));
  const statements: number[] = [];
  const told: number[] = [];
  let turns = 0;
  let reads = 0;
  const service = createHomesService({
    world: () =>
      ({
        here,
        policy: { enabled: true, alsoHome: [], unnamedHome: 'here' },
        siblingHosts: [],
        isInbox: () => false,
      }) as unknown as World,
    all: async () => {
      reads += 1;
      return rows.map((row) => ({ ...row })) as unknown as WebhookRow[];
    },
    async saveFirstHome(home) {
      statements.push(turns);
      for (const row of rows) row.home ??= home;
    },
    async replaceHome(id, seen, home) {
      statements.push(turns);
      const row = rows.find((each) => each.id === id);
      if (row?.home !== seen) return false;
      row.home = home;
      return true;
    },
    async saveHome(ids, home) {
      statements.push(turns);
      for (const row of rows) if (ids.includes(row.id)) row.home = home;
    },
    cancelWaiting: async () => void statements.push(turns),
    tell: async (id) => void told.push(id),
    log: () => undefined,
    changed: async () => undefined,
    siblings: createSiblings('self'),
    alive: async () => [],
    readMark: async () => undefined,
  });
  const whileCounting = async <T>(work: Promise<T>): Promise<T> => {
    let ended = false;
    const count = (): void => {
      turns += 1;
      if (!ended) setImmediate(count);
    };
    setImmediate(count);
    return work.finally(() => (ended = true));
  };
  return { service, rows, statements, told, whileCounting, reads: () => reads };
}

/** The most statements between two turns of the event loop. */
const mostInOneTurn = (statements: readonly number[]): number =>
  Math.max(...statements.map((turn) => statements.filter((other) => other === turn).length));

describe('many webhooks', () => {
  it('that had no home get it in one statement', async () => {
    const { service, rows, statements } = setUp(Array.from({ length: 300 }, () => null));
    await service.settle();
    expect(rows.every(({ home }) => home === here)).toBe(true);
    expect(statements).toHaveLength(1);
  });

  it('from another host are told of one after the other, and the event loop is released in between', async () => {
    const { service, statements, told, whileCounting } = setUp(Array.from({ length: 300 }, () => away));
    await whileCounting(service.settle());
    expect(told).toHaveLength(300);
    expect(statements).toHaveLength(300);
    expect(mostInOneTurn(statements)).toBe(1);
  });

  it('that are moved here lose their waiting deliveries one after the other', async () => {
    const { service, rows, statements, whileCounting } = setUp(Array.from({ length: 300 }, () => away));
    const ids = rows.map(({ id }) => id);
    expect(await whileCounting(service.move(ids, true))).toEqual({ changed: 300 });
    expect(rows.every(({ home }) => home === here)).toBe(true);
    expect(mostInOneTurn(statements)).toBeLessThanOrEqual(2);
  });
});

describe('a look that takes long', () => {
  it('is joined by the next one: each owner is told once', async () => {
    const { service, told, reads } = setUp(Array.from({ length: 20 }, () => away));
    await Promise.all([service.look(), service.look()]);
    expect(told).toHaveLength(20);
    expect(reads()).toBe(1);
    await service.look();
    expect(told).toHaveLength(20);
  });

  it('takes back nothing that somebody decides meanwhile', async () => {
    const { service, rows, told } = setUp([away, away]);
    const settled = service.settle();
    await service.move([2], false);
    await settled;
    expect(rows[1]?.home).toEqual(here);
    expect(told).toEqual([1]);
  });

  it('costs no turn of the event loop where there is nothing to write', async () => {
    const { service, statements } = setUp(Array.from({ length: 300 }, () => here));
    let turned = false;
    setImmediate(() => (turned = true));
    await service.settle();
    expect([turned, statements]).toEqual([false, []]);
  });
});
