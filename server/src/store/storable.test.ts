import { tables } from '../constants';
import { largestText, partsOf, statementsOf } from './statements';
import { clipped, storable } from './storable';

describe('what every database takes', () => {
  it('a name of the app is clipped to its column, and no pair is cut in half', () => {
    const row = storable(tables.events, { actor_name: `${'я'.repeat(254)}🌾`, body: 'b'.repeat(300), id: 1 });
    expect(row).toEqual({ actor_name: 'я'.repeat(254), body: 'b'.repeat(300), id: 1 });
    expect(clipped('🌾'.repeat(200))).toBe('🌾'.repeat(127));
  });

  it('NUL and lone surrogates are replaced, pairs stay', () => {
    expect(storable(tables.events, { thin_reason: 'a\0b\ud800c🌾\udc00', cause: '\udbff' })).toEqual({
      thin_reason: 'a\ufffdb\ufffdc🌾\ufffd',
      cause: '\ufffd',
    });
  });

  it('rows go in statements of at most 100 rows and 4 MB, and no larger than the packet', () => {
    const rows = (count: number, length: number) =>
      Array.from({ length: count }, () => ({ body: '"'.repeat(length) }));
    const sizes = (count: number, length: number, client: 'sqlite' | 'mysql', packetBytes = Infinity) =>
      statementsOf(rows(count, length), { client, packetBytes }).map((part) => part.length);
    expect(sizes(250, 1, 'sqlite')).toEqual([100, 100, 50]);
    expect(sizes(5, 1024 * 1024, 'sqlite')).toEqual([4, 1]);
    expect(sizes(5, 1024 * 1024, 'mysql')).toEqual([2, 2, 1]);
    expect(sizes(4, 200_000, 'mysql', 1024 * 1024)).toEqual([2, 2]);
    expect(sizes(0, 1, 'sqlite')).toEqual([]);
    expect(largestText(16 * 1024 * 1024)).toBeGreaterThan(8_000_000);
    expect(largestText(Infinity)).toBe(Infinity);
    expect(partsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  });
});
