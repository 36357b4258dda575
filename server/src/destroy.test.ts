import type { Core } from '@strapi/strapi';
import { destroy } from './destroy';
import type { House } from './house';
import { keepHouse } from './houses';

const stops = [
  'timers',
  'retention',
  'replays',
  'engine',
  'announced',
  'lock',
  'instance',
  'mail',
  'http',
] as const;
type Stop = (typeof stops)[number];

/** A house of which one stop fails: by throwing, or by rejecting. */
function houseOfWhich(fails: Stop | null, how: 'throws' | 'rejects') {
  const done: string[] = [];
  const lines: string[] = [];
  const stop = (name: Stop) => (): Promise<void> => {
    done.push(name);
    if (name !== fails) return Promise.resolve();
    const error = new Error(`no ${name}`);
    if (how === 'throws') throw error;
    return Promise.reject(error);
  };
  const house = {
    closed: false,
    close: (): void => void (house.closed = true),
    stops: stops.map((name) => [name, stop(name)]),
  };
  const strapi = { log: { warn: (line: string) => void lines.push(line) } } as unknown as Core.Strapi;
  keepHouse(strapi, house as unknown as House);
  return { strapi, house, done, lines };
}

describe('destroy', () => {
  const cases = stops.flatMap((name) => (['throws', 'rejects'] as const).map((how) => ({ name, how })));
  it.each(cases)('runs every stop although that of $name $how, and says so', async ({ name, how }) => {
    const { strapi, house, done, lines } = houseOfWhich(name, how);
    await destroy({ strapi });
    expect(house.closed).toBe(true);
    expect(done).toEqual(stops);
    expect(lines).toEqual([expect.stringContaining(`no ${name}`)]);
  });

  it('says nothing where all goes well, or where the plugin never started', async () => {
    const { strapi, done, lines } = houseOfWhich(null, 'throws');
    await destroy({ strapi });
    await destroy({ strapi: {} as Core.Strapi });
    expect([done, lines]).toEqual([[...stops], []]);
  });
});
