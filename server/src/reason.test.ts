import { reasonOf, tellable } from './reason';

describe('why something failed', () => {
  it.each([
    ['insert into `t` (`body`) values (\'{"secret - 1":1}\') - no such table: t', 'no such table: t'],
    ['SqliteError: select * from `t` where `a` = 5 - no such column: a', 'no such column: a'],
    [
      'update "t" set "name" = \'Olena\' where "id" = 3 - canceling statement due to statement timeout',
      'canceling statement due to statement timeout',
    ],
    ['the entry is gone - look again', 'the entry is gone - look again'],
    ['selection is not a function', 'selection is not a function'],
  ])('%s', (message, reason) => {
    expect(reasonOf(new Error(message))).toBe(reason);
  });

  it('is short, and an error that is thrown on keeps its code and no values', () => {
    expect(reasonOf('x'.repeat(5000))).toHaveLength(500);
    const refused = Object.assign(new Error("insert into t values ('Olena') - disk is full"), {
      code: '53100',
    });
    expect(tellable(refused)).toMatchObject({ message: 'disk is full', code: '53100' });
    expect(tellable(refused).stack).not.toContain('Olena');
  });
});
