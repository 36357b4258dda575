import { roundedEstimate, shownRate } from './rates';

const shown = (rate: number | null) => {
  const found = shownRate(rate);
  return found && `${(found.value * 100).toFixed(found.digits)} %`;
};

describe('a success rate', () => {
  it.each([
    [null, null],
    [0, '0 %'],
    [1, '100 %'],
    [0.87, '87 %'],
    [0.9995, '99.9 %'],
    [0.994, '99.4 %'],
    [0.0001, '0.1 %'],
  ])(
    'of %p is shown as %p: never all where something failed, never none where something arrived',
    (rate, words) => {
      expect(shown(rate)).toBe(words);
    },
  );
});

it('an estimate does not pretend to know more than two digits', () => {
  expect([184, 12_437, 7, 0, 999].map(roundedEstimate)).toEqual([180, 12_000, 7, 0, 1000]);
});
