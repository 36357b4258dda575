import { chartScale } from './chart-scale';

describe('the lines of a chart', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [13, [0, 5, 10, 15]],
    [40, [0, 20, 40]],
    [1234, [0, 500, 1000, 1500]],
  ])('are round and few for %i', (highest, lines) => {
    expect(chartScale(highest)).toEqual(lines);
  });

  it('are whole, at most four, and reach the highest bar', () => {
    for (let highest = 0; highest < 3000; highest += 7) {
      const lines = chartScale(highest);
      expect(lines.length).toBeLessThanOrEqual(4);
      expect(lines.every(Number.isInteger)).toBe(true);
      expect(lines.at(-1)).toBeGreaterThanOrEqual(highest);
    }
  });
});
