import type { PlacedFinding, Truth, WebhookConditions } from '../../../../../contracts';
import { findingsByPlace, truthOfGroup, whatPrevents } from './verdicts';

const conditions: WebhookConditions = {
  all: [
    { field: 'status', is: 'paid' },
    {
      any: [
        { field: 'country', is: 'UA' },
        { field: 'total', greaterThan: 100 },
      ],
    },
  ],
};
const found = (...truths: [place: number[], truth: Truth][]) =>
  findingsByPlace(truths.map(([place, truth]): PlacedFinding => ({ place, truth })));

describe('why an event would not have been sent', () => {
  it('is the first condition that is false', () => {
    expect(whatPrevents(conditions, found([[0], false], [[1, 0], false], [[1, 1], false]))).toEqual([[0]]);
  });

  it('is all of them where one would have been enough', () => {
    expect(whatPrevents(conditions, found([[0], true], [[1, 0], false], [[1, 1], false]))).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it('is nothing where all is true', () => {
    expect(whatPrevents(conditions, found([[0], true], [[1, 0], false], [[1, 1], true]))).toEqual([]);
  });

  it('is what is not known, too', () => {
    expect(whatPrevents(conditions, found([[0], 'unknown']))).toEqual([[0]]);
    expect(truthOfGroup('all', [true, 'unknown'])).toBe('unknown');
    expect(truthOfGroup('all', [false, 'unknown'])).toBe(false);
    expect(truthOfGroup('any', [true, 'unknown'])).toBe(true);
  });
});
