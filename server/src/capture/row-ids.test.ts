import { createdIds } from './row-ids';

describe('ids of rows that were created together', () => {
  const data = (count: number) => Array.from({ length: count }, () => ({}));

  it('are as they are told', () => {
    expect(createdIds({ told: [4, '7'], data: data(2), rowsPerStatement: 1000, step: 1 })).toEqual([4, 7]);
  });

  it('follow the first of each statement, at the distance of the server', () => {
    expect(createdIds({ told: [10, 40], data: data(5), rowsPerStatement: 3, step: 1 })).toEqual([
      10, 11, 12, 40, 41,
    ]);
    expect(createdIds({ told: [10], data: data(3), rowsPerStatement: 3, step: 2 })).toEqual([10, 12, 14]);
  });

  it('are those that were given, and none where nobody can know', () => {
    const given = [{ id: 5 }, { id: 9 }];
    expect(createdIds({ told: [9], data: given, rowsPerStatement: 1000, step: 1 })).toEqual([5, 9]);
    expect(createdIds({ told: [1, 2, 3], data: data(5), rowsPerStatement: 5, step: 1 })).toBeNull();
  });
});
