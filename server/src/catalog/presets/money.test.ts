import { formatAmount } from './money';

describe('amounts as people write them', () => {
  it.each([
    [49, 'USD', '$ 49.00'],
    [1250.5, 'EUR', '€ 1,250.50'],
    [300, 'JPY', '¥ 300'],
    [12, 'uah', 'UAH 12.00'],
    [-5, 'USD', '-$ 5.00'],
    [0, 'USD', '$ 0.00'],
    [49, null, '49.00'],
    [49, 'dollars', '49.00 dollars'],
    [49, 'ZZZ', 'ZZZ 49.00'],
  ])('%d %s: %s', (amount, currency, expected) => {
    expect(formatAmount(amount, currency)).toBe(expected);
  });
});
